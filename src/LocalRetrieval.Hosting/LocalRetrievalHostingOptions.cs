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

    /// <summary>When the encoders are loaded and run for the first time; of keyed retrieval, those of its key.</summary>
    /// <value>The default is <see cref="WarmUpMode.OnFirstUse"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public WarmUpMode WarmUp
    {
        get;
        set
        {
            WarmUpModes.ThrowIfUndefined(value, nameof(WarmUp));
            field = value;
        }
    }

    /// <summary>From when on the health check of encoders is degraded or unhealthy.</summary>
    /// <value>The defaults.</value>
    public EncoderHealthOptions EncoderHealth { get; } = new();

    /// <summary>Whether no health check is registered, of retrieval or of encoders.</summary>
    /// <value>The default is false.</value>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Whether traces of retrieval are left out of OpenTelemetry.</summary>
    /// <value>The default is false.</value>
    public bool DisableTracing { get; set; }

    /// <summary>Whether metrics of retrieval are left out of OpenTelemetry.</summary>
    /// <value>The default is false.</value>
    public bool DisableMetrics { get; set; }
}
