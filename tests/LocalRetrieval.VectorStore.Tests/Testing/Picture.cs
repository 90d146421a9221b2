using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>A record with vectors of several encoders.</summary>
public sealed class Picture
{
    [VectorStoreKey]
    public string Id { get; set; } = "";

    [VectorStoreData]
    public string Text { get; set; } = "";

    /// <summary>Of the text.</summary>
    [VectorStoreVector(3)]
    public ReadOnlyMemory<float> Vector { get; set; }

    /// <summary>Of the picture.</summary>
    [VectorStoreVector(2)]
    public ReadOnlyMemory<float> Image { get; set; }

    /// <summary>Of the text's words.</summary>
    [VectorStoreVector(100)]
    public SparseEmbedding? Words { get; set; }
}
