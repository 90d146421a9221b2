namespace LocalRetrieval.Abstractions.Tests.Retrieval;

/// <summary>Finds nothing, and keeps what it was asked.</summary>
internal sealed class FakePassageRetriever : IPassageRetriever<string>
{
    public RetrievalOptions? LastUntypedOptions { get; private set; }

    public RetrievalOptions<string>? LastOptions { get; private set; }

    public CancellationToken LastCancellationToken { get; private set; }

    public Task<RetrievalResult<string>> RetrieveAsync(
        string query, RetrievalOptions<string>? options = null, CancellationToken cancellationToken = default)
    {
        LastOptions = options;
        LastCancellationToken = cancellationToken;
        return Task.FromResult(new RetrievalResult<string>(query, []));
    }

    Task<RetrievalResult> IPassageRetriever.RetrieveAsync(string query, RetrievalOptions? options, CancellationToken cancellationToken)
    {
        LastUntypedOptions = options;
        LastCancellationToken = cancellationToken;
        return Task.FromResult(new RetrievalResult(query, []));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;
}
