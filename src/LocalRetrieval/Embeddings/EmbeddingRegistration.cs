using LocalRetrieval.DependencyInjection.Configuration;
using LocalRetrieval.Loading;
using LocalRetrieval.Onnx;
using LocalRetrieval.Static;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LocalRetrieval.Embeddings;

/// <summary>
/// Registers a local embedding generator under the generic and the non-generic interface, since vector stores ask for the latter, and its smaller
/// kinds of vectors.
/// </summary>
internal static class EmbeddingRegistration
{
    private static readonly LocalGenerator<Embedding<float>, LocalEmbeddingOptions> Generator = new()
    {
        Load = EmbeddingModelLoader.Load,
        ModelTypes = [typeof(OnnxEmbeddingGenerator), typeof(StaticEmbeddingGenerator)],
        Outline = EmbeddingModelLoader.Outline,
    };

    private static readonly ModelRegistration<IEmbeddingGenerator<string, Embedding<float>>, LocalEmbeddingOptions> Registration = new()
    {
        Kind = "Embeddings",
        ServiceTypes = [typeof(IEmbeddingGenerator<string, Embedding<float>>), typeof(IEmbeddingGenerator)],
        DerivedServices = new Dictionary<Type, Func<IEmbeddingGenerator<string, Embedding<float>>, LocalEmbeddingOptions, object>>
        {
            [typeof(IEmbeddingGenerator<string, Embedding<Half>>)] = static (generator, _) => generator.AsHalf(),
            [typeof(IEmbeddingGenerator<string, Embedding<sbyte>>)] = static (generator, options) => generator.AsSByte(options.SByteCalibration ?? throw new InvalidOperationException(
                "Embeddings of sbyte need the ranges of the model's dimensions. Set LocalEmbeddingOptions.SByteCalibration, for instance from SByteCalibration.FromSamples.")),
            [typeof(IEmbeddingGenerator<string, BinaryEmbedding>)] = static (generator, _) => generator.AsBinary(),
        },
        Create = Generator.Create,
        WarmUp = LocalGenerator<Embedding<float>, LocalEmbeddingOptions>.WarmUpAsync,
        Binder = new OptionsBinder<LocalEmbeddingOptions>
        {
            Readers = new Dictionary<Type, SectionReader>(ModelReaders.All) { [typeof(LocalModel)] = EmbeddingReaders.Model, [typeof(SByteCalibration)] = EmbeddingReaders.Calibration },
        },
    };

    public static IServiceCollection Add(IServiceCollection services, object? serviceKey, IConfiguration? section, Action<LocalEmbeddingOptions>? configure)
    {
        Registration.AddTo(services, serviceKey, section, configure)
            .TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LocalEmbeddingOptions>, LocalEmbeddingOptionsValidator>());
        return services;
    }
}
