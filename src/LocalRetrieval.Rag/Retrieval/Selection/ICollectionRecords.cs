using System.Linq.Expressions;

namespace LocalRetrieval.Rag;

/// <summary>What selection asks of a collection, whatever the type of its keys.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal interface ICollectionRecords<TRecord>
    where TRecord : class
{
    /// <summary>The vector of each record; an empty one where the collection does not give it.</summary>
    Task<IReadOnlyList<ReadOnlyMemory<float>>> GetVectorsAsync(IReadOnlyList<TRecord> records, CancellationToken cancellationToken);

    /// <summary>The records with some keys that a filter lets through.</summary>
    /// <param name="keys">The keys, as the collection has them.</param>
    /// <param name="filter">The request's filter; null for none.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    Task<IReadOnlyList<TRecord>> GetAsync(IReadOnlyCollection<object> keys, Expression<Func<TRecord, bool>>? filter, CancellationToken cancellationToken);
}
