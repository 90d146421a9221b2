using Microsoft.SemanticKernel.Data;

namespace LocalRetrieval.SemanticKernel;

/// <summary>The text search of Semantic Kernel over a retriever: what it finds is reranked, and a filter is an expression over the records.</summary>
/// <remarks>
/// <para>The value of a result is the passage's text, its name the document's title, or else its source, and its link the source
/// (<see cref="PassageTextSearchOptions{TRecord}.Link"/>). The total count, where it is asked for, is the number of candidates that passed filter and thresholds; candidates are
/// at most those that the retriever looks at.</para>
/// <para>It is also the <see cref="ITextSearch"/> that plugins and providers of Semantic Kernel still take.</para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
/// <typeparam name="TRecord">The type of the records that hold the passages.</typeparam>
public sealed partial class PassageTextSearch<TRecord> : ITextSearch<TRecord>
    where TRecord : class
{
    private readonly IPassageRetriever<TRecord> _retriever;
    private readonly PassageTextSearchOptions<TRecord> _options;

    /// <summary>A search with <paramref name="retriever"/>.</summary>
    /// <param name="retriever">Finds the passages; it stays the caller's.</param>
    /// <param name="options">Null means the defaults. They are copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="retriever"/> is null.</exception>
    public PassageTextSearch(IPassageRetriever<TRecord> retriever, PassageTextSearchOptions<TRecord>? options = null)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        _retriever = retriever;
        _options = options is null ? new PassageTextSearchOptions<TRecord>() : new PassageTextSearchOptions<TRecord>(options);
    }

    /// <summary>Searches for the texts of passages.</summary>
    /// <param name="query">What to search for.</param>
    /// <param name="searchOptions">How many results, and among which records; null for the first <see cref="TextSearchOptions{TRecord}.DefaultTop"/>.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <exception cref="ArgumentException"><paramref name="query"/> is null, empty or white space.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Top is below 1 or Skip is negative.</exception>
    public Task<KernelSearchResults<string>> SearchAsync(
        string query, TextSearchOptions<TRecord>? searchOptions = null, CancellationToken cancellationToken = default) =>
        SearchAsync(query, SearchRange<TRecord>.Of(searchOptions), passage => passage.Text, cancellationToken);

    /// <summary>Searches for passages, each as a text with a name and a link.</summary>
    /// <param name="query">What to search for.</param>
    /// <param name="searchOptions">How many results, and among which records; null for the first <see cref="TextSearchOptions{TRecord}.DefaultTop"/>.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <exception cref="ArgumentException"><paramref name="query"/> is null, empty or white space.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Top is below 1 or Skip is negative.</exception>
    public Task<KernelSearchResults<TextSearchResult>> GetTextSearchResultsAsync(
        string query, TextSearchOptions<TRecord>? searchOptions = null, CancellationToken cancellationToken = default) =>
        SearchAsync(query, SearchRange<TRecord>.Of(searchOptions), ToResult, cancellationToken);

    /// <summary>Searches for the records of passages.</summary>
    /// <param name="query">What to search for.</param>
    /// <param name="searchOptions">How many results, and among which records; null for the first <see cref="TextSearchOptions{TRecord}.DefaultTop"/>.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <exception cref="ArgumentException"><paramref name="query"/> is null, empty or white space.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Top is below 1 or Skip is negative.</exception>
    public Task<KernelSearchResults<TRecord>> GetSearchResultsAsync(
        string query, TextSearchOptions<TRecord>? searchOptions = null, CancellationToken cancellationToken = default) =>
        SearchAsync(query, SearchRange<TRecord>.Of(searchOptions), passage => passage.Record, cancellationToken);

    private async Task<KernelSearchResults<TResult>> SearchAsync<TResult>(
        string query, SearchRange<TRecord> range, Func<RetrievedPassage<TRecord>, TResult> convert, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(query);
        RetrievalOptions<TRecord> options = _options.Retrieval?.Clone() ?? new RetrievalOptions<TRecord>();
        options.Top = range.End;
        options.Filter = FilterExpressions.And(options.Filter, range.Filter);
        RetrievalResult<TRecord> result = await _retriever.RetrieveAsync(query, options, cancellationToken).ConfigureAwait(false);
        TResult[] results = [.. result.Passages.OrderBy(passage => passage.Rank).Skip(range.Skip).Take(range.Top).Select(convert)];
        return new KernelSearchResults<TResult>(results.ToAsyncEnumerable(), range.IncludeTotalCount ? result.PassedCount : null);
    }

    private TextSearchResult ToResult(RetrievedPassage<TRecord> passage) =>
        new(passage.Text) { Name = passage.Title ?? passage.Source, Link = _options.Link(passage) };
}
