using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Persistence;

namespace LocalRetrieval.VectorData.Snapshots;

/// <summary>What stands in a snapshot, and where.</summary>
internal sealed class SnapshotDirectory
{
    public required StoredSchema Schema { get; init; }

    /// <summary>The last generation that is in it.</summary>
    public required long Generation { get; init; }

    /// <summary>How many rows there are.</summary>
    public required int Rows { get; init; }

    /// <summary>What fills the vectors, by column.</summary>
    public required EncoderFingerprint?[] Encoders { get; init; }

    public required SnapshotGroup[] Groups { get; init; }

    /// <summary>The table of keys.</summary>
    public required SnapshotSection Keys { get; init; }

    /// <summary>The indexes by slot; null where there is none.</summary>
    public required SnapshotSection?[] Indexes { get; init; }

    /// <summary>All parts but the directory itself.</summary>
    public IEnumerable<SnapshotSection> Sections => [.. Groups.Select(group => group.Section), Keys, .. Indexes.OfType<SnapshotSection>()];

    /// <summary>Finds the directory of a snapshot, from its end, and checks all that says what stands where.</summary>
    /// <param name="read">Reads the file.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="path">How errors name it.</param>
    /// <param name="number">The snapshot's random number.</param>
    /// <exception cref="InvalidDataException">The file is foreign, not whole, or damaged there.</exception>
    public static SnapshotDirectory Locate(SnapshotReader read, long length, string path, out ulong number)
    {
        number = 0;
        if (length < SnapshotFormat.HeaderLength + SnapshotFormat.TrailerLength)
        {
            throw Unreadable(path, "is no snapshot of a store, or not whole");
        }

        ulong end = 0;
        SnapshotSection directory = default;
        int version = SnapshotFormat.VersionOf(read(0, SnapshotFormat.HeaderLength));
        string? fault = SnapshotFormat.ReadHeader(read(0, SnapshotFormat.HeaderLength), out number)
            ?? SnapshotFormat.ReadTrailer(read(length - SnapshotFormat.TrailerLength, SnapshotFormat.TrailerLength), out end, out directory)
            ?? (end != number ? "ends as another snapshot does" : null);
        if (fault is not null)
        {
            throw Unreadable(path, fault);
        }

        ReadOnlySpan<byte> bytes = read(directory.Offset, checked((int)directory.Length));
        if (Checksum.Of(bytes) != directory.Sum)
        {
            throw Unreadable(path, "is damaged where it says what stands where");
        }

        ByteReader reader = new(bytes);
        return Read(ref reader, version);
    }

    private static InvalidDataException Unreadable(string path, string fault) => new($"'{path}' {fault}.");

    private static SnapshotDirectory Read(ref ByteReader reader, int version)
    {
        StoredSchema schema = StoredSchema.Read(ref reader);
        long generation = reader.Read<long>();
        int rows = reader.ReadCount();
        EncoderFingerprint?[] encoders = EncoderCodec.Read(ref reader);
        SnapshotGroup[] groups = new SnapshotGroup[reader.ReadCount()];
        int firstRow = 0;
        for (int i = 0; i < groups.Length; i++)
        {
            int count = reader.ReadCount();
            groups[i] = new SnapshotGroup(firstRow, count, ReadSection(ref reader), version == SnapshotFormat.OneVectorVersion ? [] : ReadCounts(ref reader));
            firstRow += count;
        }

        SnapshotSection keys = ReadSection(ref reader);
        SnapshotSection?[] indexes = new SnapshotSection?[schema.Descriptions.Length];
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            indexes[reader.ReadCount()] = ReadSection(ref reader);
        }

        return new SnapshotDirectory { Schema = schema, Generation = generation, Rows = rows, Encoders = encoders, Groups = groups, Keys = keys, Indexes = indexes };
    }

    public void Write(ByteWriter writer)
    {
        Schema.Write(writer);
        writer.Write(Generation);
        writer.WriteCount(Rows);
        EncoderCodec.Write(writer, Encoders);
        writer.WriteCount(Groups.Length);
        foreach (SnapshotGroup group in Groups)
        {
            writer.WriteCount(group.Rows);
            WriteSection(writer, group.Section);
            if (group.Vectors.Length > 0)
            {
                writer.WriteCount(group.Vectors.Length);
                Array.ForEach(group.Vectors, writer.WriteCount);
            }
        }

        WriteSection(writer, Keys);
        writer.WriteCount(Indexes.Count(section => section is not null));
        for (int slot = 0; slot < Indexes.Length; slot++)
        {
            if (Indexes[slot] is { } section)
            {
                writer.WriteCount(slot);
                WriteSection(writer, section);
            }
        }
    }

    private static int[] ReadCounts(ref ByteReader reader)
    {
        int[] counts = new int[reader.ReadCount()];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = reader.ReadCount();
        }

        return counts;
    }

    private static void WriteSection(ByteWriter writer, SnapshotSection section)
    {
        writer.Write(section.Offset);
        writer.Write(section.Length);
        writer.Write(section.Sum);
    }

    private static SnapshotSection ReadSection(ref ByteReader reader)
    {
        long offset = reader.Read<long>();
        long length = reader.Read<long>();
        return new SnapshotSection(offset, length, reader.Read<uint>());
    }
}
