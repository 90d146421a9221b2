using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>Gives null, or a result of one null.</summary>
internal sealed class NullGenerator(bool hasItem) : DelegatingEmbeddingGenerator<string, Embedding<float>>(new FakeEmbeddingGenerator())
{
    public override Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult<GeneratedEmbeddings<Embedding<float>>>(hasItem ? [null!] : null!);
}
