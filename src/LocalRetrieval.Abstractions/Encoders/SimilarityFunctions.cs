namespace LocalRetrieval;

/// <summary>The similarity functions of sentence-transformers (similarity_fn_name), and the distance functions of Microsoft.Extensions.VectorData that order as they do.</summary>
public static class SimilarityFunctions
{
    /// <summary>The cosine of the angle between two vectors.</summary>
    public const string Cosine = "cosine";

    /// <summary>The dot product.</summary>
    public const string Dot = "dot";

    /// <summary>The Euclidean distance, negated.</summary>
    public const string Euclidean = "euclidean";

    /// <summary>The Manhattan distance, negated.</summary>
    public const string Manhattan = "manhattan";

    private static readonly string[] CosineDistances = ["CosineSimilarity", "CosineDistance"];
    private static readonly string[] DotDistances = ["DotProductSimilarity", "NegativeDotProductSimilarity"];
    private static readonly string[] EuclideanDistances = ["EuclideanDistance", "EuclideanSquaredDistance"];
    private static readonly string[] ManhattanDistances = ["ManhattanDistance"];

    /// <summary>The names of VectorData's distance functions that order vectors as a similarity function does.</summary>
    /// <param name="similarityFunction">The similarity function, or null.</param>
    /// <param name="isNormalized">Whether all vectors are of unit length: cosine, dot product and Euclidean distance then order alike.</param>
    /// <returns>The names, the closest first; none where the function is null or not known.</returns>
    public static IReadOnlyList<string> DistanceFunctions(string? similarityFunction, bool isNormalized) => (similarityFunction, isNormalized) switch
    {
        (Cosine, true) => [.. CosineDistances, .. DotDistances, .. EuclideanDistances],
        (Dot, true) => [.. DotDistances, .. CosineDistances, .. EuclideanDistances],
        (Euclidean, true) => [.. EuclideanDistances, .. CosineDistances, .. DotDistances],
        (Cosine, false) => CosineDistances,
        (Dot, false) => DotDistances,
        (Euclidean, false) => EuclideanDistances,
        (Manhattan, _) => ManhattanDistances,
        _ => [],
    };

    // Distances between vectors of bits stand for others, and a name that is not VectorData's is not judged.
    internal static bool IsJudged(string distanceFunction) =>
        CosineDistances.Contains(distanceFunction) || DotDistances.Contains(distanceFunction) || EuclideanDistances.Contains(distanceFunction) || ManhattanDistances.Contains(distanceFunction);
}
