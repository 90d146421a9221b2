using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Tests.Indexing.Graphs;

/// <summary>Vectors for a graph: clusters of a few dimensions that matter, as embeddings have them, and what exact search finds among them.</summary>
internal sealed class GraphVectors
{
    private readonly ExactSearch _exact;

    /// <param name="vectors">The vectors, a row each.</param>
    /// <param name="function">The distance function; null for the cosine.</param>
    /// <param name="isHalf">Whether they are stored as Half.</param>
    public GraphVectors(float[][] vectors, string? function = null, bool isHalf = false)
    {
        Vectors = [.. vectors];
        Dimensions = vectors[0].Length;
        Measure = VectorMeasure.Find(function)!;
        Blocks = new VectorBlocks(Dimensions, isHalf);
        _exact = new ExactSearch(Measure, Dimensions);
        Blocks.EnsureCapacity(vectors.Length);
        for (int row = 0; row < vectors.Length; row++)
        {
            Blocks.Set(row, vectors[row]);
        }
    }

    public VectorMeasure Measure { get; }

    public int Dimensions { get; }

    public VectorBlocks Blocks { get; }

    public List<float[]> Vectors { get; }

    public int Count => Vectors.Count;

    public static float[][] Clustered(Random random, int count, int dimensions = 24, int clusters = 30, float spread = .35f)
    {
        float[][] centers = [.. Enumerable.Range(0, clusters).Select(_ => Gaussian(random, dimensions, 1))];
        return [.. Enumerable.Range(0, count).Select(_ => Near(random, centers[random.Next(clusters)], spread))];
    }

    public static float[] Near(Random random, float[] center, float spread) => [.. center.Zip(Gaussian(random, center.Length, spread), (x, y) => x + y)];

    public static float[] Gaussian(Random random, int dimensions, float deviation)
    {
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++)
        {
            vector[i] = deviation * (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return vector;
    }

    public void Append(float[] vector)
    {
        Blocks.EnsureCapacity(Count + 1);
        Blocks.Set(Count, vector);
        Vectors.Add(vector);
    }

    public RowScore[] Nearest(float[] query, int top, Func<int, bool>? accepts = null, int skip = 0, double? threshold = null) =>
        _exact.Search(Blocks.Read(Count), query, new RowSearchOptions { Top = top, Skip = skip, ScoreThreshold = threshold, Accepts = accepts })[0];

    /// <summary>The share of the nearest rows, or of rows as near, that were found.</summary>
    public double Recall(RowScore[] found, RowScore[] nearest) =>
        nearest.Length == 0 ? 1 : (double)Math.Min(nearest.Length, found.Count(row => Measure.Passes(row.Score, nearest[^1].Score))) / nearest.Length;
}
