using System.Buffers;
using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>"Lowercase": the lowercase of each character, whatever stands around it.</summary>
internal sealed class LowercaseNormalizer : Normalizer
{
    private const int CombiningDotAbove = 0x307;

    /// <summary>What may have a lowercase: capital letters of ASCII, and all that is not ASCII.</summary>
    private static readonly SearchValues<char> OtherAscii =
        SearchValues.Create([.. Enumerable.Range(0, 128).Select(unit => (char)unit).Where(unit => !char.IsAsciiLetterUpper(unit))]);

    public override void Normalize(NormalizedText text)
    {
        int done = 0;
        for (int i = Next(text, 0); i < text.Length;)
        {
            int source = i;
            i = text.NextCodePoint(i, out int codePoint);
            int lower = UnicodeCharacters.ToLower(codePoint);
            if (lower != codePoint)
            {
                text.AppendRange(done, source);
                text.Append(lower, source);
                if (UnicodeCharacters.LowercaseHasDot(codePoint))
                {
                    text.Append(CombiningDotAbove, source);
                }

                done = i;
            }

            i = i < text.Length && text.Chars[i] < 128 ? Next(text, i) : i;
        }

        if (done > 0)
        {
            text.AppendRange(done, text.Length);
            text.Commit();
        }
    }

    private static int Next(NormalizedText text, int start)
    {
        int next = text.Chars[start..].IndexOfAnyExcept(OtherAscii);
        return next < 0 ? text.Length : start + next;
    }
}
