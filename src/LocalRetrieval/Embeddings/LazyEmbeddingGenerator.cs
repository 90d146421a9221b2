using LocalRetrieval.Loading;
using LocalRetrieval.Onnx;
using LocalRetrieval.Static;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Embeddings;

/// <summary>A local embedding generator that is loaded on first use.</summary>
internal sealed class LazyEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private static readonly Type[] ModelServices = [typeof(EmbeddingGeneratorMetadata), typeof(OnnxEmbeddingGenerator), typeof(StaticEmbeddingGenerator)];

    private readonly LazyModel<IEmbeddingGenerator<string, Embedding<float>>> _model;
    private readonly LazyTokenCounter _tokenCounter;

    public LazyEmbeddingGenerator(Func<IEmbeddingGenerator<string, Embedding<float>>> load)
    {
        _model = new LazyModel<IEmbeddingGenerator<string, Embedding<float>>>(load);
        _tokenCounter = new LazyTokenCounter(() => _model.Get().GetRequiredService<ITokenCounter>());
    }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        IEmbeddingGenerator<string, Embedding<float>> generator = await _model.GetAsync(cancellationToken).ConfigureAwait(false);
        return await generator.GenerateAsync(values, options, cancellationToken).ConfigureAwait(false);
    }

    // Loads the model for what only the model knows, and for nothing else.
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType == typeof(ITokenCounter) ? _tokenCounter
            : ModelServices.Contains(serviceType) ? _model.Get().GetService(serviceType)
            : null;
    }

    public void Dispose() => _model.Dispose();
}
