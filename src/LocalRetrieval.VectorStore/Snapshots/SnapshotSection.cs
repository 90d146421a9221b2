namespace LocalRetrieval.VectorData.Snapshots;

/// <summary>A part of a snapshot.</summary>
/// <param name="Offset">Where it begins: at a multiple of <see cref="SnapshotFormat.Alignment"/>.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Sum">Their checksum.</param>
internal readonly record struct SnapshotSection(long Offset, long Length, uint Sum);
