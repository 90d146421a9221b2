using System.Buffers.Binary;
using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>Tells UTF-16 and UTF-32 without a mark by where their NULs stand.</summary>
internal static class NullPattern
{
    private const int MaxLength = 64 * 1024;

    private static readonly Encoding[] Wide =
    [
        new UTF32Encoding(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true),
        new UTF32Encoding(bigEndian: true, byteOrderMark: false, throwOnInvalidCharacters: true),
    ];

    private static readonly Encoding[] Narrow =
    [
        new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true),
    ];

    /// <summary>The encoding, which refuses what is no text; null where the bytes have no such pattern.</summary>
    public static Encoding? Find(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> start = bytes[..Math.Min(bytes.Length, MaxLength)];
        if (start.Length < 2 || !start.Contains((byte)0) || BinaryContent.KindOf(start) is not null)
        {
            return null;
        }

        return AreCodePoints(start, bigEndian: false) ? Wide[0]
            : AreCodePoints(start, bigEndian: true) ? Wide[1]
            : OrderOf(start) is { } order ? Narrow[order]
            : null;
    }

    /// <summary>Whether every four bytes are a code point that text has; the last two bytes of each are then zero or nearly so.</summary>
    private static bool AreCodePoints(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        int count = bytes.Length / 4;
        for (int index = 0; index < count; index++)
        {
            ReadOnlySpan<byte> four = bytes.Slice(4 * index, 4);
            uint value = bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(four) : BinaryPrimitives.ReadUInt32LittleEndian(four);
            if (value > 0x10FFFF || IsControl(value))
            {
                return false;
            }
        }

        return count > 0;
    }

    /// <summary>0 for UTF-16 with the low byte first, 1 with the high byte first; null for what is neither.</summary>
    private static int? OrderOf(ReadOnlySpan<byte> bytes)
    {
        UnitCensus little = UnitCensus.Take(bytes, bigEndian: false);
        UnitCensus big = UnitCensus.Take(bytes, bigEndian: true);
        return (little.IsText, big.IsText) switch
        {
            (true, false) => 0,
            (false, true) => 1,

            // Both can be read: of a text's units the high bytes are few, and the low ones are many.
            (true, true) => little.Latin != big.Latin && Math.Min(little.Latin, big.Latin) == 0 ? (little.Latin > big.Latin ? 0 : 1)
                : little.HighBytes <= big.HighBytes ? 0 : 1,
            _ => null,
        };
    }

    private static bool IsControl(uint value) => value < 32 && value is not (9 or 10 or 12 or 13 or 27);
}
