namespace LocalRetrieval.VectorData.Tests.Testing;

internal static class SparseVectors
{
    /// <summary>A vector over a vocabulary of 100.</summary>
    public static SparseEmbedding Of(params (int Index, float Weight)[] items) =>
        new(items.Select(item => item.Index).ToArray(), items.Select(item => item.Weight).ToArray(), 100);

    /// <summary>A vector of up to 20 weights, some of them 0 and some equal.</summary>
    public static SparseEmbedding Random(Random random, int dimensions)
    {
        int[] indices = [.. Enumerable.Range(0, random.Next(20)).Select(_ => random.Next(dimensions)).Distinct().Order()];
        return new(indices, Array.ConvertAll(indices, _ => random.Next(4) * (random.Next(3) == 0 ? 0.5f : random.NextSingle())), dimensions);
    }

    public static double Dot(SparseEmbedding x, SparseEmbedding y) => x.ToDense().Zip(y.ToDense(), (a, b) => (double)a * b).Sum();
}
