using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Log;

namespace LocalRetrieval.VectorData.Snapshots;

/// <summary>A snapshot in memory that the system reads when it is looked at. What says where all is has been checked; the rest is by <see cref="FindDamage"/>.</summary>
internal sealed class SnapshotFile
{
    /// <summary>How much is summed at once: between, whoever asks may cancel.</summary>
    private const int BytesAtOnce = 16 << 20;

    private readonly string _path;

    private SnapshotFile(MappedBytes bytes, string path, ulong number, SnapshotDirectory directory)
    {
        Bytes = bytes;
        _path = path;
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
        if (bytes.Length < SnapshotFormat.HeaderLength + SnapshotFormat.TrailerLength)
        {
            throw new InvalidDataException($"'{path}' is no snapshot of a store, or not whole.");
        }

        SnapshotSection directory = default;
        ulong end = 0;
        string? fault = SnapshotFormat.ReadHeader(bytes.Read(0, SnapshotFormat.HeaderLength), out ulong number)
            ?? SnapshotFormat.ReadTrailer(bytes.Read(bytes.Length - SnapshotFormat.TrailerLength, SnapshotFormat.TrailerLength), out end, out directory)
            ?? (end != number ? "ends as another snapshot does" : null)
            ?? (Checksum.Of(bytes.Read(directory.Offset, checked((int)directory.Length))) != directory.Sum ? "is damaged where it says what stands where" : null);
        if (fault is not null)
        {
            throw new InvalidDataException($"'{path}' {fault}.");
        }

        ByteReader reader = new(bytes.Read(directory.Offset, (int)directory.Length));
        SnapshotFile file = new(bytes, path, number, SnapshotDirectory.Read(ref reader));
        GC.KeepAlive(bytes);
        return file;
    }

    /// <summary>Reads all of the file, and says in words where it is not as it was written; null where it is.</summary>
    public string? FindDamage(CancellationToken cancellationToken = default)
    {
        foreach (SnapshotSection section in Directory.Sections)
        {
            if (SumOf(section, cancellationToken) != section.Sum)
            {
                return $"'{_path}' is damaged between byte {section.Offset:N0} and byte {section.Offset + section.Length:N0}.";
            }
        }

        return null;
    }

    private uint SumOf(SnapshotSection section, CancellationToken cancellationToken)
    {
        uint sum = 0;
        for (long done = 0; done < section.Length; done += BytesAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sum = Checksum.Of(Bytes.Read(section.Offset + done, (int)Math.Min(BytesAtOnce, section.Length - done)), sum);
        }

        return sum;
    }
}
