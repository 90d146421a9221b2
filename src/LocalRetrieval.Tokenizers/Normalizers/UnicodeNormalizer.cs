using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>"NFC", "NFD", "NFKC" and "NFKD", of Unicode 9.0 as the reference has it.</summary>
/// <param name="compatibility">Whether compatibility decompositions are taken too.</param>
/// <param name="composes">Whether characters are composed again.</param>
internal sealed class UnicodeNormalizer(bool compatibility, bool composes) : Normalizer
{
    public override void Normalize(NormalizedText text)
    {
        if (System.Text.Ascii.IsValid(text.Chars))
        {
            return;
        }

        text.Reserve(text.Length);
        Writer writer = new(text, composes);
        List<(int CodePoint, int CombiningClass, int Change)> pending = [];
        Span<int> parts = stackalloc int[Decompositions.MaxLength];
        for (int i = 0; i < text.Length;)
        {
            i = text.NextCodePoint(i, out int codePoint);
            int count = Decompositions.Decompose(codePoint, compatibility, parts);
            for (int part = 0; part < count; part++)
            {
                int combiningClass = UnicodeCharacters.CombiningClass(parts[part]);
                int change = part == 0 ? 0 : 1;
                if (combiningClass != 0)
                {
                    pending.Add((parts[part], combiningClass, change));
                    continue;
                }

                Flush(pending, ref writer);
                writer.Append(parts[part], change);
            }
        }

        Flush(pending, ref writer);
        writer.Finish();
        text.Commit();
    }

    /// <summary>Appends the characters of a class other than 0, in canonical order.</summary>
    private static void Flush(List<(int CodePoint, int CombiningClass, int Change)> pending, ref Writer writer)
    {
        if (pending.Count == 0)
        {
            return;
        }

        foreach ((int codePoint, _, int change) in pending.OrderBy(mark => mark.CombiningClass))
        {
            writer.Append(codePoint, change);
        }

        pending.Clear();
    }

    private ref struct Writer(NormalizedText text, bool composes)
    {
        private Transformation _transformation = new(text);
        private Composition _composition = new(text);

        public void Append(int codePoint, int change)
        {
            if (composes)
            {
                _composition.Append(codePoint, change);
            }
            else
            {
                _transformation.Append(codePoint, change);
            }
        }

        public void Finish() => _composition.Finish();
    }
}
