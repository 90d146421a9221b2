namespace LocalRetrieval.Tokenizers.Unicode;

/// <summary>Full decompositions and compositions of Unicode 9.0, beyond those that <see cref="UnicodeCharacters"/> has.</summary>
internal static class Decompositions
{
    private const int SyllableFirst = 0xAC00;
    private const int SyllableLast = 0xD7A3;
    private const int LeadFirst = 0x1100;
    private const int VowelFirst = 0x1161;
    private const int TailBefore = 0x11A7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Tails = 28;

    private static readonly Dictionary<int, int[]> Compatible = BuildCompatible();
    private static readonly Dictionary<(int First, int Second), int> Composites = BuildComposites();

    /// <summary>The most code points that <see cref="Decompose"/> writes.</summary>
    public const int MaxLength = 18;

    /// <summary>Writes the full canonical or compatibility decomposition; the character itself where it has none.</summary>
    /// <returns>How many code points were written.</returns>
    public static int Decompose(int codePoint, bool compatibility, Span<int> destination)
    {
        if (compatibility && codePoint >= 0xA0 && Compatible.TryGetValue(codePoint, out int[]? parts))
        {
            parts.CopyTo(destination);
            return parts.Length;
        }

        return UnicodeCharacters.Decompose(codePoint, destination);
    }

    /// <summary>The character that two compose, or null.</summary>
    public static int? Compose(int first, int second)
    {
        if (first is >= LeadFirst and < LeadFirst + Leads && second is >= VowelFirst and < VowelFirst + Vowels)
        {
            return SyllableFirst + ((((first - LeadFirst) * Vowels) + (second - VowelFirst)) * Tails);
        }

        if (first is >= SyllableFirst and <= SyllableLast && (first - SyllableFirst) % Tails == 0
            && second is > TailBefore and < TailBefore + Tails)
        {
            return first + (second - TailBefore);
        }

        return Composites.TryGetValue((first, second), out int composite) ? composite : null;
    }

    private static Dictionary<int, int[]> BuildCompatible()
    {
        Dictionary<int, int[]> steps = [];
        ReadOnlySpan<int> mappings = CompatibilityDecompositions.Mappings;
        for (int i = 0; i < mappings.Length; i += 2 + mappings[i + 1])
        {
            steps[mappings[i]] = mappings.Slice(i + 2, mappings[i + 1]).ToArray();
        }

        // A character may decompose canonically into one that decomposes compatibly.
        Dictionary<int, int[]> full = [];
        ReadOnlySpan<int> canonical = CanonicalDecompositions.Mappings;
        for (int i = 0; i < canonical.Length; i += 3)
        {
            int[] parts = [.. Expand(canonical[i])];
            full[canonical[i]] = parts;
        }

        foreach (int codePoint in steps.Keys)
        {
            full[codePoint] = [.. Expand(codePoint)];
        }

        return full;

        IEnumerable<int> Expand(int codePoint) =>
            steps.TryGetValue(codePoint, out int[]? parts) ? parts.SelectMany(Expand) : ExpandCanonically(codePoint);

        IEnumerable<int> ExpandCanonically(int codePoint)
        {
            int[] parts = new int[4];
            int count = UnicodeCharacters.Decompose(codePoint, parts);
            return count == 1 && parts[0] == codePoint ? [codePoint] : parts.Take(count).SelectMany(Expand);
        }
    }

    private static Dictionary<(int First, int Second), int> BuildComposites()
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

        return composites;
    }
}
