namespace LocalRetrieval.VectorData.Snapshots;

/// <summary>Neighbouring rows of a snapshot, which stand together.</summary>
/// <param name="FirstRow">The number of the first one.</param>
/// <param name="Rows">How many they are.</param>
/// <param name="Section">Where they stand.</param>
internal readonly record struct SnapshotGroup(int FirstRow, int Rows, SnapshotSection Section);
