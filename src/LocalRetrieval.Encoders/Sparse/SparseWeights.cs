namespace LocalRetrieval.Encoders;

/// <summary>Picks the weights of a text that are kept.</summary>
internal static class SparseWeights
{
    /// <summary>The weights above 0, at most as many as asked for, by ascending token id.</summary>
    public static SparseEmbedding Select(ReadOnlySpan<float> weights, int? most)
    {
        int[] ids = new int[weights.Length - weights.Count(0f)];
        float[] kept = new float[ids.Length];
        int count = 0;
        for (int id = 0; id < weights.Length; id++)
        {
            if (weights[id] > 0)
            {
                ids[count] = id;
                kept[count++] = weights[id];
            }
        }

        (ids, kept) = (ids[..count], kept[..count]);
        if (count > most)
        {
            KeepLargest(ref ids, ref kept, most.Value);
        }

        return new SparseEmbedding(ids, kept, weights.Length);
    }

    private static void KeepLargest(ref int[] ids, ref float[] weights, int most)
    {
        // The order of equal weights is that of their ids: the sort is not stable.
        (int Id, float Weight)[] ranked = [.. ids.Zip(weights)];
        Array.Sort(ranked, static (a, b) => a.Weight != b.Weight ? b.Weight.CompareTo(a.Weight) : a.Id.CompareTo(b.Id));
        ranked = ranked[..most];
        Array.Sort(ranked, static (a, b) => a.Id.CompareTo(b.Id));
        ids = Array.ConvertAll(ranked, entry => entry.Id);
        weights = Array.ConvertAll(ranked, entry => entry.Weight);
    }
}
