namespace LocalRetrieval.VectorData.Snapshots;

/// <summary>Reads bytes of a snapshot, all of those that are asked for.</summary>
internal delegate ReadOnlySpan<byte> SnapshotReader(long offset, int count);
