using LocalRetrieval.Loading;
using LocalRetrieval.Onnx;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.LateInteraction;

/// <summary>Registers a local embedding generator of a vector a token.</summary>
internal static class MultiVectorEmbeddingRegistration
{
    private static readonly ModelRegistration<IEmbeddingGenerator<string, MultiVectorEmbedding>, LocalMultiVectorEmbeddingOptions> Registration = new()
    {
        Kind = "MultiVectorEmbeddings",
        Create = new LocalGenerator<MultiVectorEmbedding, LocalMultiVectorEmbeddingOptions>
        {
            Load = static (folder, options, loggerFactory) => OnnxMultiVectorEmbeddingGenerator.Load(folder, new OnnxMultiVectorEmbeddingGeneratorOptions(options), loggerFactory),
            ModelTypes = [typeof(OnnxMultiVectorEmbeddingGenerator)],
        }.Create,
        WarmUp = LocalGenerator<MultiVectorEmbedding, LocalMultiVectorEmbeddingOptions>.WarmUpAsync,
    };

    public static IServiceCollection Add(IServiceCollection services, object? serviceKey, IConfiguration? section, Action<LocalMultiVectorEmbeddingOptions>? configure) =>
        Registration.AddTo(services, serviceKey, section, configure);
}
