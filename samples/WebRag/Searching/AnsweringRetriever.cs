using LocalRetrieval;
using LocalRetrieval.Rag;

namespace WebRag.Searching;

/// <summary>Finds for a query of a word or two what has the words where nothing probably answers.</summary>
internal sealed class AnsweringRetriever(IPassageRetriever inner) : DelegatingPassageRetriever(inner)
{
    public override async Task<RetrievalResult> RetrieveAsync(string query, RetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        RetrievalResult answering = await base.RetrieveAsync(query, options, cancellationToken);
        if (answering.Passages.Count > 0 || answering.IsSkipped || !WordQuery.Is(query) || options is not RetrievalOptions<Passage> { MinimumRelevance: not null } asked)
        {
            return answering;
        }

        RetrievalOptions<Passage> anyRelevance = asked.Clone();
        anyRelevance.MinimumRelevance = null;
        RetrievalResult found = await base.RetrieveAsync(query, anyRelevance, cancellationToken);
        return WordQuery.HasMatch(found) ? found : answering;
    }
}
