using LocalRetrieval.Loading;
using LocalRetrieval.Onnx;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Embeddings;

/// <summary>An <see cref="OnnxEmbeddingGenerator"/> that is loaded on first use.</summary>
internal sealed class LazyEmbeddingGenerator(Func<OnnxEmbeddingGenerator> load) : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly LazyModel<OnnxEmbeddingGenerator> _model = new(load);

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        OnnxEmbeddingGenerator generator = await _model.GetAsync(cancellationToken).ConfigureAwait(false);
        return await generator.GenerateAsync(values, options, cancellationToken).ConfigureAwait(false);
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType.IsInstanceOfType(this) ? this
            : _model.Value.GetService(serviceType, serviceKey);
    }

    public void Dispose() => _model.Dispose();
}
