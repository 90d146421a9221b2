using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Search;

/// <summary>The distance functions by their definitions, in double precision.</summary>
internal static class NaiveDistance
{
    public static bool HigherIsNearer(string? name) =>
        name is null or DistanceFunction.CosineSimilarity or DistanceFunction.DotProductSimilarity;

    public static double Score(string? name, float[] x, float[] y) => name switch
    {
        null or DistanceFunction.CosineSimilarity => Dot(x, y) / Math.Sqrt(Dot(x, x) * Dot(y, y)),
        DistanceFunction.CosineDistance => 1 - (Dot(x, y) / Math.Sqrt(Dot(x, x) * Dot(y, y))),
        DistanceFunction.DotProductSimilarity => Dot(x, y),
        DistanceFunction.NegativeDotProductSimilarity => -Dot(x, y),
        DistanceFunction.EuclideanDistance => Math.Sqrt(Sum(x, y, (a, b) => (a - b) * (a - b))),
        DistanceFunction.EuclideanSquaredDistance => Sum(x, y, (a, b) => (a - b) * (a - b)),
        DistanceFunction.ManhattanDistance => Sum(x, y, (a, b) => Math.Abs(a - b)),
        DistanceFunction.HammingDistance => Sum(x, y, (a, b) => a == b ? 0 : 1),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static double Dot(float[] x, float[] y) => Sum(x, y, (a, b) => a * b);

    private static double Sum(float[] x, float[] y, Func<double, double, double> term) => x.Zip(y, (a, b) => term(a, b)).Sum();
}
