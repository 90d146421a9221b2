using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Patterns;

namespace LocalRetrieval.Tokenizers.PreTokenizers;

/// <summary>"Split": cuts at what a pattern matches, or with "invert" at what it does not.</summary>
internal sealed class SplitPreTokenizer(TextPattern pattern, SplitBehavior behavior, bool invert) : PreTokenizer
{
    /// <summary>Reads the component's section.</summary>
    public static SplitPreTokenizer Read(JsonField section)
    {
        JsonField behavior = section["behavior"];
        string[] names = Enum.GetNames<SplitBehavior>();
        return names.Contains(behavior.String())
            ? new SplitPreTokenizer(
                PatternReader.Read(section["pattern"]), Enum.Parse<SplitBehavior>(behavior.String()), section["invert"].Boolean())
            : throw behavior.Invalid($"'{behavior.String()}'", string.Join(", ", names));
    }

    public override void PreTokenize(PreTokenizedText text)
    {
        ReadOnlySpan<char> chars = text.Text.Chars;
        foreach (TextPiece piece in text.Pieces)
        {
            SplitPieces pieces = new(text, behavior, piece.Start);
            ReadOnlySpan<char> content = chars[piece.Start..piece.End];
            int done = 0;
            while (done < content.Length && pattern.TryFind(content, done, out int start, out int end))
            {
                pieces.Add(start - done, isMatch: invert);
                pieces.Add(end - start, isMatch: !invert);
                done = end;
            }

            pieces.Add(content.Length - done, isMatch: invert);
            pieces.Finish();
        }

        text.Commit();
    }
}
