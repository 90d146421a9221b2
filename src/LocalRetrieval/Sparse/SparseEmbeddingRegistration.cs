using LocalRetrieval.Loading;
using LocalRetrieval.Onnx;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.Sparse;

/// <summary>Registers a local sparse embedding generator. The non-generic interface is left to dense ones, which vector stores take first.</summary>
internal static class SparseEmbeddingRegistration
{
    private static readonly ModelRegistration<IEmbeddingGenerator<string, SparseEmbedding>, LocalSparseEmbeddingOptions> Registration = new()
    {
        Kind = "SparseEmbeddings",
        Create = new LocalGenerator<SparseEmbedding, LocalSparseEmbeddingOptions>
        {
            Load = static (folder, options, loggerFactory) => OnnxSparseEmbeddingGenerator.Load(folder, new OnnxSparseEmbeddingGeneratorOptions(options), loggerFactory),
            ModelTypes = [typeof(OnnxSparseEmbeddingGenerator)],
        }.Create,
        WarmUp = LocalGenerator<SparseEmbedding, LocalSparseEmbeddingOptions>.WarmUpAsync,
    };

    public static IServiceCollection Add(IServiceCollection services, object? serviceKey, IConfiguration? section, Action<LocalSparseEmbeddingOptions>? configure) =>
        Registration.AddTo(services, serviceKey, section, configure);
}
