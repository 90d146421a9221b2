using System.Collections.Concurrent;
using LocalRetrieval.VectorData.Filtering;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Collections;

/// <summary>The collections that a store, and those that share them with it, have.</summary>
internal sealed class StoreCatalog
{
    public ConcurrentDictionary<string, Table> Tables { get; } = new(StringComparer.Ordinal);

    public FilterCache Filters { get; } = new();
}
