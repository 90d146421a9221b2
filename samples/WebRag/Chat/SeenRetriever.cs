using LocalRetrieval;

namespace WebRag.Chat;

/// <summary>Lets one answer's retrieval be seen before the answer.</summary>
internal sealed class SeenRetriever(IPassageRetriever inner) : DelegatingPassageRetriever(inner)
{
    private readonly TaskCompletionSource<RetrievalResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was found; it never ends where nothing is searched, or the search fails.</summary>
    public Task<RetrievalResult> Result => _result.Task;

    public override async Task<RetrievalResult> RetrieveAsync(string query, RetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        RetrievalResult result = await base.RetrieveAsync(query, options, cancellationToken);
        _result.TrySetResult(result);
        return result;
    }
}
