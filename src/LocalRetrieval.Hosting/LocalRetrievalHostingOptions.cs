namespace LocalRetrieval.Hosting;

/// <summary>What <see cref="LocalRetrievalHostApplicationBuilderExtensions.AddLocalRetrieval"/> registers beside retrieval.</summary>
public sealed class LocalRetrievalHostingOptions
{
    /// <summary>The collection that is searched: the one that documents are indexed into, or that <c>AddPassageSync</c> names.</summary>
    /// <value>The default is <see cref="LocalRetrievalServiceCollectionExtensions.DefaultCollectionName"/>, <c>passages</c>.</value>
    /// <exception cref="ArgumentException">The value is null, empty or white space.</exception>
    public string CollectionName
    {
        get;
        set
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(CollectionName));
            field = value;
        }
    } = LocalRetrievalServiceCollectionExtensions.DefaultCollectionName;

    /// <summary>Whether no health check is registered.</summary>
    /// <value>The default is false.</value>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Whether traces of retrieval are left out of OpenTelemetry.</summary>
    /// <value>The default is false.</value>
    public bool DisableTracing { get; set; }

    /// <summary>Whether metrics of retrieval are left out of OpenTelemetry.</summary>
    /// <value>The default is false.</value>
    public bool DisableMetrics { get; set; }
}
