using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>A record with several vectors, and with one.</summary>
public sealed class MultiNote
{
    public const int Dimensions = 20;

    [VectorStoreKey]
    public int Id { get; set; }

    [VectorStoreData(IsFullTextIndexed = true)]
    public string? Text { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public int Number { get; set; }

    [VectorStoreVector(Dimensions)]
    public MultiVectorEmbedding? Tokens { get; set; }

    [VectorStoreVector(2)]
    public float[]? Dense { get; set; }
}
