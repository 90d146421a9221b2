using LocalRetrieval;

namespace ConsoleRag;

/// <summary>Shows what was retrieved before the chat model answers.</summary>
internal sealed class ShownRetriever(IPassageRetriever inner, Action<RetrievalResult> show) : IPassageRetriever
{
    public async Task<RetrievalResult> RetrieveAsync(string query, RetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        RetrievalResult result = await inner.RetrieveAsync(query, options, cancellationToken);
        show(result);
        return result;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => inner.GetService(serviceType, serviceKey);
}
