using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>"StripAccents": removes the combining marks that stand for themselves; it decomposes nothing.</summary>
internal sealed class StripAccentsNormalizer : Normalizer
{
    public override void Normalize(NormalizedText text)
    {
        text.Reserve(text.Length);
        for (int i = 0; i < text.Length;)
        {
            int source = i;
            i = text.NextCodePoint(i, out int codePoint);
            if (!UnicodeCharacters.IsCombiningMark(codePoint))
            {
                text.Append(codePoint, source);
            }
        }

        text.Commit();
    }
}
