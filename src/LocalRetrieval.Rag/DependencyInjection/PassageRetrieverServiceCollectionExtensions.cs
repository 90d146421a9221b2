using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Registers passage retrievers.</summary>
/// <remarks>
/// Each call registers <see cref="IPassageRetriever{TRecord}"/> and <see cref="IPassageRetriever"/> as one lazy singleton with options
/// of its own, which are validated when the host starts; the last registration wins. The vector store, the embedding generator and
/// the reranker come from the container; without a registered <see cref="ITextReranker"/> the vector search alone orders. With a key,
/// each is taken by that key first.
/// </remarks>
public static class PassageRetrieverServiceCollectionExtensions
{
    /// <summary>Adds a retriever over the collection <paramref name="collectionName"/> of the registered vector store.</summary>
    /// <typeparam name="TKey">The type of the records' keys.</typeparam>
    /// <typeparam name="TRecord">
    /// The type of the records, such as <see cref="Passage"/>; others need <see cref="PassageRetrieverOptions{TRecord}.Mapping"/>.
    /// </typeparam>
    /// <param name="services">The services.</param>
    /// <param name="collectionName">The collection's name.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="collectionName"/> is null, empty or white space.</exception>
    public static IServiceCollection AddPassageRetriever<TKey, TRecord>(
        this IServiceCollection services, string collectionName, Action<PassageRetrieverOptions<TRecord>>? configure = null)
        where TKey : notnull
        where TRecord : class =>
        Add<TKey, TRecord>(services, null, collectionName, builder => builder.Configure(configure ?? (static _ => { })));

    /// <inheritdoc cref="AddPassageRetriever{TKey, TRecord}(IServiceCollection, string, Action{PassageRetrieverOptions{TRecord}}?)" />
    public static IServiceCollection AddPassageRetriever<TKey, TRecord>(
        this IServiceCollection services, string collectionName, Action<PassageRetrieverOptions<TRecord>, IServiceProvider> configure)
        where TKey : notnull
        where TRecord : class =>
        Add<TKey, TRecord>(services, null, collectionName, builder => builder.Configure(configure));

    /// <inheritdoc cref="AddPassageRetriever{TKey, TRecord}(IServiceCollection, string, Action{PassageRetrieverOptions{TRecord}}?)" />
    public static IServiceCollection AddPassageRetriever<TKey, TRecord>(
        this IServiceCollection services, string collectionName, IConfiguration configuration)
        where TKey : notnull
        where TRecord : class =>
        Add<TKey, TRecord>(services, null, collectionName, builder => ConfigurationBinding.Bind(builder, configuration));

    /// <summary>Adds a keyed retriever over the collection <paramref name="collectionName"/> of the registered vector store.</summary>
    /// <typeparam name="TKey">The type of the records' keys.</typeparam>
    /// <typeparam name="TRecord">
    /// The type of the records, such as <see cref="Passage"/>; others need <see cref="PassageRetrieverOptions{TRecord}.Mapping"/>.
    /// </typeparam>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The retriever's key, by which its parts are looked for first.</param>
    /// <param name="collectionName">The collection's name.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="serviceKey"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="collectionName"/> is null, empty or white space.</exception>
    public static IServiceCollection AddKeyedPassageRetriever<TKey, TRecord>(
        this IServiceCollection services, object serviceKey, string collectionName, Action<PassageRetrieverOptions<TRecord>>? configure = null)
        where TKey : notnull
        where TRecord : class =>
        Add<TKey, TRecord>(services, ServiceResolution.NotNull(serviceKey), collectionName, builder => builder.Configure(configure ?? (static _ => { })));

    /// <inheritdoc cref="AddKeyedPassageRetriever{TKey, TRecord}(IServiceCollection, object, string, Action{PassageRetrieverOptions{TRecord}}?)" />
    public static IServiceCollection AddKeyedPassageRetriever<TKey, TRecord>(
        this IServiceCollection services, object serviceKey, string collectionName, Action<PassageRetrieverOptions<TRecord>, IServiceProvider> configure)
        where TKey : notnull
        where TRecord : class =>
        Add<TKey, TRecord>(services, ServiceResolution.NotNull(serviceKey), collectionName, builder => builder.Configure(configure));

    /// <inheritdoc cref="AddKeyedPassageRetriever{TKey, TRecord}(IServiceCollection, object, string, Action{PassageRetrieverOptions{TRecord}}?)" />
    public static IServiceCollection AddKeyedPassageRetriever<TKey, TRecord>(
        this IServiceCollection services, object serviceKey, string collectionName, IConfiguration configuration)
        where TKey : notnull
        where TRecord : class =>
        Add<TKey, TRecord>(services, ServiceResolution.NotNull(serviceKey), collectionName, builder => ConfigurationBinding.Bind(builder, configuration));

    private static IServiceCollection Add<TKey, TRecord>(
        IServiceCollection services, object? serviceKey, string collectionName, Action<OptionsBuilder<PassageRetrieverOptions<TRecord>>> configure)
        where TKey : notnull
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(collectionName);

        // A name of its own keeps the options of a second registration from changing the first one's.
        string name = $"{collectionName}:{Guid.NewGuid():N}";
        OptionsBuilder<PassageRetrieverOptions<TRecord>> builder = services.AddOptions<PassageRetrieverOptions<TRecord>>(name);
        configure(builder);
        builder.ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PassageRetrieverOptions<TRecord>>, PassageRetrieverOptionsValidator<TRecord>>());
        services.AddKeyedSingleton(name, (provider, _) => Create<TKey, TRecord>(provider, serviceKey, collectionName, name));
        return serviceKey is null
            ? services.AddSingleton<IPassageRetriever<TRecord>>(Retriever).AddSingleton<IPassageRetriever>(Retriever)
            : services
                .AddKeyedSingleton<IPassageRetriever<TRecord>>(serviceKey, (provider, _) => Retriever(provider))
                .AddKeyedSingleton<IPassageRetriever>(serviceKey, (provider, _) => Retriever(provider));

        PassageRetriever<TKey, TRecord> Retriever(IServiceProvider provider) =>
            provider.GetRequiredKeyedService<PassageRetriever<TKey, TRecord>>(name);
    }

    private static PassageRetriever<TKey, TRecord> Create<TKey, TRecord>(
        IServiceProvider provider, object? serviceKey, string collectionName, string optionsName)
        where TKey : notnull
        where TRecord : class
    {
        PassageRetrieverOptions<TRecord> options = provider.GetRequiredService<IOptionsMonitor<PassageRetrieverOptions<TRecord>>>().Get(optionsName);
        VectorStore store = ServiceResolution.Require<VectorStore>(provider, options.VectorStoreKey, serviceKey, "AddLocalVectorStore()");
        return new PassageRetriever<TKey, TRecord>(
            dimensions => store.GetCollection<TKey, TRecord>(collectionName, options.Definition ?? DefaultDefinition<TRecord>(dimensions)),
            ServiceResolution.Require<IEmbeddingGenerator<string, Embedding<float>>>(
                provider, options.EmbeddingGeneratorKey, serviceKey, "AddLocalEmbeddings()"),
            ServiceResolution.Find<ITextReranker>(provider, options.RerankerKey, serviceKey),
            options);
    }

    private static VectorStoreCollectionDefinition? DefaultDefinition<TRecord>(int dimensions) =>
        typeof(TRecord) == typeof(Passage) ? Passage.CreateDefinition(dimensions) : null;
}
