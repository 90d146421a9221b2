using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;

namespace LocalRetrieval.Hosting;

/// <summary>Adds retrieval to a host, as the client integrations of Aspire add theirs.</summary>
public static class LocalRetrievalHostApplicationBuilderExtensions
{
    /// <summary>The section where none is named.</summary>
    public const string DefaultSectionName = "LocalRetrieval";

    // Microsoft.Extensions.AI's own: chat clients of UseOpenTelemetry tell by it too.
    private const string TelemetryName = "Experimental.Microsoft.Extensions.AI";

    /// <summary>Adds embeddings, reranker, vector store, indexer and retriever with options from a configuration section, a health check, and traces and metrics.</summary>
    /// <remarks>
    /// <para>The section has the sections Embeddings, Reranker, VectorStore, Indexer and Retriever, each of which may be missing; a key that is none of their options is refused when the
    /// host starts. Exporters are the application's, as ServiceDefaults of Aspire sets them.</para>
    /// <para>The health check is <c>localretrieval</c>, with the tag <c>ready</c>: see <see cref="RetrievalHealthChecksBuilderExtensions.AddLocalRetrieval"/>.</para>
    /// </remarks>
    /// <param name="builder">The host's builder.</param>
    /// <param name="sectionName">The section's name. A section that is not there leaves all at its defaults.</param>
    /// <param name="configure">Sets what is registered beside; null for all of it.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="sectionName"/> is null, empty or white space.</exception>
    public static IHostApplicationBuilder AddLocalRetrieval(
        this IHostApplicationBuilder builder, string sectionName = DefaultSectionName, Action<LocalRetrievalHostingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(sectionName);
        LocalRetrievalHostingOptions options = new();
        configure?.Invoke(options);
        builder.Services.AddLocalRetrieval(builder.Configuration.GetSection(sectionName), options.CollectionName);

        // Once, however often a builder is given retrieval: two checks of one name fail all checks of the application.
        if (!options.DisableHealthChecks && builder.Properties.TryAdd(typeof(RetrievalHealthCheck), true))
        {
            builder.Services.AddHealthChecks().AddLocalRetrieval();
        }

        AddTelemetry(builder.Services, options);
        return builder;
    }

    private static void AddTelemetry(IServiceCollection services, LocalRetrievalHostingOptions options)
    {
        OpenTelemetryBuilder telemetry = services.AddOpenTelemetry();
        if (!options.DisableTracing)
        {
            telemetry.WithTracing(tracing => tracing.AddSource(TelemetryName));
        }

        if (!options.DisableMetrics)
        {
            telemetry.WithMetrics(metrics => metrics.AddMeter(TelemetryName));
        }
    }
}
