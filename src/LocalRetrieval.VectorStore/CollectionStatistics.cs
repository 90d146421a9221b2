using System.Globalization;

namespace LocalRetrieval.VectorData;

/// <summary>How large a collection is, and what it takes of memory and disk; <see cref="LocalVectorStore.GetStatisticsAsync"/> gives it.</summary>
public sealed record CollectionStatistics
{
    /// <summary>Whether the collection was opened. One in a folder is when it is first used.</summary>
    public bool IsLoaded { get; init; }

    /// <summary>How many records it has; null where it was not opened.</summary>
    public long? Records { get; init; }

    /// <summary>How many batches were written since the collection was made, or its vectors were made anew: each counts one up. Null where it was not opened.</summary>
    public long? Generation { get; init; }

    /// <summary>How many records that were replaced or deleted still take memory. They leave it once they outnumber those that are there, and a thousand or 16 MB of several vectors a record. Those in a snapshot are not among them.</summary>
    public long DeadRecords { get; init; }

    /// <summary>How many records that were replaced or deleted still stand in log and snapshot: a collection's <c>CompactAsync</c> takes them out. Null where it is not open, or without a folder.</summary>
    public long? DeadOnDisk { get; init; }

    /// <summary>How many bytes the vectors take in memory that are not in a snapshot, those of <see cref="DeadRecords"/> included; of sparse ones the postings, those of a snapshot too, once they are made; of several a record what chooses among them as well.</summary>
    public long VectorBytes { get; init; }

    /// <summary>How many records stand in the log, those that were replaced or deleted included: what stands there is put into a snapshot in the background. Null where it was not opened, without a folder, and in a store that only reads.</summary>
    public long? LogRecords { get; init; }

    /// <summary>How many records stand in the snapshot, those that were replaced or deleted since included. Null where it was not opened, and without a folder or, in a store that only reads, a snapshot.</summary>
    public long? SnapshotRecords { get; init; }

    /// <summary>How many bytes the snapshot has, and one that is being made. It is mapped, so that the system has of it in memory what was looked at lately.</summary>
    public long SnapshotBytes { get; init; }

    /// <summary>How many bytes the files have in which indexes over dense vectors are kept, and those that are being made. They are mapped, as the snapshot is.</summary>
    public long IndexBytes { get; init; }

    /// <summary>How many bytes the log has.</summary>
    public long LogBytes { get; init; }

    /// <summary>How many bytes were put aside, as the end of a log that was cut (".torn") or the rest of one that was repaired (".damaged").</summary>
    public long AsideBytes { get; init; }

    /// <summary>How many bytes the collection's other files have: a log that is being made, or is about to be deleted, what a rebuild has made so far, and the file that says which log is the collection's.</summary>
    public long OtherBytes { get; init; }

    /// <summary>Whether a snapshot is being made, without what was replaced or deleted.</summary>
    public bool IsCompacting { get; init; }

    /// <summary>The indexes over dense vectors, one for each such property that asks for one by its <c>IndexKind</c>. None where the collection was not opened.</summary>
    public IReadOnlyList<VectorIndexStatistics> VectorIndexes { get; init; } = [];

    /// <summary>What chooses among records, one for each property of several vectors a record that asks for a <see cref="MultiVectorFirstPass"/>. None where the collection was not opened.</summary>
    public IReadOnlyList<FirstPassStatistics> FirstPasses { get; init; } = [];

    /// <summary>The figures, in a line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{InMemory()}; on disk {SnapshotBytes:N0} bytes of snapshot, {LogBytes:N0} of log, {IndexBytes:N0} of indexes, {AsideBytes:N0} put aside, {OtherBytes:N0} others{(IsCompacting ? "; being compacted" : "")}");

    private string InMemory() => !IsLoaded ? "not in memory" : string.Create(
        CultureInfo.InvariantCulture, $"{Records:N0} records and {DeadRecords:N0} dead ones at generation {Generation}, {VectorBytes:N0} bytes of vectors");
}
