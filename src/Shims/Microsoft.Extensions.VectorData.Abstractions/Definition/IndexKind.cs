namespace Microsoft.Extensions.VectorData;

/// <summary>The well-known kinds of vector index.</summary>
public static class IndexKind
{
    /// <summary>Hierarchical navigable small world: an approximate search over a graph of neighbours.</summary>
    public const string Hnsw = nameof(Hnsw);

    /// <summary>No index: each vector is compared, and the result is exact.</summary>
    public const string Flat = nameof(Flat);

    /// <summary>Inverted file: vectors are clustered, and only the nearest clusters are compared.</summary>
    public const string IvfFlat = nameof(IvfFlat);

    /// <summary>An approximate search over a graph made to be kept on disk.</summary>
    public const string DiskAnn = nameof(DiskAnn);

    /// <summary>Each vector is compared, in a compressed form.</summary>
    public const string QuantizedFlat = nameof(QuantizedFlat);

    /// <summary>Flat while the collection is small, another kind once it has grown.</summary>
    public const string Dynamic = nameof(Dynamic);
}
