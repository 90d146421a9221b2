using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>"NFC": canonical decomposition and composition.</summary>
internal sealed class NfcNormalizer : Normalizer
{
    /// <summary>What is below stands for itself: nothing there composes with what is before it.</summary>
    private const char FirstThatMayChange = '\u0300';

    public override void Normalize(NormalizedText text)
    {
        ReadOnlySpan<char> chars = text.Chars;
        if (chars.IndexOfAnyExceptInRange('\0', (char)(FirstThatMayChange - 1)) < 0)
        {
            return;
        }

        text.Reserve(text.Length);
        CanonicalComposer composer = new(new Transformation(text));
        Span<int> parts = stackalloc int[4];
        for (int i = 0; i < chars.Length;)
        {
            i = text.NextCodePoint(i, out int codePoint);
            int count = UnicodeCharacters.Decompose(codePoint, parts);
            for (int part = 0; part < count; part++)
            {
                composer.Add(parts[part], change: part == 0 ? 0 : 1);
            }
        }

        composer.Finish();
        text.Commit();
    }
}
