namespace LocalRetrieval.Bench.StoreOnDisk;

/// <summary>How much is measured.</summary>
internal sealed record StoreWork
{
    private const long Gigabyte = 1_000_000_000;

    private StoreWork()
    {
    }

    /// <summary>How often each contender runs.</summary>
    public required int Rounds { get; init; }

    /// <summary>The folder under which the stores are made; null for the system's folder of temporary files.</summary>
    public string? Folder { get; init; }

    /// <summary>Records of the collection that is loaded and opened.</summary>
    public required int Records { get; init; }

    /// <summary>How often it is loaded and opened as a process left it that was killed.</summary>
    public required int Loads { get; init; }

    /// <summary>Records that are written 1,000 a call in a round.</summary>
    public required int Together { get; init; }

    /// <summary>Records that are written one a call in a round.</summary>
    public required int Alone { get; init; }

    /// <summary>Commits in a round that are flushed one by one, and of each of the <see cref="Writers"/>.</summary>
    public required int Flushed { get; init; }

    /// <summary>Records of the collection whose log is rewritten while it is searched.</summary>
    public required int Compacted { get; init; }

    /// <summary>Records of the collection that is opened with little memory.</summary>
    public required int LittleMemory { get; init; }

    /// <summary>Records of the collection that is opened beside SQLite.</summary>
    public required int Opened { get; init; }

    /// <summary>Writers that commit at the same time.</summary>
    public int Writers { get; init; } = 16;

    public static StoreWork Full(int rounds, int records, string? folder) => new()
    {
        Rounds = rounds,
        Folder = folder,
        Records = records,
        Loads = 3,
        Together = 50_000,
        Alone = 5_000,
        Flushed = 300,
        Compacted = 200_000,
        LittleMemory = (int)(3 * Gigabyte / 2 / StoreRecords.Bytes),
        Opened = 100_000,
    };

    /// <summary>Enough to see that it works; its figures mean little.</summary>
    public static StoreWork Quick(int records, string? folder) => new()
    {
        Rounds = 2,
        Folder = folder,
        Records = Math.Min(records, 20_000),
        Loads = 1,
        Together = 5_000,
        Alone = 500,
        Flushed = 50,
        Compacted = 30_000,
        LittleMemory = 20_000,
        Opened = 10_000,
    };
}
