using LocalRetrieval;

namespace ConsoleRag;

/// <summary>Shows what was retrieved before the chat model answers.</summary>
internal sealed class ShownRetriever(IPassageRetriever inner, Action<RetrievalResult> show) : DelegatingPassageRetriever(inner)
{
    public override async Task<RetrievalResult> RetrieveAsync(string query, RetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        RetrievalResult result = await base.RetrieveAsync(query, options, cancellationToken);
        show(result);
        return result;
    }
}
