using System.Buffers.Binary;

namespace LocalRetrieval.VectorData.Log;

/// <summary>How a log is written: a header, and frames one after another.</summary>
/// <remarks>
/// The header is a mark, the format's version, a random number and their checksum. A frame is a mark, the payload's length, a checksum, the generation, how much of the log had been flushed when it
/// was appended, and the payload: what is missing before that is damage, what is missing behind it was only ever on its way. The checksum begins
/// with the log's random number, so that no bytes of another log, be it one that stood in the same place of the disk or one that a record holds as text, pass for a frame of this one. Numbers
/// are little-endian.
/// </remarks>
internal static class LogFormat
{
    public const int Version = 1;

    public const int HeaderLength = 24;

    public const int FrameHeaderLength = 28;

    /// <summary>The longest payload in bytes.</summary>
    public const int MaxPayload = 1 << 30;

    // As text "LRSTLOG\n" and "LRFM".
    private const ulong Mark = 0x0A474F4C5453524C;
    private const uint FrameMark = 0x4D46524C;

    private const int VersionAt = 8;
    private const int NumberAt = 12;
    private const int HeaderChecksumAt = 20;

    private const int LengthAt = 4;
    private const int ChecksumAt = 8;
    private const int GenerationAt = 12;
    private const int FlushedAt = 20;

    public static void WriteHeader(Span<byte> header, ulong number)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(header, Mark);
        BinaryPrimitives.WriteInt32LittleEndian(header[VersionAt..], Version);
        BinaryPrimitives.WriteUInt64LittleEndian(header[NumberAt..], number);
        BinaryPrimitives.WriteUInt32LittleEndian(header[HeaderChecksumAt..], Checksum.Of(header[..HeaderChecksumAt]));
    }

    /// <summary>Reads a header.</summary>
    /// <returns>What is wrong with it, in words; null where nothing is.</returns>
    public static string? ReadHeader(ReadOnlySpan<byte> header, out ulong number)
    {
        number = 0;
        if (header.Length < HeaderLength || BinaryPrimitives.ReadUInt64LittleEndian(header) != Mark)
        {
            return "is no log of a store";
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(header[HeaderChecksumAt..]) != Checksum.Of(header[..HeaderChecksumAt]))
        {
            return "has a damaged header";
        }

        int version = BinaryPrimitives.ReadInt32LittleEndian(header[VersionAt..]);
        number = BinaryPrimitives.ReadUInt64LittleEndian(header[NumberAt..]);
        return version == Version ? null : $"is of format {version}, and this version of LocalRetrieval reads format {Version}";
    }

    /// <summary>Writes the header of a frame, whose payload stands behind it.</summary>
    public static void WriteFrameHeader(Span<byte> frame, ulong number, long generation, long flushed)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(frame, FrameMark);
        BinaryPrimitives.WriteInt32LittleEndian(frame[LengthAt..], frame.Length - FrameHeaderLength);
        BinaryPrimitives.WriteInt64LittleEndian(frame[GenerationAt..], generation);
        BinaryPrimitives.WriteInt64LittleEndian(frame[FlushedAt..], flushed);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[ChecksumAt..], ChecksumOf(frame, number));
    }

    public const int MarkLength = sizeof(uint);

    /// <summary>Where bytes have the mark of a frame first; -1 where they have none.</summary>
    public static int IndexOfMark(ReadOnlySpan<byte> bytes) => bytes.IndexOf("LRFM"u8);

    /// <summary>The length of the frame that begins with this header, payload included; null where the header is none.</summary>
    public static int? LengthOf(ReadOnlySpan<byte> header) =>
        header.Length >= FrameHeaderLength && BinaryPrimitives.ReadUInt32LittleEndian(header) == FrameMark && BinaryPrimitives.ReadInt32LittleEndian(header[LengthAt..]) is >= 0 and <= MaxPayload and int payload
            ? FrameHeaderLength + payload
            : null;

    /// <summary>Whether a whole frame is as it was written.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> frame, ulong number) => BinaryPrimitives.ReadUInt32LittleEndian(frame[ChecksumAt..]) == ChecksumOf(frame, number);

    public static long GenerationOf(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadInt64LittleEndian(frame[GenerationAt..]);

    /// <summary>How much of the log had been flushed when a frame was appended.</summary>
    public static long FlushedOf(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadInt64LittleEndian(frame[FlushedAt..]);

    private static uint ChecksumOf(ReadOnlySpan<byte> frame, ulong number)
    {
        Span<byte> seed = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(seed, number);
        uint sum = Checksum.Of(frame[LengthAt..ChecksumAt], Checksum.Of(seed));
        return Checksum.Of(frame[GenerationAt..], sum);
    }
}
