namespace LocalRetrieval.DependencyInjection.Configuration;

/// <summary>How many characters lie between two names.</summary>
internal static class EditDistance
{
    /// <summary>The fewest insertions, deletions and replacements that make one of the other, whatever their case (Levenshtein).</summary>
    public static int Between(string one, string other)
    {
        int[] above = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 1; i <= one.Length; i++)
        {
            int[] row = new int[above.Length];
            row[0] = i;
            for (int j = 1; j < row.Length; j++)
            {
                int replaced = above[j - 1] + (char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]) ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(above[j], row[j - 1]) + 1);
            }

            above = row;
        }

        return above[^1];
    }
}
