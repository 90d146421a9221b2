using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>"StripAccents": removes the combining marks that stand for themselves; it decomposes nothing.</summary>
internal sealed class StripAccentsNormalizer : Normalizer
{
    private const char FirstMark = '\u0300';

    public override void Normalize(NormalizedText text)
    {
        int done = 0;
        bool isChanged = false;
        for (int i = Next(text, 0); i < text.Length;)
        {
            int source = i;
            i = text.NextCodePoint(i, out int codePoint);
            if (UnicodeCharacters.IsCombiningMark(codePoint))
            {
                text.AppendRange(done, source);
                done = i;
                isChanged = true;
            }

            i = i < text.Length && text.Chars[i] < FirstMark ? Next(text, i) : i;
        }

        if (isChanged)
        {
            text.AppendRange(done, text.Length);
            text.Commit();
        }
    }

    private static int Next(NormalizedText text, int start)
    {
        int next = text.Chars[start..].IndexOfAnyExceptInRange('\0', (char)(FirstMark - 1));
        return next < 0 ? text.Length : start + next;
    }
}
