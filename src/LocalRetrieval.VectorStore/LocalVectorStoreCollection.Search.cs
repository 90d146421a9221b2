using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using LocalRetrieval.VectorData.Collections;
using LocalRetrieval.VectorData.Embedding;
using LocalRetrieval.VectorData.Filtering;
using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Vector = Microsoft.Extensions.AI.Embedding;

namespace LocalRetrieval.VectorData;

public sealed partial class LocalVectorStoreCollection<TKey, TRecord>
{
    private static readonly VectorSearchOptions<TRecord> DefaultSearch = new();

    /// <summary>
    /// Finds the records nearest to a value, by comparing it with all that match the filter, or by the index that the property asks for; of a property of sparse vectors, those that have
    /// an index with a weight above 0 in common with it; of several vectors a record, by late interaction, where there is a first pass with those that it chooses.
    /// </summary>
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The value is a vector that the property cannot be compared with.</exception>
    /// <exception cref="InvalidOperationException">There is no such vector property, or its generator does not take the value, or another encoder filled the collection; the message names what differs.</exception>
    /// <exception cref="NotSupportedException">The value is no vector and there is no generator, or the filter cannot be evaluated, or the vectors cannot be returned.</exception>
    public override IAsyncEnumerable<VectorSearchResult<TRecord>> SearchAsync<TInput>(
        TInput searchValue, int top, VectorSearchOptions<TRecord>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(searchValue);
        return SearchCoreAsync(searchValue, ReadRequest(top, options), cancellationToken);
    }

    private SearchRequest ReadRequest(int top, VectorSearchOptions<TRecord>? options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= DefaultSearch;
        return new SearchRequest(
            _model.FindVector(options.VectorProperty),
            top,
            options.Skip,
            Prepare(options.Filter),
            ReadThreshold(options.ScoreThreshold),
            ReadIncludeVectors(options.IncludeVectors));
    }

    private static double? ReadThreshold(double? threshold) => threshold is double.NaN
        ? throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The options' ScoreThreshold is NaN. Give a number, or null for no limit.")
        : threshold;

    private RowFilter<TRecord>? Prepare(Expression<Func<TRecord, bool>>? filter) =>
        filter is null ? null : _store.Catalog.Filters.Prepare(filter, _model);

    private async IAsyncEnumerable<VectorSearchResult<TRecord>> SearchCoreAsync<TInput>(
        TInput searchValue, SearchRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TInput : notnull
    {
        cancellationToken.ThrowIfCancellationRequested();
        (Vector[] queries, TableSnapshot snapshot) =
            await EmbedQueriesAsync(request.Property, [searchValue], nameof(SearchAsync), cancellationToken).ConfigureAwait(false);
        foreach (RowScore found in Search(snapshot, queries, request, cancellationToken)[0])
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return CopyOut(snapshot, found, request);
        }
    }

    private VectorSearchResult<TRecord> CopyOut(TableSnapshot snapshot, RowScore found, SearchRequest request) =>
        new(CopyOut(snapshot, snapshot.GetRow(found.Row), request.IncludeVectors), found.Score);

    private async Task<(Vector[] Queries, TableSnapshot Snapshot)> EmbedQueriesAsync<TInput>(
        VectorProperty property, TInput[] searchValues, string operation, CancellationToken cancellationToken)
        where TInput : notnull
    {
        EncoderFingerprint? fingerprint = null;
        try
        {
            Vector[] queries = await QueryEmbedder.EmbedAsync(property, searchValues, CheckAsync, cancellationToken).ConfigureAwait(false);

            // What is searched may have been filled while the values were embedded.
            TableSnapshot snapshot = GetTable(operation).Read();
            _encoders.ThrowIfOther(property, snapshot, fingerprint);
            return (queries, snapshot);
        }
        catch (VectorStoreException exception) when (exception.CollectionName is null)
        {
            throw Failure(exception.Message, operation, exception);
        }

        async ValueTask<PropertyEncoder> CheckAsync()
        {
            PropertyEncoder encoder = await _encoders.FindAsync(property, GetTable(operation), cancellationToken).ConfigureAwait(false);
            fingerprint = encoder.Fingerprint;
            return encoder;
        }
    }

    private RowScore[][] Search(TableSnapshot snapshot, Vector[] queries, SearchRequest request, CancellationToken cancellationToken)
    {
        RowSearchOptions options = new() { Top = request.Top, Skip = request.Skip, ScoreThreshold = request.ScoreThreshold };
        if (request.Property.IsSparse)
        {
            SparseIndex index = snapshot.Indexes.GetVectors(request.Property.Column);
            options = options with { Accepts = AcceptsOf(snapshot, request.Filter) };
            return Array.ConvertAll(queries, query => index.Search((SparseEmbedding)query, options, cancellationToken));
        }

        if (request.Property.IsMulti)
        {
            BestRows best = Best(snapshot, request);
            return Array.ConvertAll(queries, query => best.Find(((MultiVectorEmbedding)query).Vectors, options, cancellationToken));
        }

        NearestRows rows = Nearest(snapshot, request);
        return [.. queries.Chunk(ExactSearch.QueriesAtOnce).SelectMany(chunk => rows.Find(Join(chunk), options, cancellationToken))];
    }

    private NearestRows Nearest(TableSnapshot snapshot, SearchRequest request) =>
        new(snapshot, request.Property, request.Filter?.FindCandidates(snapshot), MatchesOf(snapshot, request.Filter));

    private BestRows Best(TableSnapshot snapshot, SearchRequest request) =>
        new(snapshot, request.Property, request.Filter?.FindCandidates(snapshot), MatchesOf(snapshot, request.Filter));

    private static ReadOnlyMemory<float> Join(Vector[] vectors)
    {
        if (vectors is [Embedding<float> only])
        {
            return only.Vector;
        }

        int dimensions = ((Embedding<float>)vectors[0]).Dimensions;
        float[] joined = new float[vectors.Length * dimensions];
        for (int i = 0; i < vectors.Length; i++)
        {
            ((Embedding<float>)vectors[i]).Vector.CopyTo(joined.AsMemory(i * dimensions));
        }

        return joined;
    }

    // The rows of an inverted index are visible: it is of the snapshot's own generation.
    private Func<int, bool>? AcceptsOf(TableSnapshot snapshot, RowFilter<TRecord>? filter)
    {
        Func<Row, bool>? matches = MatchesOf(snapshot, filter);
        return matches is null ? null : row => matches(snapshot.GetRow(row));
    }

    private Func<Row, bool>? MatchesOf(TableSnapshot snapshot, RowFilter<TRecord>? filter)
    {
        if (filter is null)
        {
            return null;
        }

        Func<Row, TRecord> copyRecord = row => CopyOut(snapshot, row, includeVectors: true);
        return row => filter.Matches(row, copyRecord);
    }

    /// <summary>The options of a search as they were when it was asked for.</summary>
    private sealed record SearchRequest(
        VectorProperty Property, int Top, int Skip, RowFilter<TRecord>? Filter, double? ScoreThreshold, bool IncludeVectors);
}
