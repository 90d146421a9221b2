using System.Collections.Concurrent;
using LocalRetrieval.VectorData.Collections;
using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Indexing.Upkeep;
using LocalRetrieval.VectorData.Persistence;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.VectorData.Tests.Indexing.Upkeep;

/// <summary>Makes stores whose columns have <see cref="CopyIndex"/>es, and has these wait or fail.</summary>
internal sealed class CopyIndexes
{
    private readonly ConcurrentDictionary<string, int> _calls = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _called = new();

    /// <summary>From how many rows on a column has an index.</summary>
    public int LeastRows { get; init; } = 1;

    /// <summary>From when on an exact search is too slow for a column that leaves its index open.</summary>
    public TimeSpan SlowSearch { get; init; } = TimeSpan.Zero;

    /// <summary>For how long a column has no index for which there was no memory.</summary>
    public TimeSpan PauseWithoutMemory { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What counts of what is saved.</summary>
    public string Version { get; init; } = "1";

    /// <summary>Called by each member of an index, by name.</summary>
    public Action<string, CancellationToken> Entered { get; set; } = static (_, _) => { };

    /// <summary>Whether indexes take no rows, and say nothing.</summary>
    public bool IsStuck { get; init; }

    /// <summary>Which rows searches do not find, though they are there.</summary>
    public Func<int, bool> Misses { get; set; } = static _ => false;

    /// <summary>Whether searches tell of what they meet with as threads that share work do.</summary>
    public bool Wraps { get; set; }

    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>The index that was last made, or got its rows' numbers.</summary>
    public CopyIndex? Last { get; private set; }

    /// <summary>How many dead rows each repair found.</summary>
    public ConcurrentBag<int> Repaired { get; } = [];

    private IndexUpkeepOptions Options => new()
    {
        LeastRows = LeastRows,
        SlowSearch = SlowSearch,
        PauseWithoutMemory = PauseWithoutMemory,
        Make = (property, kind) => Last = new CopyIndex(property, kind, this),
    };

    /// <summary>How many times a member was called.</summary>
    public int Calls(string member) => _calls.GetValueOrDefault(member);

    /// <summary>Ends when a member was called.</summary>
    public Task WhenCalledAsync(string member) => Called(member).Task;

    public void Enter(string member, CancellationToken cancellationToken)
    {
        _calls.AddOrUpdate(member, 1, static (_, calls) => calls + 1);
        Called(member).TrySetResult();
        Entered(member, cancellationToken);
    }

    public void Note(CopyIndex index) => Last = index;

    /// <summary>A store in memory.</summary>
    public LocalVectorStore Store(IEmbeddingGenerator? generator = null, LocalVectorStoreOptions? options = null) =>
        new(new StoreCatalog(logger: Logger, indexing: Options), options ?? new(), generator, loggerFactory: null);

    /// <summary>A store over a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="isReadOnly">Whether it is read alone.</param>
    /// <param name="leastRows">From how many rows on files are rewritten in the background.</param>
    public LocalVectorStore Store(string path, bool isReadOnly = false, int leastRows = int.MaxValue) => Over(
        () => isReadOnly ? StoreDisk.OpenToRead(path, Logger) : new StoreDisk(new DiskFolder(path), Durability.Process, Logger, StoreLock.Take(path), leastRows), isReadOnly);

    /// <summary>A store over whatever opens.</summary>
    public LocalVectorStore Over(Func<StoreDisk> open, bool isReadOnly = false) =>
        new(new StoreCatalog(open, isReadOnly, Logger, Options), new LocalVectorStoreOptions(), embeddingGenerator: null, loggerFactory: null);

    private TaskCompletionSource Called(string member) => _called.GetOrAdd(member, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
