using System.Runtime.CompilerServices;
using LocalRetrieval.VectorData.Filtering;
using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.VectorData;
using Vector = Microsoft.Extensions.AI.Embedding;

namespace LocalRetrieval.VectorData;

public sealed partial class LocalVectorStoreCollection<TKey, TRecord> : IKeywordSearchable<TRecord>, IKeywordHybridSearchable<TRecord>
{
    private static readonly HybridSearchOptions<TRecord> DefaultHybridSearch = new();
    private static readonly KeywordSearchOptions<TRecord> DefaultKeywordSearch = new();

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is no such full-text property.</exception>
    /// <exception cref="NotSupportedException">The filter cannot be evaluated.</exception>
    public IAsyncEnumerable<KeywordSearchResult<TRecord>> KeywordSearchAsync(
        string query, int top, KeywordSearchOptions<TRecord>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= DefaultKeywordSearch;
        DataProperty property = _model.FindText(options.Property);
        RowFilter<TRecord>? filter = Prepare(options.Filter);
        return KeywordSearchCoreAsync(query, property, filter, top, options.Skip, options.ScoreThreshold, options.IncludeMatches, cancellationToken);
    }

    /// <summary>Finds the records that are near to a value or hold the keywords, and best those that do both. Sparse vectors, and several a record, take part as dense ones do.</summary>
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The value is a vector that the property cannot be compared with.</exception>
    /// <exception cref="InvalidOperationException">There is no such vector or full-text property, or the generator does not take the value, or another encoder filled the collection; the message names what differs.</exception>
    /// <exception cref="NotSupportedException">The value is no vector and there is no generator, or the filter cannot be evaluated, or the vectors cannot be returned.</exception>
    public IAsyncEnumerable<VectorSearchResult<TRecord>> HybridSearchAsync<TInput>(
        TInput searchValue,
        ICollection<string> keywords,
        int top,
        HybridSearchOptions<TRecord>? options = null,
        CancellationToken cancellationToken = default)
        where TInput : notnull
    {
        ArgumentNullException.ThrowIfNull(searchValue);
        ArgumentNullException.ThrowIfNull(keywords);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= DefaultHybridSearch;
        HybridRequest request = new(
            new SearchRequest(
                _model.FindVector(options.VectorProperty),
                top,
                options.Skip,
                Prepare(options.Filter),
                ReadThreshold(options.ScoreThreshold),
                ReadIncludeVectors(options.IncludeVectors)),
            _model.FindText(options.AdditionalProperty),
            string.Join(' ', keywords));
        return HybridSearchCoreAsync(searchValue, request, cancellationToken);
    }

    private async IAsyncEnumerable<KeywordSearchResult<TRecord>> KeywordSearchCoreAsync(
        string query,
        DataProperty property,
        RowFilter<TRecord>? filter,
        int top,
        int skip,
        double? threshold,
        bool includeMatches,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The records are in memory; the interface alone is asynchronous.
        await Task.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        TableSnapshot snapshot = GetTable(nameof(KeywordSearchAsync)).Read();
        RowSearchOptions options = new() { Top = top, Skip = skip, ScoreThreshold = threshold, Accepts = AcceptsOf(snapshot, filter) };
        foreach (RowScore found in GetKeywords(snapshot, property).Search(query, options, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Row row = snapshot.GetRow(found.Row);
            yield return new KeywordSearchResult<TRecord>(CopyOut(snapshot, row, includeVectors: false), found.Score)
            {
                Matches = includeMatches ? MatchesOf(query, row, snapshot, property) : null,
            };
        }
    }

    private KeywordMatch[] MatchesOf(string query, Row row, TableSnapshot snapshot, DataProperty property)
    {
        int[] fields = snapshot.Indexes.FieldsOf(property.Slot);
        return new KeywordMatches(GetKeywords(snapshot, property), Array.ConvertAll(fields, slot => _model.Properties[slot].Name))
            .Find(query, Array.ConvertAll(fields, slot => row.Values[slot] as string));
    }

    private async IAsyncEnumerable<VectorSearchResult<TRecord>> HybridSearchCoreAsync<TInput>(
        TInput searchValue, HybridRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TInput : notnull
    {
        cancellationToken.ThrowIfCancellationRequested();
        SearchRequest search = request.Search;
        (Vector[] queries, TableSnapshot snapshot) =
            await EmbedQueriesAsync(search.Property, [searchValue], nameof(HybridSearchAsync), cancellationToken).ConfigureAwait(false);
        foreach (RowScore found in Fuse(snapshot, queries, request, cancellationToken).Skip(search.Skip).Take(search.Top))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return CopyOut(snapshot, found, search);
        }
    }

    private IEnumerable<RowScore> Fuse(TableSnapshot snapshot, Vector[] queries, HybridRequest request, CancellationToken cancellationToken)
    {
        SearchRequest search = request.Search;
        int count = _store.Fusion.CountOf((int)Math.Min(int.MaxValue, (long)search.Top + search.Skip));
        RowScore[] vectors = Search(snapshot, queries, search with { Top = count, Skip = 0, ScoreThreshold = null }, cancellationToken)[0];
        RowSearchOptions options = new() { Top = count, Accepts = AcceptsOf(snapshot, search.Filter) };
        RowScore[] keywords = GetKeywords(snapshot, request.Text).Search(request.Keywords, options, cancellationToken);
        IEnumerable<RowScore> fused = _store.Fusion.Fuse(vectors, keywords, search.Property.Measure);
        return search.ScoreThreshold is { } threshold ? fused.TakeWhile(found => found.Score >= threshold) : fused;
    }

    private KeywordIndex GetKeywords(TableSnapshot snapshot, DataProperty property) =>
        snapshot.Indexes.FindTexts(property.Slot) ?? throw new InvalidOperationException(
            $"Collection '{Name}' was created without a full-text index of property '{property.Name}': delete and create it with IsFullTextIndexed.");

    /// <summary>The options of a hybrid search as they were when it was asked for.</summary>
    private sealed record HybridRequest(SearchRequest Search, DataProperty Text, string Keywords);
}
