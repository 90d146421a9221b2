using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>"Replace": writes something else for each match; as in the reference, it has the origin of the match's last character.</summary>
internal sealed class ReplaceNormalizer : Normalizer
{
    private readonly ReplacePattern _pattern;
    private readonly string _content;

    private ReplaceNormalizer(ReplacePattern pattern, string content)
    {
        _pattern = pattern;
        _content = content;
    }

    /// <summary>Reads the component's section.</summary>
    public static ReplaceNormalizer Read(JsonField section) => new(ReplacePattern.Read(section["pattern"]), section["content"].String());

    public override void Normalize(NormalizedText text)
    {
        ReadOnlySpan<char> chars = text.Chars;
        text.Reserve(chars.Length);
        int done = 0;
        for (int at = _pattern.Find(chars, out int length); at >= 0; at = _pattern.Find(chars[done..], out length))
        {
            int start = done + at;
            Copy(text, done, start);
            done = start + length;
            foreach (char unit in _content)
            {
                text.Append(unit, done - 1);
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
