using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LocalRetrieval.Rag;

/// <summary>Registers passage indexers.</summary>
/// <remarks>
/// Each call registers <see cref="PassageIndexer"/> as a lazy singleton with options of its own; the last registration wins. The
/// embedding generator comes from the container: by <see cref="PassageIndexerOptions.EmbeddingGeneratorKey"/>, or else by the
/// registration's key first where it has one.
/// </remarks>
public static class PassageIndexerServiceCollectionExtensions
{
    /// <summary>Adds an indexer that embeds with the registered embedding generator.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddPassageIndexer(this IServiceCollection services, Action<PassageIndexerOptions>? configure = null) =>
        Add(services, null, builder => builder.Configure(configure ?? (static _ => { })));

    /// <inheritdoc cref="AddPassageIndexer(IServiceCollection, Action{PassageIndexerOptions}?)" />
    public static IServiceCollection AddPassageIndexer(this IServiceCollection services, Action<PassageIndexerOptions, IServiceProvider> configure) =>
        Add(services, null, builder => builder.Configure(configure));

    /// <inheritdoc cref="AddPassageIndexer(IServiceCollection, Action{PassageIndexerOptions}?)" />
    public static IServiceCollection AddPassageIndexer(this IServiceCollection services, IConfiguration configuration) =>
        Add(services, null, builder => ConfigurationBinding.Bind(builder, configuration));

    /// <summary>Adds a keyed indexer that embeds with the registered embedding generator.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The indexer's key, by which its generator is looked for first.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="serviceKey"/> is null.</exception>
    public static IServiceCollection AddKeyedPassageIndexer(
        this IServiceCollection services, object serviceKey, Action<PassageIndexerOptions>? configure = null) =>
        Add(services, ServiceResolution.NotNull(serviceKey), builder => builder.Configure(configure ?? (static _ => { })));

    /// <inheritdoc cref="AddKeyedPassageIndexer(IServiceCollection, object, Action{PassageIndexerOptions}?)" />
    public static IServiceCollection AddKeyedPassageIndexer(
        this IServiceCollection services, object serviceKey, Action<PassageIndexerOptions, IServiceProvider> configure) =>
        Add(services, ServiceResolution.NotNull(serviceKey), builder => builder.Configure(configure));

    /// <inheritdoc cref="AddKeyedPassageIndexer(IServiceCollection, object, Action{PassageIndexerOptions}?)" />
    public static IServiceCollection AddKeyedPassageIndexer(this IServiceCollection services, object serviceKey, IConfiguration configuration) =>
        Add(services, ServiceResolution.NotNull(serviceKey), builder => ConfigurationBinding.Bind(builder, configuration));

    private static IServiceCollection Add(IServiceCollection services, object? serviceKey, Action<OptionsBuilder<PassageIndexerOptions>> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        string name = Guid.NewGuid().ToString("N");
        OptionsBuilder<PassageIndexerOptions> builder = services.AddOptions<PassageIndexerOptions>(name);
        configure(builder);
        builder.ValidateOnStart();
        return serviceKey is null
            ? services.AddSingleton(provider => Create(provider, null, name))
            : services.AddKeyedSingleton(serviceKey, (provider, _) => Create(provider, serviceKey, name));
    }

    private static PassageIndexer Create(IServiceProvider provider, object? serviceKey, string optionsName)
    {
        PassageIndexerOptions options = provider.GetRequiredService<IOptionsMonitor<PassageIndexerOptions>>().Get(optionsName);
        return new PassageIndexer(
            ServiceResolution.Require<IEmbeddingGenerator<string, Embedding<float>>>(
                provider, options.EmbeddingGeneratorKey, serviceKey, "AddLocalEmbeddings()"),
            options);
    }
}
