using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LocalRetrieval.Hosting;

/// <summary>Adds the health check of retrieval.</summary>
public static class RetrievalHealthChecksBuilderExtensions
{
    /// <summary>The check's name where none is given.</summary>
    public const string DefaultName = "localretrieval";

    /// <summary>Adds a check of the registered retriever, and of the folders that are kept in step (<c>AddPassageSync</c>).</summary>
    /// <remarks>
    /// Healthy where a question can be answered. Degraded while a folder is synchronised for the first time or its last run failed, or while nothing is indexed; what is indexed is searched
    /// all the same. Unhealthy where the retriever cannot be made or asked, as where a model's files are damaged: its first run loads the models.
    /// </remarks>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="serviceKey">The retriever's key; null for the one without.</param>
    /// <param name="failureStatus">What is reported where it fails; null for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Its tags; null for <c>ready</c>, by which applications tell what must work before they are sent requests.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty or white space.</exception>
    public static IHealthChecksBuilder AddLocalRetrieval(
        this IHealthChecksBuilder builder,
        string name = DefaultName,
        object? serviceKey = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        builder.Services.AddSingleton(new AddedHealthCheck(name, serviceKey));
        return builder.Add(new HealthCheckRegistration(name, services => new RetrievalHealthCheck(services, serviceKey), failureStatus, tags ?? ["ready"]));
    }

    /// <summary>Adds the check, unless there is one of that name for the same retriever.</summary>
    internal static void TryAddLocalRetrieval(this IHealthChecksBuilder builder, string name, object? serviceKey)
    {
        AddedHealthCheck check = new(name, serviceKey);
        if (!builder.Services.Any(service => !service.IsKeyedService && check.Equals(service.ImplementationInstance)))
        {
            builder.AddLocalRetrieval(name, serviceKey);
        }
    }
}
