using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>A record whose vector is made from a text.</summary>
public sealed class SparseTextNote
{
    [VectorStoreKey]
    public int Id { get; set; }

    [VectorStoreVector(100)]
    public string? Text { get; set; }
}
