using LocalRetrieval.Embeddings;
using LocalRetrieval.Rag;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval;

/// <summary>Registers local embedding generators.</summary>
/// <remarks>
/// Each registration is a lazy singleton, disposed by the container, under <c>IEmbeddingGenerator&lt;string, Embedding&lt;float&gt;&gt;</c> and the
/// non-generic <c>IEmbeddingGenerator</c>, and, over the same model, as one of <c>Embedding&lt;Half&gt;</c>, of <c>Embedding&lt;sbyte&gt;</c> (which
/// needs <see cref="LocalEmbeddingOptions.SByteCalibration"/>) and of <c>BinaryEmbedding</c>. A further call adds a further registration with options of its own; the last one wins.
/// </remarks>
public static class LocalEmbeddingsServiceCollectionExtensions
{
    /// <summary>Registers a local embedding generator: without arguments, the embedded bi-encoder, offline.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddLocalEmbeddings(this IServiceCollection services, Action<LocalEmbeddingOptions>? configure = null) =>
        EmbeddingRegistration.Add(services, serviceKey: null, options => options.Configure(configure ?? (static _ => { })));

    /// <summary>Registers the embedding generator of an embedded model, offline.</summary>
    /// <param name="services">The services.</param>
    /// <param name="model"><see cref="LocalModels.BiEncoder"/> or <see cref="LocalModels.Static"/>.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="model"/> gives no embeddings.</exception>
    public static IServiceCollection AddLocalEmbeddings(this IServiceCollection services, LocalModel model, Action<LocalEmbeddingOptions>? configure = null) =>
        EmbeddingRegistration.Add(services, serviceKey: null, model, configure);

    /// <summary>Registers a local embedding generator whose options are set with the help of other services.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddLocalEmbeddings(this IServiceCollection services, Action<LocalEmbeddingOptions, IServiceProvider> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return EmbeddingRegistration.Add(services, serviceKey: null, options => options.Configure(configure));
    }

    /// <summary>Registers a local embedding generator whose options are bound from <paramref name="configuration"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">A section with the properties of <see cref="LocalEmbeddingOptions"/>.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddLocalEmbeddings(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return EmbeddingRegistration.Add(services, serviceKey: null, options => ConfigurationBinding.Bind(options, configuration));
    }

    /// <summary>Registers a local embedding generator under <paramref name="serviceKey"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="serviceKey"/> is null.</exception>
    public static IServiceCollection AddKeyedLocalEmbeddings(this IServiceCollection services, object serviceKey, Action<LocalEmbeddingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(serviceKey);
        return EmbeddingRegistration.Add(services, serviceKey, options => options.Configure(configure ?? (static _ => { })));
    }

    /// <summary>Registers the embedding generator of an embedded model under <paramref name="serviceKey"/>, offline.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="model"><see cref="LocalModels.BiEncoder"/> or <see cref="LocalModels.Static"/>.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/>, <paramref name="serviceKey"/> or <paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="model"/> gives no embeddings.</exception>
    public static IServiceCollection AddKeyedLocalEmbeddings(
        this IServiceCollection services, object serviceKey, LocalModel model, Action<LocalEmbeddingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(serviceKey);
        return EmbeddingRegistration.Add(services, serviceKey, model, configure);
    }

    /// <summary>Registers a local embedding generator under <paramref name="serviceKey"/>, whose options are set with the help of other services.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddKeyedLocalEmbeddings(this IServiceCollection services, object serviceKey, Action<LocalEmbeddingOptions, IServiceProvider> configure)
    {
        ArgumentNullException.ThrowIfNull(serviceKey);
        ArgumentNullException.ThrowIfNull(configure);
        return EmbeddingRegistration.Add(services, serviceKey, options => options.Configure(configure));
    }

    /// <summary>Registers a local embedding generator under <paramref name="serviceKey"/>, whose options are bound from <paramref name="configuration"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="configuration">A section with the properties of <see cref="LocalEmbeddingOptions"/>.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddKeyedLocalEmbeddings(this IServiceCollection services, object serviceKey, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(serviceKey);
        ArgumentNullException.ThrowIfNull(configuration);
        return EmbeddingRegistration.Add(services, serviceKey, options => ConfigurationBinding.Bind(options, configuration));
    }
}
