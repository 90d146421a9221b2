using LocalRetrieval.VectorData.Collections;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.VectorData;
using Vector = Microsoft.Extensions.AI.Embedding;

namespace LocalRetrieval.VectorData;

public sealed partial class LocalVectorStoreCollection<TKey, TRecord>
{
    /// <summary>How long is waited for a table that takes the place of a closed one.</summary>
    private static readonly TimeSpan ReplacementTime = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Ends when the indexes over dense vectors know all that was written before the call, and on disk what stands in the snapshot is in their files, where these can be written (what fails there is in the log, and costs time
    /// at the next opening); and when what a first pass over several vectors a record compares is made. Searches need not wait: they compare what an index does not know, and all where a first pass is not made.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting; the indexes are kept all the same.</param>
    /// <remarks>Where no vector property has an index, a collection is too small for one, or an index was given up or a first pass not made since that failed, nothing is waited for; <see cref="LocalVectorStore.GetStatisticsAsync"/> tells. While somebody waits, indexes are made without pauses for searches.</remarks>
    /// <exception cref="VectorStoreException">The collection does not exist, or was deleted meanwhile.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed, be it meanwhile.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task WhenIndexedAsync(CancellationToken cancellationToken = default)
    {
        Table table = await Task.Run(() => GetTable(nameof(WhenIndexedAsync)), cancellationToken).ConfigureAwait(false);
        while (!await table.WhenIndexedAsync(cancellationToken).ConfigureAwait(false))
        {
            Table next = GetTable(nameof(WhenIndexedAsync));
            if (next == table)
            {
                await Task.Delay(ReplacementTime, cancellationToken).ConfigureAwait(false);
            }

            table = next;
        }
    }

    /// <summary>Measures how much of what an exact search finds the index of a vector property finds, or the first pass of one of several vectors a record, on what the collection has by now.</summary>
    /// <typeparam name="TInput">The type of the values, as for a search.</typeparam>
    /// <param name="sample">Values as they are searched for: questions, and no records, which are nearest to themselves. Enumerated once; at least one, and none null.</param>
    /// <param name="top">How many records each search is asked for, at least 1.</param>
    /// <param name="options">Which vector property is measured, and under which filter; the rest does not count. Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    /// <returns>The recall, and the times of both; one search runs at a time. Without an index or a first pass all is found.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="sample"/> or one of the values is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="ArgumentException"><paramref name="sample"/> is empty, or a value is a vector that the property cannot be compared with.</exception>
    /// <exception cref="InvalidOperationException">There is no such vector property, or its generator does not take a value, or another encoder filled the collection; the message names what differs.</exception>
    /// <exception cref="NotSupportedException">The property has sparse vectors, which are always found exactly, or a value is no vector and there is no generator, or the filter cannot be evaluated.</exception>
    /// <exception cref="VectorStoreException">The collection does not exist.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<RecallMeasurement> MeasureRecallAsync<TInput>(
        IEnumerable<TInput> sample, int top = 10, VectorSearchOptions<TRecord>? options = null, CancellationToken cancellationToken = default)
        where TInput : notnull
    {
        ArgumentNullException.ThrowIfNull(sample);
        SearchRequest request = ReadRequest(top, options);
        TInput[] values = [.. sample];
        return values.Length == 0 ? throw new ArgumentException("There is nothing to search for.", nameof(sample))
            : request.Property.IsSparse ? throw new NotSupportedException($"Property '{request.Property.Name}' has sparse vectors, which are always found exactly.")
            : MeasureRecallCoreAsync(values, request, cancellationToken);
    }

    private async Task<RecallMeasurement> MeasureRecallCoreAsync<TInput>(TInput[] values, SearchRequest request, CancellationToken cancellationToken)
        where TInput : notnull
    {
        cancellationToken.ThrowIfCancellationRequested();
        (Vector[] queries, TableSnapshot snapshot) =
            await EmbedQueriesAsync(request.Property, values, nameof(MeasureRecallAsync), cancellationToken).ConfigureAwait(false);
        return await Task.Run(Measure, cancellationToken).ConfigureAwait(false);

        RecallMeasurement Measure()
        {
            IMeasuredRows rows = request.Property.IsMulti ? Best(snapshot, request) : Nearest(snapshot, request);
            RecallSample measured = new(request.Property, rows, request.Top);
            Array.ForEach(queries, query => measured.Add(query is MultiVectorEmbedding several ? several.Vectors : Join([query]), cancellationToken));
            return measured.Measure();
        }
    }
}
