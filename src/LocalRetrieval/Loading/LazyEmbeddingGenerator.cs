using Microsoft.Extensions.AI;

namespace LocalRetrieval.Loading;

/// <summary>A local embedding generator that is loaded on first use.</summary>
internal sealed class LazyEmbeddingGenerator<TEmbedding>(Func<IEmbeddingGenerator<string, TEmbedding>> load, params Type[] modelTypes)
    : LazyService<IEmbeddingGenerator<string, TEmbedding>>(load, modelTypes), IEmbeddingGenerator<string, TEmbedding>
    where TEmbedding : Embedding
{
    public async Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        IEmbeddingGenerator<string, TEmbedding> generator = await GetModelAsync(cancellationToken).ConfigureAwait(false);
        return await generator.GenerateAsync(values, options, cancellationToken).ConfigureAwait(false);
    }

    protected override object? GetService(IEmbeddingGenerator<string, TEmbedding> model, Type serviceType) => model.GetService(serviceType);
}
