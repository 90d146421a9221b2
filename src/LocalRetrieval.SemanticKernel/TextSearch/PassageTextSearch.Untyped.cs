// Plugins and providers of Semantic Kernel take this interface still, obsolete as it is.
#pragma warning disable CS0618

using System.Linq.Expressions;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel.Data;

namespace LocalRetrieval.SemanticKernel;

/// <content>The search without a type of records.</content>
public sealed partial class PassageTextSearch<TRecord> : ITextSearch
{
    Task<KernelSearchResults<string>> ITextSearch.SearchAsync(string query, TextSearchOptions? searchOptions, CancellationToken cancellationToken) =>
        SearchAsync(query, RangeOf(searchOptions), passage => passage.Text, cancellationToken);

    Task<KernelSearchResults<TextSearchResult>> ITextSearch.GetTextSearchResultsAsync(string query, TextSearchOptions? searchOptions, CancellationToken cancellationToken) =>
        SearchAsync(query, RangeOf(searchOptions), ToResult, cancellationToken);

    Task<KernelSearchResults<object>> ITextSearch.GetSearchResultsAsync(string query, TextSearchOptions? searchOptions, CancellationToken cancellationToken) =>
        SearchAsync<object>(query, RangeOf(searchOptions), passage => passage.Record, cancellationToken);

    private static SearchRange<TRecord> RangeOf(TextSearchOptions? options)
    {
        options ??= new TextSearchOptions();
        return SearchRange<TRecord>.Of(options.Skip, options.Top, options.IncludeTotalCount, ToExpression(options.Filter));
    }

    /// <returns>A filter that lets through what all clauses do; null where there are none.</returns>
    private static Expression<Func<TRecord, bool>>? ToExpression(TextSearchFilter? filter) => (filter?.FilterClauses ?? []).Select(ToExpression)
        .Aggregate((Expression<Func<TRecord, bool>>?)null, FilterExpressions.And);

    /// <exception cref="NotSupportedException">The clause is of an unknown type.</exception>
    private static Expression<Func<TRecord, bool>> ToExpression(FilterClause clause) => clause switch
    {
        EqualToFilterClause equal => PropertyConditions.Equal<TRecord>(equal.FieldName, equal.Value),
        AnyTagEqualToFilterClause tag => PropertyConditions.AnyTag<TRecord>(tag.FieldName, tag.Value),
        _ => throw new NotSupportedException(
            $"The filter has a {clause.GetType().Name}, which is not known here. Search with {nameof(TextSearchOptions<>)}<{typeof(TRecord).Name}>, whose filter is an expression."),
    };
}
