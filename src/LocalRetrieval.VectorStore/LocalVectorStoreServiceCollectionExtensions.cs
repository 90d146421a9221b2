using LocalRetrieval.DependencyInjection;
using LocalRetrieval.DependencyInjection.Configuration;
using LocalRetrieval.VectorData.Collections;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
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
/// <see cref="float"/> before one of <see cref="SparseEmbedding"/> and one of <see cref="MultiVectorEmbedding"/>, which the definition of a property can name for itself. With none at
/// all the store works for records that bring their vectors.</para>
/// <para>Options that need other services, such as a generator, are set by
/// <c>services.AddOptions&lt;LocalVectorStoreOptions&gt;(key).Configure&lt;TService&gt;(…)</c>, without the key for an unkeyed registration; they
/// are applied before the section and the code given here.</para>
/// </remarks>
public static class LocalVectorStoreServiceCollectionExtensions
{
    private static readonly OptionsBinder<LocalVectorStoreOptions> Binder = new()
    {
        Readers = new Dictionary<Type, SectionReader>
        {
            [typeof(KeywordIndexOptions)] = new OptionsBinder<KeywordIndexOptions>().ReadNested,
            [typeof(HybridFusionOptions)] = new OptionsBinder<HybridFusionOptions>().ReadNested,
        },
    };

    /// <summary>Registers a <see cref="LocalVectorStore"/>.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <param name="lifetime">How long a store is used.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddLocalVectorStore(
        this IServiceCollection services,
        Action<LocalVectorStoreOptions>? configure = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton) =>
        Add(services, serviceKey: null, section: null, configure, lifetime);

    /// <summary>Registers a <see cref="LocalVectorStore"/>, with options from a configuration.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="section">A section with properties of <see cref="LocalVectorStoreOptions"/>; a key that is none of them is refused when the host starts.</param>
    /// <param name="configure">Sets further options, after the section; null for none.</param>
    /// <param name="lifetime">How long a store is used.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="section"/> is null.</exception>
    public static IServiceCollection AddLocalVectorStore(
        this IServiceCollection services,
        IConfiguration section,
        Action<LocalVectorStoreOptions>? configure = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton) =>
        Add(services, serviceKey: null, Argument.NotNull(section), configure, lifetime);

    /// <summary>Registers a keyed <see cref="LocalVectorStore"/>.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="serviceKey">The store's key; null for a store without one.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <param name="lifetime">How long a store is used.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddKeyedLocalVectorStore(
        this IServiceCollection services,
        object? serviceKey,
        Action<LocalVectorStoreOptions>? configure = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton) =>
        Add(services, serviceKey, section: null, configure, lifetime);

    /// <summary>Registers a keyed <see cref="LocalVectorStore"/>, with options from a configuration.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="serviceKey">The store's key; null for a store without one.</param>
    /// <param name="section">A section with properties of <see cref="LocalVectorStoreOptions"/>; a key that is none of them is refused when the host starts.</param>
    /// <param name="configure">Sets further options, after the section; null for none.</param>
    /// <param name="lifetime">How long a store is used.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="section"/> is null.</exception>
    public static IServiceCollection AddKeyedLocalVectorStore(
        this IServiceCollection services,
        object? serviceKey,
        IConfiguration section,
        Action<LocalVectorStoreOptions>? configure = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton) =>
        Add(services, serviceKey, Argument.NotNull(section), configure, lifetime);

    private static IServiceCollection Add(
        IServiceCollection services, object? serviceKey, IConfiguration? section, Action<LocalVectorStoreOptions>? configure, ServiceLifetime lifetime)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LocalVectorStoreOptions>, LocalVectorStoreOptionsValidator>());

        // The registration's own key keeps its options, its collections and its stores apart from those of any other.
        string registration = services.AddRegistrationOptions(serviceKey, Binder.Setup(section, configure));
        services.AddKeyedSingleton(registration, static (provider, key) =>
            new CatalogLease(LocalVectorStore.CatalogOf(provider.GetRequiredKeyedService<LocalVectorStoreOptions>(key), provider.GetService<ILoggerFactory>())));
        services.Add(new ServiceDescriptor(typeof(LocalVectorStore), registration, (provider, _) => Create(provider, registration, serviceKey), lifetime));
        services.Add(new ServiceDescriptor(typeof(LocalVectorStore), serviceKey, Find, lifetime));
        services.Add(new ServiceDescriptor(typeof(VectorStore), serviceKey, Find, lifetime));
        return services;

        object Find(IServiceProvider provider, object? _) => provider.GetRequiredKeyedService<LocalVectorStore>(registration);
    }

    private static LocalVectorStore Create(IServiceProvider provider, string registration, object? serviceKey)
    {
        LocalVectorStoreOptions options = provider.GetRequiredKeyedService<LocalVectorStoreOptions>(registration);
        IEmbeddingGenerator? generator = options.EmbeddingGenerator
            ?? (serviceKey is null ? null : FindGenerator(provider, serviceKey))
            ?? FindGenerator(provider, serviceKey: null);
        StoreCatalog catalog = provider.GetRequiredKeyedService<CatalogLease>(registration).Catalog;
        return new LocalVectorStore(catalog, options, generator, provider.GetService<ILoggerFactory>());
    }

    private static IEmbeddingGenerator? FindGenerator(IServiceProvider provider, object? serviceKey) =>
        provider.GetKeyedService<IEmbeddingGenerator>(serviceKey)
        ?? provider.GetKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(serviceKey)
        ?? provider.GetKeyedService<IEmbeddingGenerator<string, SparseEmbedding>>(serviceKey)
        ?? (IEmbeddingGenerator?)provider.GetKeyedService<IEmbeddingGenerator<string, MultiVectorEmbedding>>(serviceKey);
}
