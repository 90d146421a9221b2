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
    private const string EncodersMeterName = "LocalRetrieval.Encoders";

    /// <summary>Adds embeddings, reranker, vector store, indexer and retriever with options from a configuration section, a health check, and traces and metrics.</summary>
    /// <remarks>
    /// <para>The section has the sections Embeddings, Reranker, VectorStore, Indexer and Retriever, each of which may be missing; a key that is none of their options is refused when the
    /// host starts. Exporters are the application's, as ServiceDefaults of Aspire sets them.</para>
    /// <para>The health checks are <c>localretrieval</c> and <c>localretrieval.encoders</c>, with the tag <c>ready</c>: see <see cref="RetrievalHealthChecksBuilderExtensions.AddLocalRetrieval"/>
    /// and <see cref="EncoderHealthChecksBuilderExtensions.AddLocalEncoders"/>. A further call adds further
    /// services, of which the last are injected and checked; <see cref="AddKeyedLocalRetrieval"/> keeps several apart.</para>
    /// </remarks>
    /// <param name="builder">The host's builder.</param>
    /// <param name="sectionName">The section's name. A section that is not there leaves all at its defaults.</param>
    /// <param name="configure">Sets the collection, and what is registered beside; null for the defaults.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="sectionName"/> is null, empty or white space.</exception>
    public static IHostApplicationBuilder AddLocalRetrieval(
        this IHostApplicationBuilder builder, string sectionName = DefaultSectionName, Action<LocalRetrievalHostingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(sectionName);
        LocalRetrievalHostingOptions options = Create(configure);
        builder.Services.AddLocalRetrieval(builder.Configuration.GetSection(sectionName), options.CollectionName);
        return AddObservation(builder, suffix: "", serviceKey: null, options);
    }

    /// <summary>Adds the same as keyed services, beside others of other keys: with a store, a section, a collection and a health check of their own.</summary>
    /// <remarks>The health checks are <c>localretrieval-</c> and <c>localretrieval.encoders-</c> and the key, with the tag <c>ready</c>. See <see cref="AddLocalRetrieval"/>.</remarks>
    /// <param name="builder">The host's builder.</param>
    /// <param name="serviceKey">The key of all of them, such as <c>faq</c>.</param>
    /// <param name="sectionName">The section's name. A section that is not there leaves all at its defaults.</param>
    /// <param name="configure">Sets the collection, and what is registered beside; null for the defaults.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="serviceKey"/> or <paramref name="sectionName"/> is null, empty or white space.</exception>
    public static IHostApplicationBuilder AddKeyedLocalRetrieval(
        this IHostApplicationBuilder builder, string serviceKey, string sectionName, Action<LocalRetrievalHostingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(serviceKey);
        ArgumentException.ThrowIfNullOrWhiteSpace(sectionName);
        LocalRetrievalHostingOptions options = Create(configure);
        builder.Services.AddKeyedLocalRetrieval(serviceKey, builder.Configuration.GetSection(sectionName), options.CollectionName);
        return AddObservation(builder, $"-{serviceKey}", serviceKey, options);
    }

    private static LocalRetrievalHostingOptions Create(Action<LocalRetrievalHostingOptions>? configure)
    {
        LocalRetrievalHostingOptions options = new();
        configure?.Invoke(options);
        return options;
    }

    private static IHostApplicationBuilder AddObservation(IHostApplicationBuilder builder, string suffix, string? serviceKey, LocalRetrievalHostingOptions options)
    {
        if (!options.DisableHealthChecks)
        {
            IHealthChecksBuilder checks = builder.Services.AddHealthChecks();
            checks.TryAddLocalRetrieval($"{RetrievalHealthChecksBuilderExtensions.DefaultName}{suffix}", serviceKey);
            checks.TryAddLocalEncoders($"{EncoderHealthChecksBuilderExtensions.DefaultName}{suffix}", serviceKey, options.EncoderHealth);
        }

        builder.Services.AddEncoderWarmUp(options.WarmUp, serviceKey);
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
            telemetry.WithMetrics(metrics => metrics.AddMeter(TelemetryName, EncodersMeterName));
        }
    }
}
