using LocalRetrieval.DependencyInjection;
using LocalRetrieval.DependencyInjection.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Registers the synchronisation of folders in the background.</summary>
/// <remarks>
/// <para>Each call registers a <see cref="PassageSync"/> with options of its own, which the host starts and stops; the last registration is the
/// one that is injected. Indexer and store come from the container: by <see cref="PassageSyncOptions.IndexerKey"/> and
/// <see cref="PassageSyncOptions.VectorStoreKey"/>, or else by the registration's key first where it has one.</para>
/// <para>Options that need other services are set by <c>services.AddOptions&lt;PassageSyncOptions&gt;(key).Configure&lt;TService&gt;(…)</c>,
/// without the key for an unkeyed registration; they are applied before the section and the code given here.</para>
/// </remarks>
public static class PassageSyncServiceCollectionExtensions
{
    private static readonly OptionsBinder<SyncOptions> SyncBinder = new()
    {
        Readers = new Dictionary<Type, SectionReader> { [typeof(FolderOptions)] = new OptionsBinder<FolderOptions>().ReadNested },
    };

    private static readonly OptionsBinder<PassageDefinitionOptions> DefinitionBinder = new()
    {
        Readers = new Dictionary<Type, SectionReader> { [typeof(KeywordIndexOptions)] = new OptionsBinder<KeywordIndexOptions>().ReadNested },
    };

    private static readonly OptionsBinder<PassageSyncOptions> Binder = new()
    {
        Readers = new Dictionary<Type, SectionReader>
        {
            [typeof(SyncOptions)] = SyncBinder.ReadNested,
            [typeof(PassageDefinitionOptions)] = DefinitionBinder.ReadNested,
        },
    };

    /// <summary>Keeps a collection in step with a folder.</summary>
    /// <param name="services">The services.</param>
    /// <param name="collectionName">The collection's name.</param>
    /// <param name="configure">Sets the options, <see cref="PassageSyncOptions.Folder"/> at least.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="collectionName"/> is null, empty or white space.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="configure"/> is null.</exception>
    public static IServiceCollection AddPassageSync(this IServiceCollection services, string collectionName, Action<PassageSyncOptions> configure) =>
        Add(services, serviceKey: null, collectionName, section: null, Argument.NotNull(configure));

    /// <summary>Keeps a collection in step with a folder, with options from a configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="collectionName">The collection's name.</param>
    /// <param name="section">A section with properties of <see cref="PassageSyncOptions"/>; a key that is none of them is refused when the host starts.</param>
    /// <param name="configure">Sets further options, after the section; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="collectionName"/> is null, empty or white space.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="section"/> is null.</exception>
    public static IServiceCollection AddPassageSync(
        this IServiceCollection services, string collectionName, IConfiguration section, Action<PassageSyncOptions>? configure = null) =>
        Add(services, serviceKey: null, collectionName, Argument.NotNull(section), configure);

    /// <summary>Keeps a collection in step with a folder, by a keyed service.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The service's key, by which its indexer and store are looked for first.</param>
    /// <param name="collectionName">The collection's name.</param>
    /// <param name="configure">Sets the options, <see cref="PassageSyncOptions.Folder"/> at least.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="collectionName"/> is null, empty or white space.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="services"/>, <paramref name="serviceKey"/> or <paramref name="configure"/> is null.</exception>
    public static IServiceCollection AddKeyedPassageSync(
        this IServiceCollection services, object serviceKey, string collectionName, Action<PassageSyncOptions> configure) =>
        Add(services, Argument.NotNull(serviceKey), collectionName, section: null, Argument.NotNull(configure));

    /// <summary>Keeps a collection in step with a folder, by a keyed service, with options from a configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The service's key, by which its indexer and store are looked for first.</param>
    /// <param name="collectionName">The collection's name.</param>
    /// <param name="section">A section with properties of <see cref="PassageSyncOptions"/>; a key that is none of them is refused when the host starts.</param>
    /// <param name="configure">Sets further options, after the section; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="collectionName"/> is null, empty or white space.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="services"/>, <paramref name="serviceKey"/> or <paramref name="section"/> is null.</exception>
    public static IServiceCollection AddKeyedPassageSync(
        this IServiceCollection services, object serviceKey, string collectionName, IConfiguration section, Action<PassageSyncOptions>? configure = null) =>
        Add(services, Argument.NotNull(serviceKey), collectionName, Argument.NotNull(section), configure);

    private static IServiceCollection Add(
        IServiceCollection services, object? serviceKey, string collectionName, IConfiguration? section, Action<PassageSyncOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(collectionName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PassageSyncOptions>, PassageSyncOptionsValidator>());
        string registration = services.AddRegistrationOptions(serviceKey, Binder.Setup(section, configure));
        return services
            .AddKeyedSingleton(registration, (provider, _) => Create(provider, serviceKey, collectionName, registration))
            .AddKeyedSingleton(serviceKey, (provider, _) => provider.GetRequiredKeyedService<PassageSync>(registration))
            .AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<PassageSync>(registration));
    }

    private static PassageSync Create(IServiceProvider provider, object? serviceKey, string collectionName, string registration)
    {
        PassageSyncOptions options = provider.GetRequiredKeyedService<PassageSyncOptions>(registration);
        PassageIndexer indexer = ServiceResolution.Require<PassageIndexer>(provider, nameof(options.IndexerKey), options.IndexerKey, serviceKey, "PassageIndexer");
        VectorStore store = ServiceResolution.Require<VectorStore>(provider, nameof(options.VectorStoreKey), options.VectorStoreKey, serviceKey, "LocalVectorStore");
        string scope = options.Scope ?? collectionName;
        Func<IProgress<SyncProgress>, CancellationToken, Task<SyncResult>> sync = options.UuidKeys ? SyncAsync<Guid> : SyncAsync<string>;
        return new PassageSync(sync, options, scope, (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<PassageSync>());

        async Task<SyncResult> SyncAsync<TKey>(IProgress<SyncProgress> progress, CancellationToken cancellationToken)
            where TKey : notnull
        {
            VectorStoreCollection<TKey, Passage> collection = await indexer.GetCollectionAsync<TKey>(store, collectionName, options.Definition, cancellationToken).ConfigureAwait(false);
            return await indexer.SyncAsync(collection, options.Folder, scope, options.Sync, new SyncCount(progress), cancellationToken).ConfigureAwait(false);
        }
    }
}
