using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.VectorData;
using Vector = Microsoft.Extensions.AI.Embedding;

namespace LocalRetrieval.VectorData;

public sealed partial class LocalVectorStoreCollection<TKey, TRecord>
{
    /// <summary>
    /// Searches for each of several values, over the same records, in a fraction of the time that as many searches take: values of one type
    /// are embedded by one call of the generator, and up to 32 vectors share a pass over the records. Sparse vectors, and several a record, are searched one by one.
    /// </summary>
    /// <typeparam name="TInput">The type of the values, as for a single search.</typeparam>
    /// <param name="searchValues">The values, enumerated once; none may be null.</param>
    /// <param name="top">How many records to find for each value at most, at least 1.</param>
    /// <param name="options">Options of all of the searches, or null for the defaults.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>A list a value, in the order of the values: just what a search for it alone finds, nearest first.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="searchValues"/> or one of the values is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="ArgumentException">A value is a vector that the property cannot be compared with.</exception>
    /// <exception cref="InvalidOperationException">There is no such vector property, or its generator does not take a value, or another encoder filled the collection; the message names what differs.</exception>
    /// <exception cref="NotSupportedException">A value is no vector and there is no generator, or the filter cannot be evaluated, or the vectors cannot be returned.</exception>
    /// <exception cref="VectorStoreException">The collection does not exist.</exception>
    public Task<IReadOnlyList<IReadOnlyList<VectorSearchResult<TRecord>>>> SearchBatchAsync<TInput>(
        IEnumerable<TInput> searchValues, int top, VectorSearchOptions<TRecord>? options = null, CancellationToken cancellationToken = default)
        where TInput : notnull
    {
        ArgumentNullException.ThrowIfNull(searchValues);
        SearchRequest request = ReadRequest(top, options);
        return SearchBatchCoreAsync([.. searchValues], request, cancellationToken);
    }

    private async Task<IReadOnlyList<IReadOnlyList<VectorSearchResult<TRecord>>>> SearchBatchCoreAsync<TInput>(
        TInput[] searchValues, SearchRequest request, CancellationToken cancellationToken)
        where TInput : notnull
    {
        cancellationToken.ThrowIfCancellationRequested();
        (Vector[] queries, TableSnapshot snapshot) =
            await EmbedQueriesAsync(request.Property, searchValues, nameof(SearchBatchAsync), cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(Search(snapshot, queries, request, cancellationToken), rows =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Array.ConvertAll(rows, row => CopyOut(snapshot, row, request));
        });
    }
}
