using LocalRetrieval;
using LocalRetrieval.Rag;
using Microsoft.Extensions.Options;
using WebRag.Documents;
using WebRag.Sessions;
using WebRag.Settings;

namespace WebRag.Searching;

/// <summary>Searches what a visitor may see.</summary>
internal sealed class Searcher(IPassageRetriever<Passage> retriever, DocumentCatalog catalog, IOptions<WebRagOptions> options)
{
    /// <summary>By words and vectors alone, in milliseconds: for whoever is still typing.</summary>
    public Task<SearchResponse> SuggestAsync(Session session, SearchRequest request, CancellationToken cancellationToken) =>
        SearchAsync(session, request, isReranked: false, cancellationToken);

    /// <summary>With all stages, and why each passage is there.</summary>
    public Task<SearchResponse> SearchAsync(Session session, SearchRequest request, CancellationToken cancellationToken) =>
        SearchAsync(session, request, isReranked: true, cancellationToken);

    private async Task<SearchResponse> SearchAsync(Session session, SearchRequest request, bool isReranked, CancellationToken cancellationToken)
    {
        RetrievalOptions<Passage> retrieval = new()
        {
            Top = options.Value.Hits,
            Rerank = isReranked,
            Explain = isReranked ? [] : null,
            CacheScope = isReranked ? null : Suggestions.Scope,
            Filter = await catalog.FilterAsync(session, request.Filter, cancellationToken),
        };
        RetrievalResult<Passage> result = await retriever.RetrieveAsync(request.Query, retrieval, cancellationToken);
        return ResponseWriter.Write(result, isReranked, options.Value.MinimumRelevance);
    }
}
