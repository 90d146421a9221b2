using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using LocalRetrieval.VectorData.Collections;
using LocalRetrieval.VectorData.Filtering;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData;

public sealed partial class LocalVectorStoreCollection<TKey, TRecord>
{
    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The vectors are asked for, and one is made from something else.</exception>
    public override Task<TRecord?> GetAsync(TKey key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return GetByKeyAsync(key, ReadIncludeVectors(options?.IncludeVectors), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The vectors are asked for, and one is made from something else.</exception>
    public override IAsyncEnumerable<TRecord> GetAsync(
        IEnumerable<TKey> keys, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return GetByKeysAsync(keys, ReadIncludeVectors(options?.IncludeVectors), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The filter names a property that the records do not have.</exception>
    /// <exception cref="NotSupportedException">The filter or the order cannot be evaluated, or the vectors cannot be returned.</exception>
    public override IAsyncEnumerable<TRecord> GetAsync(
        Expression<Func<TRecord, bool>> filter,
        int top,
        FilteredRecordRetrievalOptions<TRecord>? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        RowFilter<TRecord> prepared = _store.Catalog.Filters.Prepare(filter, _model);
        var sort = RowSort.Read(options?.OrderBy, _model);
        return GetByFilterAsync(prepared, top, options?.Skip ?? 0, sort, ReadIncludeVectors(options?.IncludeVectors), cancellationToken);
    }

    private async Task<TRecord?> GetByKeyAsync(TKey key, bool includeVectors, CancellationToken cancellationToken)
    {
        // The records are in memory; the interface alone is asynchronous.
        await Task.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        TableSnapshot snapshot = GetTable(nameof(GetAsync)).Read();
        return snapshot.Find(ReadKey(key)) is { } row ? CopyOut(snapshot, row, includeVectors) : null;
    }

    private async IAsyncEnumerable<TRecord> GetByKeysAsync(
        IEnumerable<TKey> keys, bool includeVectors, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        TableSnapshot snapshot = GetTable(nameof(GetAsync)).Read();
        foreach (TKey key in keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (snapshot.Find(ReadKey(key)) is { } row)
            {
                yield return CopyOut(snapshot, row, includeVectors);
            }
        }
    }

    private async IAsyncEnumerable<TRecord> GetByFilterAsync(
        RowFilter<TRecord> filter, int top, int skip, RowSort sort, bool includeVectors, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        TableSnapshot snapshot = GetTable(nameof(GetAsync)).Read();
        foreach (Row row in FindMatches(snapshot, filter, sort, cancellationToken).Skip(skip).Take(top))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return CopyOut(snapshot, row, includeVectors);
        }
    }

    private IEnumerable<Row> FindMatches(TableSnapshot snapshot, RowFilter<TRecord> filter, RowSort sort, CancellationToken cancellationToken)
    {
        int[]? candidates = filter.FindCandidates(snapshot);
        Func<Row, bool> matches = MatchesOf(snapshot, filter)!;
        IEnumerable<Row> found = (candidates ?? Enumerable.Range(0, snapshot.Count))
            .Select(index =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return snapshot.GetVisible(index);
            })
            .OfType<Row>()
            .Where(matches);
        return sort.IsByWriting ? found : found.Order(sort);
    }
}
