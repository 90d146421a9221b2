using LocalRetrieval.DependencyInjection;
using LocalRetrieval.LateInteraction;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval;

/// <summary>Registers local embedding generators of a vector a token (ColBERT).</summary>
/// <remarks>
/// <para>Each registration is a lazy singleton, disposed by the container, as <c>IEmbeddingGenerator&lt;string, MultiVectorEmbedding&gt;</c>. A further call adds a further registration with options of
/// its own; the last one wins.</para>
/// <para>Options that need other services are set by <c>services.AddOptions&lt;LocalMultiVectorEmbeddingOptions&gt;(key).Configure&lt;TService&gt;(…)</c>, without the key for an unkeyed
/// registration; they are applied before the section and the code given here. What cannot be is an <c>OptionsValidationException</c> when the host starts.</para>
/// </remarks>
public static class LocalMultiVectorEmbeddingsServiceCollectionExtensions
{
    /// <summary>Registers a local multi-vector embedding generator; its options must name the model's folder.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddLocalMultiVectorEmbeddings(this IServiceCollection services, Action<LocalMultiVectorEmbeddingOptions>? configure = null) =>
        MultiVectorEmbeddingRegistration.Add(services, serviceKey: null, section: null, configure);

    /// <summary>Registers a local multi-vector embedding generator, with options from a configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">A section with properties of <see cref="LocalMultiVectorEmbeddingOptions"/>; a key that is none of them is refused.</param>
    /// <param name="configure">Sets further options, after the section; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="section"/> is null.</exception>
    public static IServiceCollection AddLocalMultiVectorEmbeddings(this IServiceCollection services, IConfiguration section, Action<LocalMultiVectorEmbeddingOptions>? configure = null) =>
        MultiVectorEmbeddingRegistration.Add(services, serviceKey: null, Argument.NotNull(section), configure);

    /// <summary>Registers a local multi-vector embedding generator; its options must name the model's folder under <paramref name="serviceKey"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="serviceKey"/> is null.</exception>
    public static IServiceCollection AddKeyedLocalMultiVectorEmbeddings(this IServiceCollection services, object serviceKey, Action<LocalMultiVectorEmbeddingOptions>? configure = null) =>
        MultiVectorEmbeddingRegistration.Add(services, Argument.NotNull(serviceKey), section: null, configure);

    /// <summary>Registers a local multi-vector embedding generator under <paramref name="serviceKey"/>, with options from a configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="section">A section with properties of <see cref="LocalMultiVectorEmbeddingOptions"/>; a key that is none of them is refused.</param>
    /// <param name="configure">Sets further options, after the section; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/>, <paramref name="serviceKey"/> or <paramref name="section"/> is null.</exception>
    public static IServiceCollection AddKeyedLocalMultiVectorEmbeddings(this IServiceCollection services, object serviceKey, IConfiguration section, Action<LocalMultiVectorEmbeddingOptions>? configure = null) =>
        MultiVectorEmbeddingRegistration.Add(services, Argument.NotNull(serviceKey), Argument.NotNull(section), configure);
}
