namespace LocalRetrieval.VectorData.Indexing;

/// <summary>The kinds of index that a vector column can have.</summary>
internal enum VectorIndexKind
{
    /// <summary>None: all whole vectors are compared.</summary>
    Flat,

    /// <summary>Codes of all vectors are compared, and the best once more by the whole ones.</summary>
    QuantizedFlat,

    /// <summary>A graph, over whole vectors or codes.</summary>
    Hnsw,

    /// <summary><see cref="Flat"/> until that is found too slow, <see cref="Hnsw"/> then.</summary>
    Dynamic,
}
