using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Patterns.Regexes;

/// <summary>What is the same but for the case, as the reference's regular expressions have it.</summary>
internal static class CaseFolding
{
    private static readonly Lazy<Dictionary<int, List<int>>> Equal = new(ReadEqual);

    /// <summary>Characters and the two or three that each is the same as, those with two first.</summary>
    public static (int Character, int[] Sequence)[] Sequences { get; } = ReadSequences();

    /// <summary>A character and those that are the same but for the case.</summary>
    public static CodePointSet Variants(int codePoint) => CodePointSet.Of(Equal.Value.GetValueOrDefault(codePoint, []).Append(codePoint));

    /// <summary>A set and what is the same as one of it but for the case.</summary>
    public static CodePointSet Variants(CodePointSet set) =>
        set.Union(CodePointSet.Of(Equal.Value.Where(entry => set.Contains(entry.Key)).SelectMany(entry => entry.Value)));

    /// <summary>Whether two characters are the same but for the case.</summary>
    public static bool AreEqual(int codePoint, int other) =>
        codePoint == other || (Equal.Value.TryGetValue(codePoint, out List<int>? variants) && variants.Contains(other));

    private static Dictionary<int, List<int>> ReadEqual()
    {
        Dictionary<int, List<int>> equal = [];
        ReadOnlySpan<int> pairs = RegexFoldTables.Equal;
        for (int i = 0; i < pairs.Length; i += 2)
        {
            if (!equal.TryGetValue(pairs[i], out List<int>? variants))
            {
                equal[pairs[i]] = variants = [];
            }

            variants.Add(pairs[i + 1]);
        }

        return equal;
    }

    private static (int Character, int[] Sequence)[] ReadSequences()
    {
        ReadOnlySpan<int> entries = RegexFoldTables.Sequences;
        (int, int[])[] sequences = new (int, int[])[entries.Length / 4];
        for (int i = 0; i < sequences.Length; i++)
        {
            int[] sequence = entries.Slice((i * 4) + 1, 3).ToArray();
            sequences[i] = (entries[i * 4], sequence[2] == 0 ? sequence[..2] : sequence);
        }

        return sequences;
    }
}
