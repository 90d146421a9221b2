namespace LocalRetrieval.Encoders;

/// <summary>
/// Cuts texts into batches by cost: the longer the texts, the fewer share a run, because a CPU's caches hold a few thousand tokens'
/// activations at the most and attention grows with the square of the length.
/// </summary>
internal static class BatchPlanner
{
    // The weight of attention's square term, by measurement: with it one budget is within a few percent of the best for texts of 24 to 240
    // tokens (bench/results/budget.md).
    private const int SquareTermTokens = 256;

    /// <summary>Sorts by length, so that padding is small, and cuts by cost.</summary>
    /// <param name="lengths">The tokens of each text.</param>
    /// <param name="budget">The largest cost of a batch of more than one text; see <see cref="Cost"/>.</param>
    /// <param name="maxTokens">The most padded tokens of a batch of more than one text: what bounds the memory of a run's output.</param>
    /// <returns>The texts' indices, longest first, one list a batch.</returns>
    public static List<int[]> ByLength(ReadOnlySpan<int> lengths, int budget, int maxTokens = int.MaxValue) => Cut(LongestFirst(lengths), lengths, budget, maxTokens);

    /// <summary>The texts' indices, longest first; equal lengths in input order.</summary>
    public static int[] LongestFirst(ReadOnlySpan<int> lengths)
    {
        int[] order = InputOrder(lengths.Length);
        long[] keys = new long[order.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = ((long)(int.MaxValue - lengths[i]) << 32) | (uint)i;
        }

        Array.Sort(keys, order);
        return order;
    }

    /// <summary>The indices of so many texts.</summary>
    public static int[] InputOrder(int count)
    {
        int[] order = new int[count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        return order;
    }

    /// <summary>Cuts by cost in the order of the input; see <see cref="ByLength"/>.</summary>
    public static List<int[]> InOrder(ReadOnlySpan<int> lengths, int budget, int maxTokens = int.MaxValue) => Cut(InputOrder(lengths.Length), lengths, budget, maxTokens);

    /// <summary>Cuts by number alone, in the order of the input.</summary>
    public static List<int[]> InOrder(int count, int rows)
    {
        List<int[]> batches = [];
        for (int start = 0; start < count;)
        {
            int[] batch = new int[Math.Min(rows, count - start)];
            for (int i = 0; i < batch.Length; i++)
            {
                batch[i] = start + i;
            }

            batches.Add(batch);
            start += batch.Length;
        }

        return batches;
    }

    /// <summary>The cost of a run in tokens: padded tokens, plus a term that grows with the square of the length.</summary>
    public static long Cost(int texts, int longest) => (long)ExactCost(texts, longest);

    /// <summary>The cost without rounding, so that so many texts of one length cost as many times what one does.</summary>
    public static double ExactCost(int texts, int longest) => (double)texts * longest * (SquareTermTokens + longest) / SquareTermTokens;

    private static List<int[]> Cut(int[] order, ReadOnlySpan<int> lengths, int budget, int maxTokens)
    {
        List<int[]> batches = [];
        int start = 0;
        int longest = 0;
        for (int i = 0; i < order.Length; i++)
        {
            int grown = Math.Max(longest, lengths[order[i]]);
            if (i > start && (Cost(i - start + 1, grown) > budget || (long)(i - start + 1) * grown > maxTokens))
            {
                batches.Add(order[start..i]);
                start = i;
                grown = lengths[order[i]];
            }

            longest = grown;
        }

        if (start < order.Length)
        {
            batches.Add(order[start..]);
        }

        return batches;
    }
}
