using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>"NFD": canonical decomposition and ordering.</summary>
internal sealed class NfdNormalizer : Normalizer
{
    public override void Normalize(NormalizedText text)
    {
        text.Reserve(text.Length);
        Transformation transformation = new(text);
        List<(int CodePoint, int CombiningClass, int Change)> pending = [];
        Span<int> parts = stackalloc int[4];
        for (int i = 0; i < text.Length;)
        {
            i = text.NextCodePoint(i, out int codePoint);
            int count = UnicodeCharacters.Decompose(codePoint, parts);
            for (int part = 0; part < count; part++)
            {
                int combiningClass = UnicodeCharacters.CombiningClass(parts[part]);
                int change = part == 0 ? 0 : 1;
                if (combiningClass != 0)
                {
                    pending.Add((parts[part], combiningClass, change));
                    continue;
                }

                Flush(pending, ref transformation);
                transformation.Append(parts[part], change);
            }
        }

        Flush(pending, ref transformation);
        text.Commit();
    }

    /// <summary>Appends the characters of a class other than 0, in canonical order.</summary>
    private static void Flush(List<(int CodePoint, int CombiningClass, int Change)> pending, ref Transformation transformation)
    {
        if (pending.Count == 0)
        {
            return;
        }

        foreach ((int codePoint, _, int change) in pending.OrderBy(mark => mark.CombiningClass))
        {
            transformation.Append(codePoint, change);
        }

        pending.Clear();
    }
}
