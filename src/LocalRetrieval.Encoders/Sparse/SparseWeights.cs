namespace LocalRetrieval.Encoders;

/// <summary>Picks the weights of a text that are kept.</summary>
internal static class SparseWeights
{
    /// <summary>The weights above 0, at most as many as asked for, by ascending token id.</summary>
    public static SparseEmbedding Select(float[] weights, int? most)
    {
        int[] kept = [.. Enumerable.Range(0, weights.Length).Where(index => weights[index] > 0)];
        if (kept.Length > most)
        {
            // The order of equal weights is that of their ids: the sort is not stable.
            Array.Sort(kept, (a, b) => weights[a] != weights[b] ? weights[b].CompareTo(weights[a]) : a.CompareTo(b));
            kept = kept[..most.Value];
            Array.Sort(kept);
        }

        return new SparseEmbedding(kept, Array.ConvertAll(kept, index => weights[index]), weights.Length);
    }
}
