using System.Numerics.Tensors;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Tells similarities, of which higher is better, from distances.</summary>
internal static class ScoreDirection
{
    /// <summary>Whether the scores by a distance function are distances.</summary>
    /// <returns>Null where that is not known. A function that is not named is the store's default, which differs between stores.</returns>
    public static bool? IsDistance(string? function) => function switch
    {
        DistanceFunction.CosineSimilarity or DistanceFunction.DotProductSimilarity => false,
        DistanceFunction.CosineDistance or DistanceFunction.NegativeDotProductSimilarity or DistanceFunction.EuclideanDistance
            or DistanceFunction.EuclideanSquaredDistance or DistanceFunction.ManhattanDistance or DistanceFunction.HammingDistance => true,
        _ => null,
    };

    /// <summary>Whether scores are distances, by their order: stores give the best first.</summary>
    /// <returns>Null where they are all alike, or there is one alone.</returns>
    public static bool? IsRising<TRecord>(List<VectorSearchResult<TRecord>> found)
        where TRecord : class
    {
        double? first = found.Find(result => double.IsFinite(result.Score ?? double.NaN))?.Score;
        double? last = found.FindLast(result => double.IsFinite(result.Score ?? double.NaN))?.Score;
        return first < last ? true : first > last ? false : null;
    }

    /// <summary>What a store with a distance function says of two vectors of one length, a distance turned to count negative; null for a function that is not known.</summary>
    public static double? Score(string? function, ReadOnlySpan<float> left, ReadOnlySpan<float> right) => function switch
    {
        DistanceFunction.CosineSimilarity => TensorPrimitives.CosineSimilarity(left, right),
        DistanceFunction.CosineDistance => TensorPrimitives.CosineSimilarity(left, right) - 1d,
        DistanceFunction.DotProductSimilarity or DistanceFunction.NegativeDotProductSimilarity => TensorPrimitives.Dot(left, right),
        DistanceFunction.EuclideanDistance => -TensorPrimitives.Distance(left, right),
        DistanceFunction.EuclideanSquaredDistance => -Math.Pow(TensorPrimitives.Distance(left, right), 2),
        DistanceFunction.ManhattanDistance => -Manhattan(left, right),
        _ => null,
    };

    private static double Manhattan(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        double sum = 0;
        for (int index = 0; index < left.Length; index++)
        {
            sum += Math.Abs(left[index] - right[index]);
        }

        return sum;
    }
}
