using LocalRetrieval.Loading;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LocalRetrieval.Embeddings;

/// <summary>
/// Registers a local embedding generator under the generic and the non-generic interface, since vector stores ask for the latter, and its smaller
/// kinds of vectors.
/// </summary>
internal static class EmbeddingRegistration
{
    private static readonly ModelRegistration<IEmbeddingGenerator<string, Embedding<float>>, LocalEmbeddingOptions> Registration = new()
    {
        ServiceTypes = [typeof(IEmbeddingGenerator<string, Embedding<float>>), typeof(IEmbeddingGenerator)],
        DerivedServices = new Dictionary<Type, Func<IEmbeddingGenerator<string, Embedding<float>>, LocalEmbeddingOptions, object>>
        {
            [typeof(IEmbeddingGenerator<string, Embedding<Half>>)] = static (generator, _) => generator.AsHalf(),
            [typeof(IEmbeddingGenerator<string, Embedding<sbyte>>)] = static (generator, options) => generator.AsSByte(options.SByteCalibration ?? throw new InvalidOperationException(
                "Embeddings of sbyte need the ranges of the model's dimensions. Set LocalEmbeddingOptions.SByteCalibration, for instance from SByteCalibration.FromSamples.")),
            [typeof(IEmbeddingGenerator<string, BinaryEmbedding>)] = static (generator, _) => generator.AsBinary(),
        },
        Create = Create,
        WarmUp = static (generator, cancellationToken) => generator.GenerateAsync(["warm up"], cancellationToken: cancellationToken),
    };

    public static IServiceCollection Add(IServiceCollection services, object? serviceKey, Action<OptionsBuilder<LocalEmbeddingOptions>> configure) =>
        Registration.AddTo(services, serviceKey, options =>
        {
            configure(options);
            options.PostConfigure(static options => options.ModelId ??= options.ModelPath is null ? options.Model.ModelId : null);
        });

    public static IServiceCollection Add(IServiceCollection services, object? serviceKey, LocalModel model, Action<LocalEmbeddingOptions>? configure)
    {
        // Refused here already where it gives no embeddings.
        _ = new LocalEmbeddingOptions { Model = model };
        return Add(services, serviceKey, options => options.Configure(options => options.Model = model).Configure(configure ?? (static _ => { })));
    }

    private static ModelInstance<IEmbeddingGenerator<string, Embedding<float>>> Create(LocalEmbeddingOptions options, IServiceProvider provider)
    {
        ILoggerFactory? loggerFactory = provider.GetService<ILoggerFactory>();
        LazyEmbeddingGenerator generator = new(() => EmbeddingModelLoader.Load(
            options.ModelPath is { } path ? ModelPath.Resolve(path) : options.Model.Locate(), options, loggerFactory));
        return new ModelInstance<IEmbeddingGenerator<string, Embedding<float>>>(generator, options.Wrap is null
            ? generator
            : options.Wrap(generator, provider) ?? throw new InvalidOperationException("LocalEmbeddingOptions.Wrap returned null."));
    }
}
