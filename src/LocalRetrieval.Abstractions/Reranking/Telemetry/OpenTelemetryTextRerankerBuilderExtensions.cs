namespace LocalRetrieval;

/// <summary>Adds OpenTelemetry to a pipeline of rerankers.</summary>
public static class OpenTelemetryTextRerankerBuilderExtensions
{
    /// <summary>Tells OpenTelemetry of each reranking; see <see cref="OpenTelemetryTextReranker"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="sourceName">The name of source and meter; null for <c>Experimental.Microsoft.Extensions.AI</c>.</param>
    /// <param name="configure">Sets up the stage, whether it tells texts say; null for nothing.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static TextRerankerBuilder UseOpenTelemetry(this TextRerankerBuilder builder, string? sourceName = null, Action<OpenTelemetryTextReranker>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use(inner =>
        {
            OpenTelemetryTextReranker reranker = new(inner, sourceName);
            configure?.Invoke(reranker);
            return reranker;
        });
    }
}
