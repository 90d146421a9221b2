using Microsoft.Extensions.AI;

namespace LocalRetrieval;

/// <summary>A generator whose vectors are another's, converted one by one.</summary>
internal sealed class ConvertedEmbeddingGenerator<TInput, TEmbedding>(
    IEmbeddingGenerator<TInput, Embedding<float>> inner, Func<ReadOnlyMemory<float>, TEmbedding> convert) : IEmbeddingGenerator<TInput, TEmbedding>
    where TEmbedding : Embedding
{
    public async Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        GeneratedEmbeddings<Embedding<float>> embeddings = GeneratedResults.OrThrow(
            await inner.GenerateAsync(values, options, cancellationToken).ConfigureAwait(false), inner);
        GeneratedEmbeddings<TEmbedding> converted = new(embeddings.Count) { Usage = embeddings.Usage, AdditionalProperties = embeddings.AdditionalProperties };
        foreach (Embedding<float> embedding in embeddings)
        {
            TEmbedding result = convert(embedding.Vector);
            result.CreatedAt = embedding.CreatedAt;
            result.ModelId = embedding.ModelId;
            result.AdditionalProperties = embedding.AdditionalProperties;
            converted.Add(result);
        }

        return converted;
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : inner.GetService(serviceType, serviceKey);
    }

    public void Dispose() => inner.Dispose();
}
