using System.Numerics.Tensors;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Search;

/// <summary>A distance function: its name, its direction and its score.</summary>
internal sealed class DistanceMeasure
{
    private const int ChunkLength = 256;

    private static readonly DistanceMeasure[] All =
    [
        new(DistanceFunction.CosineSimilarity, higherIsNearer: true, Cosine),
        new(DistanceFunction.CosineDistance, higherIsNearer: false, (query, vector) => 1 - Cosine(query, vector)),
        new(DistanceFunction.DotProductSimilarity, higherIsNearer: true, Dot),
        new(DistanceFunction.NegativeDotProductSimilarity, higherIsNearer: false, (query, vector) => -Dot(query, vector)),
        new(DistanceFunction.EuclideanDistance, higherIsNearer: false, Euclidean),
        new(DistanceFunction.EuclideanSquaredDistance, higherIsNearer: false, (query, vector) => Math.Pow(Euclidean(query, vector), 2)),
        new(DistanceFunction.ManhattanDistance, higherIsNearer: false, (query, vector) => Manhattan(query.Values, vector.Values)),
        new(DistanceFunction.HammingDistance, higherIsNearer: false, (query, vector) => TensorPrimitives.HammingDistance<float>(query.Values, vector.Values)),
    ];

    private readonly bool _higherIsNearer;
    private readonly Func<StoredVector, StoredVector, double> _score;

    private DistanceMeasure(string name, bool higherIsNearer, Func<StoredVector, StoredVector, double> score)
    {
        Name = name;
        _higherIsNearer = higherIsNearer;
        _score = score;
    }

    public static string SupportedNames { get; } = string.Join(", ", All.Select(measure => measure.Name));

    public string Name { get; }

    /// <summary>Finds the measure of a name; null is the default, the cosine similarity.</summary>
    /// <returns>The measure, or null where there is none.</returns>
    public static DistanceMeasure? Find(string? name) => Array.Find(All, measure => measure.Name == (name ?? DistanceFunction.CosineSimilarity));

    public double Score(StoredVector query, StoredVector vector) => _score(query, vector);

    /// <summary>Turns a score into a number that is higher for nearer vectors, and such a number back into a score.</summary>
    public double Nearness(double score) => _higherIsNearer ? score : -score;

    private static double Cosine(StoredVector query, StoredVector vector) =>
        Math.Clamp(Dot(query, vector) * query.InverseNorm * vector.InverseNorm, -1, 1);

    private static double Dot(StoredVector query, StoredVector vector)
    {
        float dot = TensorPrimitives.Dot<float>(query.Values, vector.Values);
        return float.IsFinite(dot) ? dot : SumInDouble(query.Values, vector.Values, static (x, y) => x * y);
    }

    private static double Euclidean(StoredVector query, StoredVector vector)
    {
        float distance = TensorPrimitives.Distance<float>(query.Values, vector.Values);
        return float.IsFinite(distance) ? distance : Math.Sqrt(SumInDouble(query.Values, vector.Values, static (x, y) => (x - y) * (x - y)));
    }

    private static double Manhattan(ReadOnlySpan<float> query, ReadOnlySpan<float> vector)
    {
        Span<float> differences = stackalloc float[ChunkLength];
        double sum = 0;
        for (int start = 0; start < query.Length; start += ChunkLength)
        {
            Span<float> chunk = differences[..Math.Min(ChunkLength, query.Length - start)];
            TensorPrimitives.Subtract(query.Slice(start, chunk.Length), vector.Slice(start, chunk.Length), chunk);
            sum += TensorPrimitives.SumOfMagnitudes<float>(chunk);
        }

        return sum;
    }

    // For huge vectors, whose products are no finite floats.
    private static double SumInDouble(float[] query, float[] vector, Func<double, double, double> term)
    {
        double sum = 0;
        for (int i = 0; i < query.Length; i++)
        {
            sum += term(query[i], vector[i]);
        }

        return sum;
    }
}
