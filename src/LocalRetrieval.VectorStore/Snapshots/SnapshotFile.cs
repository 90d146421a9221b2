using LocalRetrieval.VectorData.Files;

namespace LocalRetrieval.VectorData.Snapshots;

/// <summary>A snapshot in memory that the system reads when it is looked at. What says where all is has been checked; the rest is by <see cref="SnapshotCheck"/>.</summary>
internal sealed class SnapshotFile
{
    private SnapshotFile(MappedBytes bytes, ulong number, SnapshotDirectory directory)
    {
        Bytes = bytes;
        Number = number;
        Directory = directory;
    }

    public MappedBytes Bytes { get; }

    /// <summary>A random number that tells the snapshot from any other, of the same name too.</summary>
    public ulong Number { get; }

    public SnapshotDirectory Directory { get; }

    /// <summary>Says that a collection's snapshot is not there.</summary>
    public static string DescribeMissing(string path) => $"'{path}', which has most of the collection's records, is missing.";

    /// <summary>Says that there is a snapshot, and not the collection's.</summary>
    public static string DescribeOther(string path) => $"'{path}' is another snapshot than the collection's log was written behind.";

    /// <param name="bytes">The file.</param>
    /// <param name="path">How errors name it.</param>
    /// <exception cref="InvalidDataException">It is foreign, not whole, or damaged where it says what stands where.</exception>
    public static SnapshotFile Open(MappedBytes bytes, string path)
    {
        SnapshotDirectory directory = SnapshotDirectory.Locate(bytes.Read, bytes.Length, path, out ulong number);
        GC.KeepAlive(bytes);
        return new SnapshotFile(bytes, number, directory);
    }
}
