namespace Microsoft.Extensions.VectorData;

/// <summary>The well-known ways to compare two vectors.</summary>
public static class DistanceFunction
{
    /// <summary>The cosine of the angle between the vectors, from -1 to 1; higher is nearer.</summary>
    public const string CosineSimilarity = nameof(CosineSimilarity);

    /// <summary>One minus the cosine similarity, from 0 to 2; lower is nearer.</summary>
    public const string CosineDistance = nameof(CosineDistance);

    /// <summary>The dot product; higher is nearer.</summary>
    public const string DotProductSimilarity = nameof(DotProductSimilarity);

    /// <summary>The dot product with its sign turned; lower is nearer.</summary>
    public const string NegativeDotProductSimilarity = nameof(NegativeDotProductSimilarity);

    /// <summary>The length of the difference of the vectors; lower is nearer.</summary>
    public const string EuclideanDistance = nameof(EuclideanDistance);

    /// <summary>The square of the Euclidean distance; lower is nearer.</summary>
    public const string EuclideanSquaredDistance = nameof(EuclideanSquaredDistance);

    /// <summary>The number of dimensions in which the vectors differ; lower is nearer.</summary>
    public const string HammingDistance = nameof(HammingDistance);

    /// <summary>The sum of the absolute differences in each dimension; lower is nearer.</summary>
    public const string ManhattanDistance = nameof(ManhattanDistance);
}
