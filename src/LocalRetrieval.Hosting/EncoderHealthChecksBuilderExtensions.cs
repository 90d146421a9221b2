using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LocalRetrieval.Hosting;

/// <summary>Adds the health check of encoders.</summary>
public static class EncoderHealthChecksBuilderExtensions
{
    /// <summary>The check's name where none is given.</summary>
    public const string DefaultName = "localretrieval.encoders";

    /// <summary>Adds a check of the registered local encoders of a key (<c>AddLocalEmbeddings</c>, <c>AddLocalReranker</c> and the like).</summary>
    /// <remarks>
    /// Unhealthy where one could not be loaded or warmed up, is being warmed up, or has a queue that does not move; degraded where a queue is slow or nearly full. Figures of each are the data of
    /// the result: <c>Embeddings.loaded</c>, <c>.model</c>, <c>.slots</c>, <c>.queuedTexts</c>, <c>.maxQueuedTexts</c>, <c>.queueFill</c>, <c>.queueStall</c>, <c>.sinceLastRun</c>. It loads nothing,
    /// and takes next to no time.
    /// </remarks>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="serviceKey">The key of the encoders; null for those without.</param>
    /// <param name="configure">Sets from when on it is degraded or unhealthy; null for the defaults.</param>
    /// <param name="failureStatus">What is reported where it fails; null for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Its tags; null for <c>ready</c>: who restarts what is not alive should not restart what has much to do.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty or white space.</exception>
    public static IHealthChecksBuilder AddLocalEncoders(
        this IHealthChecksBuilder builder,
        string name = DefaultName,
        object? serviceKey = null,
        Action<EncoderHealthOptions>? configure = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        EncoderHealthOptions options = new();
        configure?.Invoke(options);
        builder.Services.AddSingleton(new AddedHealthCheck(name, serviceKey));
        return builder.Add(new HealthCheckRegistration(name, services => new EncoderHealthCheck(services, serviceKey, options), failureStatus, tags ?? ["ready"]));
    }

    /// <summary>Adds the check, unless there is one of that name for the same encoders.</summary>
    internal static void TryAddLocalEncoders(this IHealthChecksBuilder builder, string name, object? serviceKey, EncoderHealthOptions options)
    {
        AddedHealthCheck check = new(name, serviceKey);
        if (!builder.Services.Any(service => !service.IsKeyedService && check.Equals(service.ImplementationInstance)))
        {
            builder.Services.AddSingleton(check);
            builder.Add(new HealthCheckRegistration(name, services => new EncoderHealthCheck(services, serviceKey, new EncoderHealthOptions(options)), failureStatus: null, ["ready"]));
        }
    }
}
