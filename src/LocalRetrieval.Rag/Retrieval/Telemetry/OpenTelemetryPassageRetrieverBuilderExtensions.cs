namespace LocalRetrieval.Rag;

/// <summary>Adds OpenTelemetry to a pipeline of retrievers.</summary>
public static class OpenTelemetryPassageRetrieverBuilderExtensions
{
    /// <summary>Tells OpenTelemetry of each retrieval; see <see cref="OpenTelemetryPassageRetriever"/>. Add it first, so that all stages are within.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="sourceName">The name of source and meter; null for <c>Experimental.Microsoft.Extensions.AI</c>.</param>
    /// <param name="configure">Sets up the stage, whether it tells texts say; null for nothing.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static PassageRetrieverBuilder UseOpenTelemetry(
        this PassageRetrieverBuilder builder, string? sourceName = null, Action<OpenTelemetryPassageRetriever>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use(inner =>
        {
            OpenTelemetryPassageRetriever retriever = new(inner, sourceName);
            configure?.Invoke(retriever);
            return retriever;
        });
    }

    /// <summary>Tells OpenTelemetry of each retrieval; see <see cref="OpenTelemetryPassageRetriever{TRecord}"/>. Add it first, so that all stages are within.</summary>
    /// <typeparam name="TRecord">The type of the records that hold the passages.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="sourceName">The name of source and meter; null for <c>Experimental.Microsoft.Extensions.AI</c>.</param>
    /// <param name="configure">Sets up the stage, whether it tells texts say; null for nothing.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static PassageRetrieverBuilder<TRecord> UseOpenTelemetry<TRecord>(
        this PassageRetrieverBuilder<TRecord> builder, string? sourceName = null, Action<OpenTelemetryPassageRetriever<TRecord>>? configure = null)
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use(inner =>
        {
            OpenTelemetryPassageRetriever<TRecord> retriever = new(inner, sourceName);
            configure?.Invoke(retriever);
            return retriever;
        });
    }
}
