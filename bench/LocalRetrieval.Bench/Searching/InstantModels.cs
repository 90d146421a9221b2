using Microsoft.Extensions.AI;

namespace LocalRetrieval.Bench.Searching;

/// <summary>A bi-encoder and a cross-encoder that take no time: every text has one vector, and a document's score is its length.</summary>
internal sealed class InstantModels(float[] vector) : IEmbeddingGenerator<string, Embedding<float>>, ITextReranker
{
    public float[] Vector => vector;

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(_ => new Embedding<float>(vector))));

    public Task<RerankingResult> RerankAsync(string query, IReadOnlyList<string> documents, RerankingOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new RerankingResult([.. documents.Select((document, index) => new RerankedDocument(index, document.Length) { Logit = document.Length }).OrderByDescending(document => document.Score)]));

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
