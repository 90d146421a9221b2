using LocalRetrieval.DependencyInjection;
using LocalRetrieval.DependencyInjection.Configuration;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.Rag;

/// <summary>Registers passage indexers.</summary>
/// <remarks>
/// <para>Each call registers <see cref="PassageIndexer"/> as a lazy singleton with options of its own; the last registration wins. The
/// embedding generator comes from the container: by <see cref="PassageIndexerOptions.EmbeddingGeneratorKey"/>, or else by the
/// registration's key first where it has one.</para>
/// <para>Options that need other services are set by <c>services.AddOptions&lt;PassageIndexerOptions&gt;(key).Configure&lt;TService&gt;(…)</c>,
/// without the key for an unkeyed registration; they are applied before the section and the code given here.</para>
/// </remarks>
public static class PassageIndexerServiceCollectionExtensions
{
    private static readonly OptionsBinder<PassageIndexerOptions> Binder = new()
    {
        Readers = new Dictionary<Type, SectionReader>
        {
            [typeof(ChunkingOptions)] = new OptionsBinder<ChunkingOptions>().ReadNested,
            [typeof(DocumentReadingOptions)] = new OptionsBinder<DocumentReadingOptions> { Readers = ReadingReaders.All }.ReadNested,
        },
    };

    /// <summary>Adds an indexer that embeds with the registered embedding generator.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddPassageIndexer(this IServiceCollection services, Action<PassageIndexerOptions>? configure = null) =>
        Add(services, serviceKey: null, section: null, configure);

    /// <summary>Adds an indexer that embeds with the registered embedding generator, with options from a configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">A section with properties of <see cref="PassageIndexerOptions"/>; a key that is none of them is refused when the host starts.</param>
    /// <param name="configure">Sets further options, after the section; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="section"/> is null.</exception>
    public static IServiceCollection AddPassageIndexer(
        this IServiceCollection services, IConfiguration section, Action<PassageIndexerOptions>? configure = null) =>
        Add(services, serviceKey: null, Argument.NotNull(section), configure);

    /// <summary>Adds a keyed indexer that embeds with the registered embedding generator.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The indexer's key, by which its generator is looked for first.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="serviceKey"/> is null.</exception>
    public static IServiceCollection AddKeyedPassageIndexer(
        this IServiceCollection services, object serviceKey, Action<PassageIndexerOptions>? configure = null) =>
        Add(services, Argument.NotNull(serviceKey), section: null, configure);

    /// <summary>Adds a keyed indexer that embeds with the registered embedding generator, with options from a configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The indexer's key, by which its generator is looked for first.</param>
    /// <param name="section">A section with properties of <see cref="PassageIndexerOptions"/>; a key that is none of them is refused when the host starts.</param>
    /// <param name="configure">Sets further options, after the section; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/>, <paramref name="serviceKey"/> or <paramref name="section"/> is null.</exception>
    public static IServiceCollection AddKeyedPassageIndexer(
        this IServiceCollection services, object serviceKey, IConfiguration section, Action<PassageIndexerOptions>? configure = null) =>
        Add(services, Argument.NotNull(serviceKey), Argument.NotNull(section), configure);

    private static IServiceCollection Add(
        IServiceCollection services, object? serviceKey, IConfiguration? section, Action<PassageIndexerOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        string registration = services.AddRegistrationOptions(serviceKey, Binder.Setup(section, configure));
        return services
            .AddKeyedSingleton(serviceKey, (provider, _) => new PassageTokens(provider.GetRequiredKeyedService<PassageIndexerOptions>(registration).TokenGenerator))
            .AddKeyedSingleton(serviceKey, (provider, _) => Create(provider, serviceKey, registration));
    }

    private static PassageIndexer Create(IServiceProvider provider, object? serviceKey, string registration)
    {
        PassageIndexerOptions options = new(provider.GetRequiredKeyedService<PassageIndexerOptions>(registration));
        options.Readers ??= provider.GetService<DocumentReaders>();
        return new PassageIndexer(
            ServiceResolution.Require<IEmbeddingGenerator<string, Embedding<float>>>(
                provider, nameof(options.EmbeddingGeneratorKey), options.EmbeddingGeneratorKey, serviceKey, "LocalEmbeddings"),
            options);
    }
}
