using System.Diagnostics.CodeAnalysis;
using LocalRetrieval.DependencyInjection;
using LocalRetrieval.DependencyInjection.Configuration;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Registers passage retrievers.</summary>
/// <remarks>
/// <para>Each call registers <see cref="IPassageRetriever{TRecord}"/> and <see cref="IPassageRetriever"/> as one lazy singleton with options
/// of its own, which are validated when the host starts; the last registration wins. The vector store, the embedding generator and
/// the reranker come from the container; without a registered <see cref="ITextReranker"/> nothing is reranked. With a key,
/// each is taken by that key first.</para>
/// <para>Without a <see cref="PassageRetrieverOptions{TRecord}.Definition"/> a collection of <see cref="Passage"/> is the one that the registered <see cref="PassageIndexer"/> makes, with room
/// for the vectors of tokens where that has a <see cref="PassageIndexerOptions.TokenGenerator"/>. What else was chosen there by <see cref="PassageDefinitionOptions"/> has to be said here too.</para>
/// <para>Options that need other services are set by <c>services.AddOptions&lt;PassageRetrieverOptions&lt;TRecord&gt;&gt;(key).Configure&lt;TService&gt;(…)</c>,
/// without the key for an unkeyed registration; they are applied before the section and the code given here.</para>
/// </remarks>
public static partial class PassageRetrieverServiceCollectionExtensions
{
    // What stores read of records.
    private const DynamicallyAccessedMemberTypes Mapped = DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties;

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
    public static IServiceCollection AddPassageRetriever<TKey, [DynamicallyAccessedMembers(Mapped)] TRecord>(
        this IServiceCollection services, string collectionName, Action<PassageRetrieverOptions<TRecord>>? configure = null)
        where TKey : notnull
        where TRecord : class =>
        Add<TKey, TRecord>(services, serviceKey: null, ToNames(collectionName), section: null, configure);

    /// <summary>Adds a retriever over the collection <paramref name="collectionName"/> of the registered vector store, with options from a configuration.</summary>
    /// <typeparam name="TKey">The type of the records' keys.</typeparam>
    /// <typeparam name="TRecord">
    /// The type of the records, such as <see cref="Passage"/>; others need <see cref="PassageRetrieverOptions{TRecord}.Mapping"/>.
    /// </typeparam>
    /// <param name="services">The services.</param>
    /// <param name="collectionName">The collection's name.</param>
    /// <param name="section">A section with properties of <see cref="PassageRetrieverOptions{TRecord}"/>; a key that is none of them is refused when the host starts.</param>
    /// <param name="configure">Sets further options, after the section; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="section"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="collectionName"/> is null, empty or white space.</exception>
    public static IServiceCollection AddPassageRetriever<TKey, [DynamicallyAccessedMembers(Mapped)] TRecord>(
        this IServiceCollection services, string collectionName, IConfiguration section, Action<PassageRetrieverOptions<TRecord>>? configure = null)
        where TKey : notnull
        where TRecord : class =>
        Add<TKey, TRecord>(services, serviceKey: null, ToNames(collectionName), Argument.NotNull(section), configure);

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
    public static IServiceCollection AddKeyedPassageRetriever<TKey, [DynamicallyAccessedMembers(Mapped)] TRecord>(
        this IServiceCollection services, object serviceKey, string collectionName, Action<PassageRetrieverOptions<TRecord>>? configure = null)
        where TKey : notnull
        where TRecord : class =>
        Add<TKey, TRecord>(services, Argument.NotNull(serviceKey), ToNames(collectionName), section: null, configure);

    /// <summary>Adds a keyed retriever over the collection <paramref name="collectionName"/> of the registered vector store, with options from a configuration.</summary>
    /// <typeparam name="TKey">The type of the records' keys.</typeparam>
    /// <typeparam name="TRecord">
    /// The type of the records, such as <see cref="Passage"/>; others need <see cref="PassageRetrieverOptions{TRecord}.Mapping"/>.
    /// </typeparam>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The retriever's key, by which its parts are looked for first.</param>
    /// <param name="collectionName">The collection's name.</param>
    /// <param name="section">A section with properties of <see cref="PassageRetrieverOptions{TRecord}"/>; a key that is none of them is refused when the host starts.</param>
    /// <param name="configure">Sets further options, after the section; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/>, <paramref name="serviceKey"/> or <paramref name="section"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="collectionName"/> is null, empty or white space.</exception>
    public static IServiceCollection AddKeyedPassageRetriever<TKey, [DynamicallyAccessedMembers(Mapped)] TRecord>(
        this IServiceCollection services,
        object serviceKey,
        string collectionName,
        IConfiguration section,
        Action<PassageRetrieverOptions<TRecord>>? configure = null)
        where TKey : notnull
        where TRecord : class =>
        Add<TKey, TRecord>(services, Argument.NotNull(serviceKey), ToNames(collectionName), Argument.NotNull(section), configure);

