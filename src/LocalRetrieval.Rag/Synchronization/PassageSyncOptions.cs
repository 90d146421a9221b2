namespace LocalRetrieval.Rag;

/// <summary>Options of a <see cref="PassageSync"/>.</summary>
public sealed class PassageSyncOptions
{
    /// <summary>The defaults.</summary>
    public PassageSyncOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>, its options of synchronisation and of the store included.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public PassageSyncOptions(PassageSyncOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Folder = other.Folder;
        Scope = other.Scope;
        Sync = new SyncOptions(other.Sync);
        Definition = new PassageDefinitionOptions(other.Definition);
        Watch = other.Watch;
        Debounce = other.Debounce;
        PollingInterval = other.PollingInterval;
        RetryDelay = other.RetryDelay;
        MaxRetryDelay = other.MaxRetryDelay;
        UuidKeys = other.UuidKeys;
        IndexerKey = other.IndexerKey;
        VectorStoreKey = other.VectorStoreKey;
    }

    /// <summary>The folder.</summary>
    /// <value>Must be set. A relative path is one from the current directory.</value>
    public string Folder { get; set; } = "";

    /// <summary>The scope that owns the folder's sources.</summary>
    /// <value>Null takes the collection's name. The default is null.</value>
    public string? Scope { get; set; }

    /// <summary>How each run synchronises.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public SyncOptions Sync
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Sync));
            field = value;
        }
    } = new();

    /// <summary>What the store knows, by which the collection is defined.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public PassageDefinitionOptions Definition
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Definition));
            field = value;
        }
    } = new();

    /// <summary>Whether the folder is watched, so that a change in it starts a run.</summary>
    /// <value>The default is true. Network shares and mounted volumes may tell of no changes; set <see cref="PollingInterval"/> for those.</value>
    public bool Watch { get; set; } = true;

    /// <summary>How long nothing must change before a change starts a run; at the latest it starts after ten times as long.</summary>
    /// <value>More than zero. The default is half a second.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or less.</exception>
    public TimeSpan Debounce { get; set => field = Positive(value, nameof(Debounce)); } = TimeSpan.FromMilliseconds(500);

    /// <summary>After how long a run starts whether or not a change was seen.</summary>
    /// <value>More than zero, or null for never. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or less.</exception>
    public TimeSpan? PollingInterval { get; set => field = value is { } interval ? Positive(interval, nameof(PollingInterval)) : null; }

    /// <summary>How long it takes to try again after a run that failed, or in which a source did; doubled each time until one succeeds.</summary>
    /// <value>More than zero. The default is five seconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or less.</exception>
    public TimeSpan RetryDelay { get; set => field = Positive(value, nameof(RetryDelay)); } = TimeSpan.FromSeconds(5);

    /// <summary>The longest that it takes to try again.</summary>
    /// <value>More than zero; below <see cref="RetryDelay"/> it counts as that. The default is ten minutes.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or less.</exception>
    public TimeSpan MaxRetryDelay { get; set => field = Positive(value, nameof(MaxRetryDelay)); } = TimeSpan.FromMinutes(10);

    /// <summary>Whether the collection's keys are UUIDs.</summary>
    /// <value>The default is false: they are text.</value>
    public bool UuidKeys { get; set; }

    /// <summary>The key of the indexer among the registered services.</summary>
    /// <value>Null takes the registration's own key, if there is such a service, or else the one without a key. The default is null.</value>
    public string? IndexerKey { get; set; }

    /// <summary>The key of the store among the registered services.</summary>
    /// <value>Null takes the registration's own key, if there is such a service, or else the one without a key. The default is null.</value>
    public string? VectorStoreKey { get; set; }

    private static TimeSpan Positive(TimeSpan value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, name);
        return value;
    }
}
