using LocalRetrieval.Onnx.Inference;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Loading;

/// <summary>Makes the embedding generators that registrations hand out.</summary>
/// <typeparam name="TEmbedding">What they give.</typeparam>
/// <typeparam name="TOptions">Their options.</typeparam>
internal sealed class LocalGenerator<TEmbedding, TOptions>
    where TEmbedding : Embedding
    where TOptions : ILocalModelOptions<EmbeddingGeneratorBuilder<string, TEmbedding>>
{
    /// <summary>Loads a model from a folder.</summary>
    public required Func<string, TOptions, ILoggerFactory?, IEmbeddingGenerator<string, TEmbedding>> Load { get; init; }

    /// <summary>The classes that the model may be of, and the services that it gives beside itself.</summary>
    public required Type[] ModelTypes { get; init; }

    /// <summary>What is known of a model before it is loaded.</summary>
    public Func<TOptions, EmbeddingGeneratorMetadata> Outline { get; init; } = static options =>
        new EmbeddingGeneratorMetadata(OnnxBackend.ProviderName, providerUri: null, LocalModelPath.ModelId(options));

    public ModelInstance<IEmbeddingGenerator<string, TEmbedding>> Create(TOptions options, IServiceProvider provider)
    {
        ILoggerFactory? loggerFactory = provider.GetService<ILoggerFactory>();
        LazyEmbeddingGenerator<TEmbedding> model = new(() => Load(LocalModelPath.Locate(options), options, loggerFactory), ModelTypes)
        {
            Outline = () => Outline(options),
        };
        EmbeddingGeneratorBuilder<string, TEmbedding> builder = new(model);
        options.Pipeline?.Invoke(builder);
        IEmbeddingGenerator<string, TEmbedding> generator = builder.Build(provider);
        model.Outline = null;
        return new ModelInstance<IEmbeddingGenerator<string, TEmbedding>>(model, generator);
    }

    public static Task WarmUpAsync(IEmbeddingGenerator<string, TEmbedding> generator, CancellationToken cancellationToken) =>
        generator.GenerateAsync(["warm up"], cancellationToken: cancellationToken);
}
