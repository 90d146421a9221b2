using LocalRetrieval.VectorData.Collections;
using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Indexing.Upkeep;
using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Records;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.VectorData.Tests.Indexing;

/// <summary>Makes stores whose columns have the indexes that are asked for, from a few rows on.</summary>
internal static class RealIndexes
{
    private static readonly IndexUpkeepOptions Early = new() { LeastRows = 20 };

    /// <summary>A store in memory.</summary>
    public static LocalVectorStore Store() => new(new StoreCatalog(logger: NullLogger.Instance, indexing: Early), new LocalVectorStoreOptions(), embeddingGenerator: null, loggerFactory: null);

    /// <summary>A store over a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="leastRows">From how many rows on files are rewritten in the background.</param>
    /// <param name="make">Makes the indexes; null for those that are asked for.</param>
    /// <param name="logger">Is told what the store tells; null for nobody.</param>
    public static LocalVectorStore Store(string path, int leastRows = int.MaxValue, Func<VectorProperty, VectorIndexKind, VectorIndex?>? make = null, ILogger? logger = null) => new(
        new StoreCatalog(() => new StoreDisk(new DiskFolder(path), Durability.Process, NullLogger.Instance, StoreLock.Take(path), leastRows), isReadOnly: false, logger ?? NullLogger.Instance, make is null ? Early : Early with { Make = make }),
        new LocalVectorStoreOptions(),
        embeddingGenerator: null,
        loggerFactory: null);
}
