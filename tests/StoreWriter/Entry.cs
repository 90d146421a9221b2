using Microsoft.Extensions.VectorData;

namespace StoreWriter;

/// <summary>A record with a text, and the model that made a vector of it.</summary>
public sealed class Entry
{
    [VectorStoreKey]
    public int Id { get; set; }

    [VectorStoreData]
    public string Text { get; set; } = "";

    [VectorStoreData]
    public string Model { get; set; } = "";

    [VectorStoreVector(8)]
    public ReadOnlyMemory<float>? Vector { get; set; }
}
