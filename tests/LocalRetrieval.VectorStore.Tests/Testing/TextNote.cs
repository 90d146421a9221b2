using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>A record whose vectors are made from texts, one of them computed.</summary>
public sealed class TextNote
{
    [VectorStoreKey]
    public int Id { get; set; }

    [VectorStoreData]
    public string Text { get; set; } = "";

    [VectorStoreVector(3, DistanceFunction = DistanceFunction.DotProductSimilarity)]
    public string Body => Text;

    [VectorStoreVector(3)]
    public string? Title { get; set; }
}
