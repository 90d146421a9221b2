using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData;

/// <summary>Registers collections of a <see cref="LocalVectorStore"/>.</summary>
/// <remarks>
/// A collection is that of the container's <see cref="LocalVectorStore"/>: a keyed collection's store is the one of its key, if there is
/// one, and else the one without a key. Where none was registered before, the call registers one with the default options, under the
/// collection's key. The collection is not created in the store: that is what <c>EnsureCollectionExistsAsync</c> is for.
/// </remarks>
public static class LocalCollectionServiceCollectionExtensions
{
    private const string Reason = "Maps records by reflection. LocalVectorStore.GetDynamicCollection maps dictionaries and needs none.";

    /// <summary>
    /// Registers a collection as <see cref="LocalVectorStoreCollection{TKey, TRecord}"/>, <see cref="VectorStoreCollection{TKey, TRecord}"/>,
    /// <see cref="IVectorSearchable{TRecord}"/>, <see cref="IKeywordSearchable{TRecord}"/> and <see cref="IKeywordHybridSearchable{TRecord}"/>.
    /// </summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="services">The services to add to.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="definition">Describes the records and overrides the attributes of <typeparamref name="TRecord"/>; null to read the attributes alone.</param>
    /// <param name="lifetime">How long the collection object is used; the records are in the store.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or blank, or <paramref name="services"/> is null.</exception>
    [RequiresDynamicCode(Reason)]
    [RequiresUnreferencedCode(Reason)]
    public static IServiceCollection AddLocalCollection<TKey, TRecord>(
        this IServiceCollection services,
        string name,
        VectorStoreCollectionDefinition? definition = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
        where TKey : notnull
        where TRecord : class =>
        services.AddKeyedLocalCollection<TKey, TRecord>(serviceKey: null, name, definition, lifetime);

    /// <summary>
    /// Registers a keyed collection as <see cref="LocalVectorStoreCollection{TKey, TRecord}"/>,
    /// <see cref="VectorStoreCollection{TKey, TRecord}"/>, <see cref="IVectorSearchable{TRecord}"/>,
    /// <see cref="IKeywordSearchable{TRecord}"/> and <see cref="IKeywordHybridSearchable{TRecord}"/>.
    /// </summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="services">The services to add to.</param>
    /// <param name="serviceKey">The collection's key; null for a collection without one.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="definition">Describes the records and overrides the attributes of <typeparamref name="TRecord"/>; null to read the attributes alone.</param>
    /// <param name="lifetime">How long the collection object is used; the records are in the store.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or blank, or <paramref name="services"/> is null.</exception>
    [RequiresDynamicCode(Reason)]
    [RequiresUnreferencedCode(Reason)]
    public static IServiceCollection AddKeyedLocalCollection<TKey, TRecord>(
        this IServiceCollection services,
        object? serviceKey,
        string name,
        VectorStoreCollectionDefinition? definition = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
        where TKey : notnull
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!HasStore(services, serviceKey) && !HasStore(services, serviceKey: null))
        {
            services.AddKeyedLocalVectorStore(serviceKey);
        }

        // The registration's own name keeps the collection apart from others of the same types and key.
        string registration = $"{nameof(LocalVectorStoreCollection<,>)}:{Guid.NewGuid():N}";
        services.Add(new ServiceDescriptor(typeof(LocalVectorStoreCollection<TKey, TRecord>), registration, Create, lifetime));
        Type[] types =
        [
            typeof(LocalVectorStoreCollection<TKey, TRecord>),
            typeof(VectorStoreCollection<TKey, TRecord>),
            typeof(IVectorSearchable<TRecord>),
            typeof(IKeywordSearchable<TRecord>),
            typeof(IKeywordHybridSearchable<TRecord>),
        ];
        foreach (Type type in types)
        {
            services.Add(new ServiceDescriptor(type, serviceKey, Find, lifetime));
        }

        return services;

        object Find(IServiceProvider provider, object? _) => provider.GetRequiredKeyedService<LocalVectorStoreCollection<TKey, TRecord>>(registration);

        object Create(IServiceProvider provider, object? _) => FindStore(provider, serviceKey).GetCollection<TKey, TRecord>(name, definition);
    }

    private static bool HasStore(IServiceCollection services, object? serviceKey) =>
        services.Any(service => service.ServiceType == typeof(LocalVectorStore) && Equals(service.ServiceKey, serviceKey));

    private static LocalVectorStore FindStore(IServiceProvider provider, object? serviceKey) =>
        (serviceKey is null ? null : provider.GetKeyedService<LocalVectorStore>(serviceKey)) ?? provider.GetRequiredService<LocalVectorStore>();
}
