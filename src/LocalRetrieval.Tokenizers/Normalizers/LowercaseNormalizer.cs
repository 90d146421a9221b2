using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>"Lowercase": the lowercase of each character, whatever stands around it.</summary>
internal sealed class LowercaseNormalizer : Normalizer
{
    private const int CombiningDotAbove = 0x307;

    public override void Normalize(NormalizedText text)
    {
        text.Reserve(text.Length);
        for (int i = 0; i < text.Length;)
        {
            int source = i;
            i = text.NextCodePoint(i, out int codePoint);
            text.Append(UnicodeCharacters.ToLower(codePoint), source);
            if (UnicodeCharacters.LowercaseHasDot(codePoint))
            {
                text.Append(CombiningDotAbove, source);
            }
        }

        text.Commit();
    }
}
