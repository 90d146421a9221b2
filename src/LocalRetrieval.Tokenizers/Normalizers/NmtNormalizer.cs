using System.Buffers;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>"Nmt": removes control characters and writes what separates words as a space.</summary>
internal sealed class NmtNormalizer : Normalizer
{
    private static readonly SearchValues<char> Changed =
        SearchValues.Create([.. Enumerable.Range(0, 0x10000).Select(unit => (char)unit).Where(unit => IsRemoved(unit) || IsSpace(unit))]);

    public override void Normalize(NormalizedText text)
    {
        int done = 0;
        bool isChanged = false;
        for (int next = text.Chars.IndexOfAny(Changed); next >= 0; next = text.Chars[done..].IndexOfAny(Changed))
        {
            int at = done + next;
            text.AppendRange(done, at);
            if (IsSpace(text.Chars[at]))
            {
                text.Append(' ', at);
            }

            done = at + 1;
            isChanged = true;
        }

        if (isChanged)
        {
            text.AppendRange(done, text.Length);
            text.Commit();
        }
    }

    private static bool IsRemoved(char unit) =>
        unit is (>= '\u0001' and <= '\u0008') or '\u000B' or (>= '\u000E' and <= '\u001F') or '\u007F' or '\u008F' or '\u009F';

    private static bool IsSpace(char unit) =>
        unit is '\t' or '\n' or '\f' or '\r' or '\u1680' or (>= '\u200B' and <= '\u200F') or '\u2028' or '\u2029' or '\u2581' or '\uFEFF'
            or '\uFFFD';
}
