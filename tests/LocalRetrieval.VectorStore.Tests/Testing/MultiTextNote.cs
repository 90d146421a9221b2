using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>A record whose vectors are made from a text.</summary>
public sealed class MultiTextNote
{
    [VectorStoreKey]
    public int Id { get; set; }

    [VectorStoreVector(FakeMultiVectorGenerator.Dimensions)]
    public string? Text { get; set; }
}
