namespace LocalRetrieval.VectorData;

/// <summary>What a write to a store with a <see cref="LocalVectorStoreOptions.Path"/> survives once it was acknowledged.</summary>
public enum Durability
{
    /// <summary>Nothing for certain: what was written is there after the store was disposed, and most of it after the process ended otherwise.</summary>
    None,

    /// <summary>The end of the process, however it ends. A loss of power may take about the last second of writes, but no part of a batch: it is there whole or not at all.</summary>
    Process,

    /// <summary>A loss of power, as far as the disk keeps what it says it has written. Writers that wait at the same time share a flush.</summary>
    Disk,
}
