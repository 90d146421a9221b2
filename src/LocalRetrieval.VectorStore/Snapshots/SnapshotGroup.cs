namespace LocalRetrieval.VectorData.Snapshots;

/// <summary>Neighbouring rows of a snapshot, which stand together.</summary>
/// <param name="FirstRow">The number of the first one.</param>
/// <param name="Rows">How many they are.</param>
/// <param name="Section">Where they stand.</param>
/// <param name="Vectors">How many vectors they have, by column, of several a record; 0 for other columns. Empty where no column is of such.</param>
internal readonly record struct SnapshotGroup(int FirstRow, int Rows, SnapshotSection Section, int[] Vectors);
