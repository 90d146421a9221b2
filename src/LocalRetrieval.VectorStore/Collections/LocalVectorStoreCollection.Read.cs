using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using LocalRetrieval.VectorData.Search;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Collections;

internal sealed partial class LocalVectorStoreCollection<TKey, TRecord>
{
    public override Task<TRecord?> GetAsync(TKey key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        bool includeVectors = ReadIncludeVectors(options?.IncludeVectors);
        return cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<TRecord?>(cancellationToken)
            : Task.FromResult(GetTable().Records.TryGetValue(key, out StoredRecord<TKey, TRecord>? stored) ? CopyOut(stored, includeVectors) : null);
    }

    public override IAsyncEnumerable<TRecord> GetAsync(
        IEnumerable<TKey> keys, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return GetByKeysAsync(keys, ReadIncludeVectors(options?.IncludeVectors), cancellationToken);
    }

    public override IAsyncEnumerable<TRecord> GetAsync(
        Expression<Func<TRecord, bool>> filter,
        int top,
        FilteredRecordRetrievalOptions<TRecord>? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        RecordSort<TRecord> sort = new(options?.OrderBy);
        return GetByFilterAsync(filter.Compile(), top, options?.Skip ?? 0, sort, ReadIncludeVectors(options?.IncludeVectors), cancellationToken);
    }

    private bool ReadIncludeVectors(bool? includeVectors)
    {
        if (includeVectors != true)
        {
            return false;
        }

        model.ThrowIfVectorsCannotBeReturned();
        return true;
    }

    private async IAsyncEnumerable<TRecord> GetByKeysAsync(
        IEnumerable<TKey> keys, bool includeVectors, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The records are in memory; the interface alone is asynchronous.
        await Task.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        ImmutableDictionary<TKey, StoredRecord<TKey, TRecord>> records = GetTable(nameof(GetAsync)).Records;
        foreach (TKey key in keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (records.TryGetValue(key, out StoredRecord<TKey, TRecord>? stored))
            {
                yield return CopyOut(stored, includeVectors);
            }
        }
    }

    private async IAsyncEnumerable<TRecord> GetByFilterAsync(
        Func<TRecord, bool> filter, int top, int skip, RecordSort<TRecord> sort, bool includeVectors, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        IEnumerable<StoredRecord<TKey, TRecord>> matches = GetTable(nameof(GetAsync)).Records.Values
            .Where(stored => filter(stored.Record))
            .OrderBy(stored => stored.Order);
        foreach (StoredRecord<TKey, TRecord> stored in sort.Sort(matches, stored => stored.Record).Skip(skip).Take(top))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return CopyOut(stored, includeVectors);
        }
    }
}
