using LocalRetrieval.Tokenizers.Normalizers;
using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Tests.Normalizers;

/// <summary>The naive twin of <see cref="UnicodeNormalizer"/>: takes the whole text apart, orders it, composes it.</summary>
internal sealed class NaiveUnicodeNormalizer(bool compatibility, bool composes) : Normalizer
{
    private static readonly Dictionary<(int First, int Second), int> Composites = FindComposites();

    public override void Normalize(NormalizedText text)
    {
        List<(int CodePoint, int Change)> parts = Order(Decompose(text));
        Transformation transformation = new(text, 0);
        foreach ((int codePoint, int change) in composes ? Compose(parts) : parts)
        {
            transformation.Append(codePoint, change);
        }

        text.Commit();
    }

    private List<(int CodePoint, int Change)> Decompose(NormalizedText text)
    {
        List<(int CodePoint, int Change)> parts = [];
        int[] decomposition = new int[Decompositions.MaxLength];
        for (int i = 0; i < text.Length;)
        {
            i = text.NextCodePoint(i, out int codePoint);
            int count = Decompositions.Decompose(codePoint, compatibility, decomposition);
            parts.AddRange(decomposition[..count].Select((part, index) => (part, index == 0 ? 0 : 1)));
        }

        return parts;
    }

    private static List<(int CodePoint, int Change)> Order(List<(int CodePoint, int Change)> parts)
    {
        List<(int CodePoint, int Change)> ordered = [];
        for (int i = 0; i < parts.Count;)
        {
            List<(int CodePoint, int Change)> run = [.. parts.Skip(i).TakeWhile(part => UnicodeCharacters.CombiningClass(part.CodePoint) != 0)];
            ordered.AddRange(run.Count == 0 ? [parts[i]] : run.OrderBy(part => UnicodeCharacters.CombiningClass(part.CodePoint)));
            i += Math.Max(1, run.Count);
        }

        return ordered;
    }

    private static List<(int CodePoint, int Change)> Compose(List<(int CodePoint, int Change)> parts)
    {
        List<(int CodePoint, int Change)> composed = [];
        int starter = -1;
        foreach ((int codePoint, int change) in parts)
        {
            int combiningClass = UnicodeCharacters.CombiningClass(codePoint);
            bool isBlocked = starter < 0
                || (composed.Count > starter + 1 && UnicodeCharacters.CombiningClass(composed[^1].CodePoint) >= combiningClass);
            if (!isBlocked && Composites.TryGetValue((composed[starter].CodePoint, codePoint), out int composite))
            {
                composed[starter] = (composite, composed[starter].Change + change - 1);
                continue;
            }

            starter = combiningClass == 0 ? composed.Count : starter;
            composed.Add((codePoint, change));
        }

        return composed;
    }

    private static Dictionary<(int First, int Second), int> FindComposites()
    {
        Dictionary<(int First, int Second), int> composites = [];
        ReadOnlySpan<int> mappings = CanonicalDecompositions.Mappings;
        for (int i = 0; i < mappings.Length; i += 3)
        {
            if (mappings[i + 2] != 0 && !CanonicalDecompositions.Uncomposed.Contains(mappings[i]))
            {
                composites[(mappings[i + 1], mappings[i + 2])] = mappings[i];
            }
        }

        for (int syllable = 0xAC00; syllable <= 0xD7A3; syllable++)
        {
            int index = syllable - 0xAC00;
            (int, int) parts = index % 28 == 0 ? (0x1100 + (index / 588), 0x1161 + (index % 588 / 28)) : (syllable - (index % 28), 0x11A7 + (index % 28));
            composites[parts] = syllable;
        }

        return composites;
    }
}
