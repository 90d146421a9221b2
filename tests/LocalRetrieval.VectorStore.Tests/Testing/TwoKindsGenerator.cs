using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>Makes vectors of both kinds.</summary>
internal sealed class TwoKindsGenerator : IEmbeddingGenerator<string, SparseEmbedding>, IEmbeddingGenerator<string, Embedding<float>>
{
    Task<GeneratedEmbeddings<SparseEmbedding>> IEmbeddingGenerator<string, SparseEmbedding>.GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options, CancellationToken cancellationToken) =>
        Task.FromResult(new GeneratedEmbeddings<SparseEmbedding>(values.Select(text => new SparseEmbedding(new[] { text.Length }, new[] { 1f }, 100))));

    Task<GeneratedEmbeddings<Embedding<float>>> IEmbeddingGenerator<string, Embedding<float>>.GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options, CancellationToken cancellationToken) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(text => new Embedding<float>(Enumerable.Repeat((float)text.Length, 100).ToArray()))));

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