    private static IServiceCollection Add<TKey, [DynamicallyAccessedMembers(Mapped)] TRecord>(
        IServiceCollection services, object? serviceKey, string[] collectionNames, IConfiguration? section, Action<PassageRetrieverOptions<TRecord>>? configure)
        where TKey : notnull
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PassageRetrieverOptions<TRecord>>, PassageRetrieverOptionsValidator<TRecord>>());
        string registration = services.AddRegistrationOptions(serviceKey, CreateBinder<TRecord>().Setup(section, configure));
        return services
            .AddKeyedSingleton(registration, (provider, _) => Create<TKey, TRecord>(provider, serviceKey, collectionNames, registration))
            .AddKeyedSingleton(serviceKey, (provider, _) => provider.GetRequiredKeyedService<IPassageRetriever<TRecord>>(registration))
            .AddKeyedSingleton<IPassageRetriever>(serviceKey, (provider, _) => provider.GetRequiredKeyedService<IPassageRetriever<TRecord>>(registration));
    }

    private static IPassageRetriever<TRecord> Create<TKey, [DynamicallyAccessedMembers(Mapped)] TRecord>(
        IServiceProvider provider, object? serviceKey, string[] collectionNames, string registration)
        where TKey : notnull
        where TRecord : class
    {
        PassageRetrieverOptions<TRecord> options = provider.GetRequiredKeyedService<PassageRetrieverOptions<TRecord>>(registration);
        VectorStore store = ServiceResolution.Require<VectorStore>(provider, nameof(options.VectorStoreKey), options.VectorStoreKey, serviceKey, "LocalVectorStore");
        PassageRetrieverBuilder<TRecord> builder = new(new PassageRetriever<TKey, TRecord>(
            (dimensions, cancellationToken) => GetCollectionsAsync<TKey, TRecord>(store, collectionNames, options.Definition, () => FindTokens(provider, serviceKey), dimensions, cancellationToken),
            ServiceResolution.Require<IEmbeddingGenerator<string, Embedding<float>>>(
                provider, nameof(options.EmbeddingGeneratorKey), options.EmbeddingGeneratorKey, serviceKey, "LocalEmbeddings"),
            ServiceResolution.Find<ITextReranker>(provider, nameof(options.RerankerKey), options.RerankerKey, serviceKey, "LocalReranker"),
            options,
            provider.GetService<ILoggerFactory>()));
        options.Pipeline?.Invoke(builder);
        return builder.Build(provider);
    }

    private static OptionsBinder<PassageRetrieverOptions<TRecord>> CreateBinder<TRecord>()
        where TRecord : class => new()
        {
            Readers = new Dictionary<Type, SectionReader> { [typeof(SelectionOptions)] = new OptionsBinder<SelectionOptions>().ReadNested },
        };

    private static string[] ToNames(string collectionName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(collectionName);
        return [collectionName];
    }

    private static string[] ToNames(IEnumerable<string> collectionNames)
    {
        ArgumentNullException.ThrowIfNull(collectionNames);
        string[] names = [.. collectionNames];
        CollectionNames.ThrowIfUnfit(names, nameof(collectionNames));
        return names;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Stores map a record by its constructor and properties, which stay.")]
    private static async ValueTask<VectorStoreCollection<TKey, TRecord>[]> GetCollectionsAsync<TKey, [DynamicallyAccessedMembers(Mapped)] TRecord>(
        VectorStore store, string[] names, VectorStoreCollectionDefinition? definition, Func<PassageTokens?> findTokens, int dimensions, CancellationToken cancellationToken)
        where TKey : notnull
        where TRecord : class
    {
        if (definition is null && typeof(TRecord) == typeof(Passage))
        {
            // An indexer that gives passages the vectors of their tokens makes collections with room for these.
            PassageDefinitionOptions? options = findTokens() is { } tokens ? await tokens.WithRoomAsync(options: null, cancellationToken).ConfigureAwait(false) : null;
            definition = Passage.CreateDefinition<TKey>(dimensions, options);
        }

        return Array.ConvertAll(names, name => store.GetCollection<TKey, TRecord>(name, definition));
    }

    /// <summary>The vectors of tokens that the indexer gives which is registered under the same key, or else without one; null where there is no indexer.</summary>
    private static PassageTokens? FindTokens(IServiceProvider provider, object? serviceKey) =>
        ServiceResolution.Find<PassageTokens>(provider, nameof(PassageIndexerOptions.TokenGenerator), chosenKey: null, serviceKey, "PassageIndexer");
}
