using LocalRetrieval.DependencyInjection;
using LocalRetrieval.LateInteraction;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval;

/// <summary>Registers local rerankers by late interaction (ColBERT).</summary>
/// <remarks>
/// <para>Each registration is a lazy singleton, disposed by the container, as <see cref="ITextReranker"/>. A further call adds a further registration with options of
/// its own; the last one wins.</para>
/// <para>Options that need other services are set by <c>services.AddOptions&lt;LocalLateInteractionRerankerOptions&gt;(key).Configure&lt;TService&gt;(…)</c>, without the key for an unkeyed
/// registration; they are applied before the section and the code given here. What cannot be is an <c>OptionsValidationException</c> when the host starts.</para>
/// </remarks>
public static class LocalLateInteractionRerankerServiceCollectionExtensions
{
    /// <summary>Registers a local late interaction reranker; its options must name the model's folder.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddLocalLateInteractionReranker(this IServiceCollection services, Action<LocalLateInteractionRerankerOptions>? configure = null) =>
        LateInteractionRerankerRegistration.Add(services, serviceKey: null, section: null, configure);

    /// <summary>Registers a local late interaction reranker, with options from a configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">A section with properties of <see cref="LocalLateInteractionRerankerOptions"/>; a key that is none of them is refused.</param>
    /// <param name="configure">Sets further options, after the section; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="section"/> is null.</exception>
    public static IServiceCollection AddLocalLateInteractionReranker(this IServiceCollection services, IConfiguration section, Action<LocalLateInteractionRerankerOptions>? configure = null) =>
        LateInteractionRerankerRegistration.Add(services, serviceKey: null, Argument.NotNull(section), configure);

    /// <summary>Registers a local late interaction reranker; its options must name the model's folder under <paramref name="serviceKey"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="serviceKey"/> is null.</exception>
    public static IServiceCollection AddKeyedLocalLateInteractionReranker(this IServiceCollection services, object serviceKey, Action<LocalLateInteractionRerankerOptions>? configure = null) =>
        LateInteractionRerankerRegistration.Add(services, Argument.NotNull(serviceKey), section: null, configure);

    /// <summary>Registers a local late interaction reranker under <paramref name="serviceKey"/>, with options from a configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="section">A section with properties of <see cref="LocalLateInteractionRerankerOptions"/>; a key that is none of them is refused.</param>
    /// <param name="configure">Sets further options, after the section; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/>, <paramref name="serviceKey"/> or <paramref name="section"/> is null.</exception>
    public static IServiceCollection AddKeyedLocalLateInteractionReranker(this IServiceCollection services, object serviceKey, IConfiguration section, Action<LocalLateInteractionRerankerOptions>? configure = null) =>
        LateInteractionRerankerRegistration.Add(services, Argument.NotNull(serviceKey), Argument.NotNull(section), configure);
}
