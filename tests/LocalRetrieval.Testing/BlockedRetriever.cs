namespace LocalRetrieval.Testing;

/// <summary>Never finds anything, and says when it has begun and when it was cancelled.</summary>
public sealed class BlockedRetriever : IPassageRetriever
{
    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<RetrievalResult> RetrieveAsync(string query, RetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        Begun.TrySetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            Cancelled.TrySetResult();
        }

        return new RetrievalResult(query, []);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;
}
