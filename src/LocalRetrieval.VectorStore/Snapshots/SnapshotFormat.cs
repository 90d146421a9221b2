using System.Buffers.Binary;
using LocalRetrieval.VectorData.Log;

namespace LocalRetrieval.VectorData.Snapshots;

/// <summary>How a snapshot is written: a header, groups of rows, the table of keys, an index for each indexed column, a directory of those, and a trailer that says where that is.</summary>
/// <remarks>
/// A snapshot is written once, from its beginning to its end, and never changed. Header and trailer are a mark, the format's version, a random number that is the same in both, and their checksum; each part
/// between has its checksum in the directory, so that there is no byte that is not covered by one. Numbers are little-endian, and vectors lie as memory has them.
/// </remarks>
internal static class SnapshotFormat
{
    /// <summary>The newest version: where records have several vectors, groups say how many.</summary>
    public const int Version = 2;

    /// <summary>The version before, which is still written where records have none such.</summary>
    public const int OneVectorVersion = 1;

    /// <summary>Parts begin at multiples of it: of a cache line.</summary>
    public const int Alignment = 64;

    public const int HeaderLength = Alignment;

    public const int TrailerLength = Alignment;

    // As text "LRSTSNP\n", "LRSTIDX\n" and "LRSTEND\n".
    private const ulong Mark = 0x0A504E535453524C;
    private const ulong IndexMark = 0x0A5844495453524C;
    private const ulong EndMark = 0x0A444E455453524C;

    private const int VersionAt = 8;
    private const int NumberAt = 12;
    private const int DirectoryAt = 20;
    private const int DirectoryLengthAt = 28;
    private const int DirectorySumAt = 36;
    private const int SumAt = Alignment - sizeof(uint);

    /// <summary>The first multiple of <see cref="Alignment"/> that is not before an offset.</summary>
    public static long Align(long offset) => (offset + Alignment - 1) & -Alignment;

    public static void WriteHeader(Span<byte> header, int version, ulong number) => Write(header, Mark, version, number);

    /// <summary>Writes the header of a file that has an index over the snapshot of a number.</summary>
    public static void WriteIndexHeader(Span<byte> header, ulong number) => Write(header, IndexMark, Version, number);

    public static void WriteTrailer(Span<byte> trailer, int version, ulong number, SnapshotSection directory)
    {
        BinaryPrimitives.WriteInt64LittleEndian(trailer[DirectoryAt..], directory.Offset);
        BinaryPrimitives.WriteInt64LittleEndian(trailer[DirectoryLengthAt..], directory.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[DirectorySumAt..], directory.Sum);
        Write(trailer, EndMark, version, number);
    }

    /// <summary>Reads a header.</summary>
    /// <returns>What is wrong with it, in words; null where nothing is.</returns>
    public static string? ReadHeader(ReadOnlySpan<byte> header, out ulong number) => Read(header, Mark, out number);

    /// <summary>Reads the header of a file that has an index.</summary>
    /// <returns>What is wrong with it, in words; null where nothing is.</returns>
    public static string? ReadIndexHeader(ReadOnlySpan<byte> header, out ulong number) => Read(header, IndexMark, out number);

    /// <summary>Reads a trailer.</summary>
    /// <returns>What is wrong with it, in words; null where nothing is.</returns>
    public static string? ReadTrailer(ReadOnlySpan<byte> trailer, out ulong number, out SnapshotSection directory)
    {
        directory = default;
        if (Read(trailer, EndMark, out number) is { } fault)
        {
            return fault;
        }

        directory = new SnapshotSection(
            BinaryPrimitives.ReadInt64LittleEndian(trailer[DirectoryAt..]),
            BinaryPrimitives.ReadInt64LittleEndian(trailer[DirectoryLengthAt..]),
            BinaryPrimitives.ReadUInt32LittleEndian(trailer[DirectorySumAt..]));
        return null;
    }

    /// <summary>The version that a header says.</summary>
    public static int VersionOf(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32LittleEndian(header[VersionAt..]);

    private static void Write(Span<byte> bytes, ulong mark, int version, ulong number)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, mark);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[VersionAt..], version);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[NumberAt..], number);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[SumAt..], Checksum.Of(bytes[..SumAt]));
    }

    private static string? Read(ReadOnlySpan<byte> bytes, ulong mark, out ulong number)
    {
        number = 0;
        if (bytes.Length < Alignment || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != mark)
        {
            return mark == IndexMark ? "is no index of a store, or not whole" : "is no snapshot of a store, or not whole";
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[SumAt..]) != Checksum.Of(bytes[..SumAt]))
        {
            return "is damaged where it says what it is";
        }

        int version = VersionOf(bytes);
        number = BinaryPrimitives.ReadUInt64LittleEndian(bytes[NumberAt..]);
        return version is OneVectorVersion or Version ? null : $"is of format {version}, and this version of LocalRetrieval reads formats {OneVectorVersion} and {Version}";
    }
}
