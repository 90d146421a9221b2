using LocalRetrieval;

namespace WebRag.Chat;

/// <summary>Lets one answer's retrieval be seen before the answer.</summary>
internal sealed class SeenRetriever(IPassageRetriever inner, Action<RetrievalResult> see) : DelegatingPassageRetriever(inner)
{
    public override async Task<RetrievalResult> RetrieveAsync(string query, RetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        RetrievalResult result = await base.RetrieveAsync(query, options, cancellationToken);
        see(result);
        return result;
    }
}
