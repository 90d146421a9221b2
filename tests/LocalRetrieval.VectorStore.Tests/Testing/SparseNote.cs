using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>A record with vectors of both kinds.</summary>
public sealed class SparseNote
{
    [VectorStoreKey]
    public int Id { get; set; }

    [VectorStoreData(IsFullTextIndexed = true)]
    public string? Text { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public int Number { get; set; }

    [VectorStoreVector(100)]
    public SparseEmbedding? Weights { get; set; }

    [VectorStoreVector(100, DistanceFunction = DistanceFunction.DotProductSimilarity, StorageName = "t")]
    public SparseEmbedding? Title { get; set; }

    [VectorStoreVector(2)]
    public float[]? Dense { get; set; }
}
