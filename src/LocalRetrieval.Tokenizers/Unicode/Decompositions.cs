namespace LocalRetrieval.Tokenizers.Unicode;

/// <summary>Full compatibility decompositions of Unicode 9.0, beside the canonical ones that <see cref="UnicodeCharacters"/> has.</summary>
internal static class Decompositions
{
    private static readonly CodePointSequences Compatible = BuildCompatible();

    /// <summary>The most code points that <see cref="Decompose"/> writes.</summary>
    public const int MaxLength = 18;

    /// <summary>The full compatibility decomposition, or the canonical one where that is all; empty where there is none, and for Hangul.</summary>
    public static ReadOnlySpan<int> OfCompatibility(int codePoint) => Compatible.Of(codePoint);

    /// <summary>Writes the full canonical or compatibility decomposition; the character itself where it has none.</summary>
    /// <returns>How many code points were written.</returns>
    public static int Decompose(int codePoint, bool compatibility, Span<int> destination)
    {
        if (compatibility && Compatible.Of(codePoint) is { Length: > 0 } parts)
        {
            parts.CopyTo(destination);
            return parts.Length;
        }

        return UnicodeCharacters.Decompose(codePoint, destination);
    }

    private static CodePointSequences BuildCompatible()
    {
        Dictionary<int, int[]> steps = [];
        ReadOnlySpan<int> mappings = CompatibilityDecompositions.Mappings;
        for (int i = 0; i < mappings.Length; i += 2 + mappings[i + 1])
        {
            steps[mappings[i]] = mappings.Slice(i + 2, mappings[i + 1]).ToArray();
        }

        // A character may decompose canonically into one that decomposes compatibly.
        CodePointSequences full = new();
        ReadOnlySpan<int> canonical = CanonicalDecompositions.Mappings;
        for (int i = 0; i < canonical.Length; i += 3)
        {
            full.Add(canonical[i], [.. Expand(canonical[i])]);
        }

        foreach (int codePoint in steps.Keys)
        {
            full.Add(codePoint, [.. Expand(codePoint)]);
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
}
