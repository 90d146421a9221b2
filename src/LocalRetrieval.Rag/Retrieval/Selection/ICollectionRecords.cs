namespace LocalRetrieval.Rag;

/// <summary>What selection asks of a collection, whatever the type of its keys.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal interface ICollectionRecords<TRecord>
    where TRecord : class
{
    /// <summary>The vector of each record; an empty one where the collection does not give it.</summary>
    Task<IReadOnlyList<ReadOnlyMemory<float>>> GetVectorsAsync(IReadOnlyList<TRecord> records, CancellationToken cancellationToken);
}
