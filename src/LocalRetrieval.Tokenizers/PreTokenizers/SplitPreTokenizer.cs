using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Patterns;

namespace LocalRetrieval.Tokenizers.PreTokenizers;

/// <summary>"Split": cuts at what a pattern matches, or with "invert" at what it does not.</summary>
internal sealed class SplitPreTokenizer(TextPattern pattern, SplitDelimiterBehavior behavior, bool invert) : PreTokenizer
{
    /// <summary>Reads the component's section.</summary>
    public static SplitPreTokenizer Read(JsonField section) => new(
        PatternReader.Read(section["pattern"]),
        SplitDelimiterBehaviorReader.Read(section["behavior"]),
        section["invert"].Boolean());

    public override void PreTokenize(PreTokenizedText text)
    {
        ReadOnlySpan<char> chars = text.Text.Chars;
        PieceSplitter splitter = new(text, behavior);
        foreach (TextPiece piece in text.Pieces)
        {
            int done = piece.Start;
            foreach (TextPiece match in pattern.Matches(chars[piece.Start..piece.End]))
            {
                int start = piece.Start + match.Start;
                splitter.AddBetween(done, start, isDelimiter: invert);
                done = piece.Start + match.End;
                splitter.Add(start, done, isDelimiter: !invert);
            }

            splitter.AddBetween(done, piece.End, isDelimiter: invert);
            splitter.Finish();
        }

        text.Commit();
    }
}
