using LocalRetrieval.VectorData.Collections;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData;

/// <summary>Registers <see cref="LocalVectorStore"/>.</summary>
/// <remarks>
/// <para>Each call adds one store, made when it is first asked for and disposed by the container, reached as
/// <see cref="LocalVectorStore"/> and as <see cref="VectorStore"/>. A further call adds a further store with options of its own and
/// leaves the earlier ones as they are; the last is the one that is injected.</para>
/// <para>A store is a singleton unless another lifetime is asked for. Then there are several of them, for one registration, with one and
/// the same collections: what differs is the generator, which each finds where it is made.</para>
/// <para>Where the options name no generator, the store takes the container's <see cref="IEmbeddingGenerator"/>: a keyed store the one
/// of its key, if there is one, and else the one without a key; where there are several kinds, one of <see cref="Embedding{T}"/> of
/// <see cref="float"/> before one of <see cref="SparseEmbedding"/>, which the definition of a property can name for itself. With none at
/// all the store works for records that bring their vectors.</para>
/// </remarks>
public static class LocalVectorStoreServiceCollectionExtensions
{
    /// <summary>Registers a <see cref="LocalVectorStore"/> with the default options.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="lifetime">How long a store is used.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddLocalVectorStore(this IServiceCollection services, ServiceLifetime lifetime = ServiceLifetime.Singleton) =>
        services.AddKeyedLocalVectorStore(serviceKey: null, lifetime);

    /// <summary>Registers a <see cref="LocalVectorStore"/>.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="configure">Sets the options.</param>
    /// <param name="lifetime">How long a store is used.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddLocalVectorStore(
        this IServiceCollection services, Action<LocalVectorStoreOptions> configure, ServiceLifetime lifetime = ServiceLifetime.Singleton) =>
        services.AddKeyedLocalVectorStore(serviceKey: null, configure, lifetime);

    /// <summary>Registers a <see cref="LocalVectorStore"/>.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="configure">Sets the options with the help of other services.</param>
    /// <param name="lifetime">How long a store is used.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddLocalVectorStore(
        this IServiceCollection services, Action<LocalVectorStoreOptions, IServiceProvider> configure, ServiceLifetime lifetime = ServiceLifetime.Singleton) =>
        services.AddKeyedLocalVectorStore(serviceKey: null, configure, lifetime);

    /// <summary>Registers a keyed <see cref="LocalVectorStore"/> with the default options.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="serviceKey">The store's key; null for a store without one.</param>
    /// <param name="lifetime">How long a store is used.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddKeyedLocalVectorStore(
        this IServiceCollection services, object? serviceKey, ServiceLifetime lifetime = ServiceLifetime.Singleton) =>
        services.AddKeyedLocalVectorStore(serviceKey, static (_, _) => { }, lifetime);

    /// <summary>Registers a keyed <see cref="LocalVectorStore"/>.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="serviceKey">The store's key; null for a store without one.</param>
    /// <param name="configure">Sets the options.</param>
    /// <param name="lifetime">How long a store is used.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="configure"/> is null.</exception>
    public static IServiceCollection AddKeyedLocalVectorStore(
        this IServiceCollection services, object? serviceKey, Action<LocalVectorStoreOptions> configure, ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddKeyedLocalVectorStore(serviceKey, (options, _) => configure(options), lifetime);
    }

    /// <summary>Registers a keyed <see cref="LocalVectorStore"/>.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="serviceKey">The store's key; null for a store without one.</param>
    /// <param name="configure">Sets the options with the help of other services.</param>
    /// <param name="lifetime">How long a store is used.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="configure"/> is null.</exception>
    public static IServiceCollection AddKeyedLocalVectorStore(
        this IServiceCollection services,
        object? serviceKey,
        Action<LocalVectorStoreOptions, IServiceProvider> configure,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);

        // The registration's own name keeps its options, its collections and its stores apart from those of any other with the same key.
        string registration = $"{nameof(LocalVectorStore)}:{Guid.NewGuid():N}";
        services.AddOptions<LocalVectorStoreOptions>(registration).Configure(configure);
        services.AddKeyedSingleton(registration, static (_, _) => new StoreCatalog());
        services.Add(new ServiceDescriptor(typeof(LocalVectorStore), registration, (provider, _) => Create(provider, registration, serviceKey), lifetime));
        services.Add(new ServiceDescriptor(typeof(LocalVectorStore), serviceKey, Find, lifetime));
        services.Add(new ServiceDescriptor(typeof(VectorStore), serviceKey, Find, lifetime));
        return services;

        object Find(IServiceProvider provider, object? _) => provider.GetRequiredKeyedService<LocalVectorStore>(registration);
    }

    private static LocalVectorStore Create(IServiceProvider provider, string registration, object? serviceKey)
    {
        LocalVectorStoreOptions options = provider.GetRequiredService<IOptionsMonitor<LocalVectorStoreOptions>>().Get(registration);
        IEmbeddingGenerator? generator = options.EmbeddingGenerator
            ?? (serviceKey is null ? null : FindGenerator(provider, serviceKey))
            ?? FindGenerator(provider, serviceKey: null);
        StoreCatalog catalog = options.SharedWith?.Catalog ?? provider.GetRequiredKeyedService<StoreCatalog>(registration);
        return new LocalVectorStore(catalog, options, generator, provider.GetService<ILoggerFactory>());
    }

    private static IEmbeddingGenerator? FindGenerator(IServiceProvider provider, object? serviceKey) =>
        provider.GetKeyedService<IEmbeddingGenerator>(serviceKey)
        ?? provider.GetKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(serviceKey)
        ?? (IEmbeddingGenerator?)provider.GetKeyedService<IEmbeddingGenerator<string, SparseEmbedding>>(serviceKey);
}
