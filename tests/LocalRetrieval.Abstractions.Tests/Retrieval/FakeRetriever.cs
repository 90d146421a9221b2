namespace LocalRetrieval.Abstractions.Tests.Retrieval;

/// <summary>Stands in a pipeline and retrieves nothing.</summary>
internal sealed class FakeRetriever(IPassageRetriever? inner = null) : IPassageRetriever<string>
{
    public IPassageRetriever? Inner => inner;

    public Task<RetrievalResult> RetrieveAsync(string query, RetrievalOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Only handed on.");

    public Task<RetrievalResult<string>> RetrieveAsync(string query, RetrievalOptions<string>? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Only handed on.");

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;
}
