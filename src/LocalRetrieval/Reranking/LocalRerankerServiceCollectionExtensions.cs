using LocalRetrieval.Reranking;
using LocalRetrieval.Rag;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval;

/// <summary>Registers local rerankers.</summary>
/// <remarks>
/// Each registration is a lazy singleton, disposed by the container, as <see cref="ITextReranker"/>.
/// A further call adds a further registration with options of its own; the last one wins.
/// </remarks>
public static class LocalRerankerServiceCollectionExtensions
{
    /// <summary>Registers a local reranker: without arguments, the embedded cross-encoder, offline.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddLocalReranker(this IServiceCollection services, Action<LocalRerankerOptions>? configure = null) =>
        RerankerRegistration.Add(services, serviceKey: null, options => options.Configure(configure ?? (static _ => { })));

    /// <summary>Registers a local reranker whose options are set with the help of other services.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddLocalReranker(this IServiceCollection services, Action<LocalRerankerOptions, IServiceProvider> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return RerankerRegistration.Add(services, serviceKey: null, options => options.Configure(configure));
    }

    /// <summary>Registers a local reranker whose options are bound from <paramref name="configuration"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">A section with the properties of <see cref="LocalRerankerOptions"/>.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddLocalReranker(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return RerankerRegistration.Add(services, serviceKey: null, options => ConfigurationBinding.Bind(options, configuration));
    }

    /// <summary>Registers a local reranker under <paramref name="serviceKey"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="serviceKey"/> is null.</exception>
    public static IServiceCollection AddKeyedLocalReranker(this IServiceCollection services, object serviceKey, Action<LocalRerankerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(serviceKey);
        return RerankerRegistration.Add(services, serviceKey, options => options.Configure(configure ?? (static _ => { })));
    }

    /// <summary>Registers a local reranker under <paramref name="serviceKey"/>, whose options are set with the help of other services.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddKeyedLocalReranker(this IServiceCollection services, object serviceKey, Action<LocalRerankerOptions, IServiceProvider> configure)
    {
        ArgumentNullException.ThrowIfNull(serviceKey);
        ArgumentNullException.ThrowIfNull(configure);
        return RerankerRegistration.Add(services, serviceKey, options => options.Configure(configure));
    }

    /// <summary>Registers a local reranker under <paramref name="serviceKey"/>, whose options are bound from <paramref name="configuration"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="configuration">A section with the properties of <see cref="LocalRerankerOptions"/>.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddKeyedLocalReranker(this IServiceCollection services, object serviceKey, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(serviceKey);
        ArgumentNullException.ThrowIfNull(configuration);
        return RerankerRegistration.Add(services, serviceKey, options => ConfigurationBinding.Bind(options, configuration));
    }
}
