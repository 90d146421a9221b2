using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Patterns;
using LocalRetrieval.Tokenizers.PreTokenizers;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>
/// "Replace": writes something else for each match; as in the reference, it has the origin of the character before the match's end.
/// </summary>
internal sealed class ReplaceNormalizer : Normalizer
{
    private readonly TextPattern _pattern;
    private readonly string _content;

    private ReplaceNormalizer(TextPattern pattern, string content)
    {
        _pattern = pattern;
        _content = content;
    }

    /// <summary>Reads the component's section.</summary>
    public static ReplaceNormalizer Read(JsonField section) => new(PatternReader.Read(section["pattern"]), section["content"].String());

    public override void Normalize(NormalizedText text)
    {
        ReadOnlySpan<char> chars = text.Chars;
        text.Reserve(chars.Length);
        int done = 0;
        foreach (TextPiece match in _pattern.Matches(chars))
        {
            Copy(text, done, match.Start);
            done = match.End;
            foreach (char unit in _content)
            {
                text.AppendAfter(unit, done);
            }
        }

        Copy(text, done, chars.Length);
        text.Commit();
    }

    private static void Copy(NormalizedText text, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            text.Append(text.Chars[i], i);
        }
    }
}
