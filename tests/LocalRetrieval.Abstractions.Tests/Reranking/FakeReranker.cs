
namespace LocalRetrieval.Abstractions.Tests.Reranking;

/// <summary>Scores a document by its length.</summary>
internal sealed class FakeReranker : ITextReranker
{
    public int Disposals { get; private set; }

    public RerankingOptions? LastOptions { get; private set; }

    public Task<RerankingResult> RerankAsync(string query, IReadOnlyList<string> documents, RerankingOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LastOptions = options;
        IEnumerable<RerankedDocument> ranked = documents.Select((document, index) => new RerankedDocument(index, document.Length)).OrderByDescending(document => document.Score);
        return Task.FromResult(new RerankingResult([.. ranked.Take(options?.TopN ?? int.MaxValue)]) { ModelId = "fake" });
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose() => Disposals++;
}
