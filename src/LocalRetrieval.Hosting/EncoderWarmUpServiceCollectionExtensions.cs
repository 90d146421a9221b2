using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LocalRetrieval.Hosting;

/// <summary>Has encoders loaded when a host starts.</summary>
public static class EncoderWarmUpServiceCollectionExtensions
{
    /// <summary>Has the local encoders of a key (<c>AddLocalEmbeddings</c>, <c>AddLocalReranker</c> and the like) loaded and run once when the host starts.</summary>
    /// <remarks>
    /// All are loaded at once. Where some fail, the host does not start, or with <see cref="WarmUpMode.InBackground"/> that is logged as an error, told by the health check of encoders, and tried
    /// again: after a second, and each time after twice as long, up to a minute. The message names each of them. Of several registrations of a kind and key it is the last. A shutdown meanwhile does not wait for further runs.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="mode">When; with <see cref="WarmUpMode.OnFirstUse"/> nothing is added.</param>
    /// <param name="serviceKey">The key of the encoders; null for those without.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mode"/> is not defined.</exception>
    public static IServiceCollection AddEncoderWarmUp(this IServiceCollection services, WarmUpMode mode, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        WarmUpModes.ThrowIfUndefined(mode, nameof(mode));
        return mode == WarmUpMode.OnFirstUse ? services : services.AddSingleton<IHostedService>(provider => new EncoderWarmUp(provider, serviceKey, mode));
    }
}
