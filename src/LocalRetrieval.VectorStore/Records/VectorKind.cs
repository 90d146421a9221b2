namespace LocalRetrieval.VectorData.Records;

/// <summary>What the vectors of a property are, and so where a table has them.</summary>
internal enum VectorKind
{
    /// <summary>One vector a record, <c>Embedding&lt;float&gt;</c> or of the same kind, in blocks.</summary>
    Dense,

    /// <summary>A list of weights, <see cref="SparseEmbedding"/>, in an inverted index.</summary>
    Sparse,

    /// <summary>Several vectors a record, <see cref="MultiVectorEmbedding"/>, one after another in blocks.</summary>
    Multi,
}
