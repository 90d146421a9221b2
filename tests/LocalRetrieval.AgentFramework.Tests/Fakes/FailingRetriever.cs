using LocalRetrieval.Testing;

namespace LocalRetrieval.AgentFramework.Tests.Fakes;

/// <summary>Fails as a store does whose collection is not there.</summary>
internal sealed class FailingRetriever : IPassageRetriever
{
    public const string Message = "The collection 'docs' does not exist.";

    public Task<RetrievalResult> RetrieveAsync(string query, RetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromException<RetrievalResult>(new InvalidOperationException(Message));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ITokenCounter) ? new WordTokenCounter() : null;
}
