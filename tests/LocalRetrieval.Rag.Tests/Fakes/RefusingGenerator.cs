using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>Refuses lone surrogates, as a model's own tokenizer does.</summary>
internal sealed class RefusingGenerator(ITokenCounter counter) : DelegatingEmbeddingGenerator<string, Embedding<float>>(new FakeEmbeddingGenerator(counter: counter))
{
    public override Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = [.. values];
        Array.ForEach(texts, text => new StrictTokenCounter().CountTokens(text));
        return base.GenerateAsync(texts, options, cancellationToken);
    }
}
