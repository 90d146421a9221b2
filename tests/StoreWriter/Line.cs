using Microsoft.Extensions.VectorData;

namespace StoreWriter;

/// <summary>A record that says which batch wrote it last.</summary>
public sealed class Line
{
    [VectorStoreKey]
    public int Id { get; set; }

    [VectorStoreData]
    public int Batch { get; set; }

    [VectorStoreVector(8)]
    public float[] Vector { get; set; } = new float[8];
}
