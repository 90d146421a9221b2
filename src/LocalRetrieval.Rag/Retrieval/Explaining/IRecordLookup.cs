using System.Linq.Expressions;

namespace LocalRetrieval.Rag;

/// <summary>Finds a record by its key as text, whatever the keys' type.</summary>
internal interface IRecordLookup<TRecord>
    where TRecord : class
{
    /// <returns>The record; null where there is none with this key that the filter lets through.</returns>
    Task<TRecord?> FindAsync(string key, Expression<Func<TRecord, bool>>? filter, CancellationToken cancellationToken);
}
