using Microsoft.Extensions.VectorData;

namespace StoreWriter;

/// <summary>A record whose vector has an index.</summary>
public sealed class Point
{
    [VectorStoreKey]
    public int Id { get; set; }

    [VectorStoreData]
    public int Batch { get; set; }

    [VectorStoreVector(8, IndexKind = IndexKind.Hnsw)]
    public float[]? Vector { get; set; }
}
