using System.Buffers.Binary;
using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>Reads a ZIP archive's directory entry by entry, so that one of millions of entries costs no memory.</summary>
/// <remarks>APPNOTE.TXT 6.3.10, sections 4.3.12 to 4.3.16 and 4.5.3.</remarks>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int EntryLength = 46;
    private const uint EndSignature = 0x06054B50;
    private const uint End64Signature = 0x06064B50;
    private const uint Locator64Signature = 0x07064B50;
    private const uint EntrySignature = 0x02014B50;

    /// <summary>The entries, in the directory's order, read as they are asked for.</summary>
    /// <exception cref="InvalidDataException">There is no such directory, or it is broken.</exception>
    public static IEnumerable<ZipEntryInfo> Read(Stream stream)
    {
        long position = FindDirectory(stream);
        byte[] header = new byte[EntryLength];
        while (ReadAt(stream, position, header) && BinaryPrimitives.ReadUInt32LittleEndian(header) == EntrySignature)
        {
            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
            int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30));
            byte[] rest = new byte[nameLength + extraLength];
            if (!ReadAt(stream, position + EntryLength, rest))
            {
                throw new InvalidDataException("The directory of the ZIP archive ends within an entry.");
            }

            yield return Describe(header, rest.AsSpan(0, nameLength), rest.AsSpan(nameLength));
            position += EntryLength + rest.Length + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(32));
        }
    }

    private static ZipEntryInfo Describe(ReadOnlySpan<byte> header, ReadOnlySpan<byte> name, ReadOnlySpan<byte> extra)
    {
        long compressed = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(header[24..]);
        ReadOnlySpan<byte> large = Find64(extra);
        length = Widen(length, ref large);
        compressed = Widen(compressed, ref large);
        return new ZipEntryInfo(Encoding.UTF8.GetString(name), compressed, length);
    }

    // A field of which all bits are set stands in the extra field, in its order.
    private static long Widen(long value, ref ReadOnlySpan<byte> large)
    {
        if (value != uint.MaxValue || large.Length < 8)
        {
            return value;
        }

        value = BinaryPrimitives.ReadInt64LittleEndian(large);
        large = large[8..];
        return value < 0 ? long.MaxValue : value;
    }

    private static ReadOnlySpan<byte> Find64(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            int length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]), extra.Length - 4);
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == 1)
            {
                return extra.Slice(4, length);
            }

            extra = extra[(4 + length)..];
        }

        return [];
    }

    private static long FindDirectory(Stream stream)
    {
        byte[] tail = new byte[(int)Math.Min(stream.Length, EndLength + ushort.MaxValue)];
        long start = stream.Length - tail.Length;
        ReadAt(stream, start, tail);
        for (int end = tail.Length - EndLength; end >= 0; end--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end)) == EndSignature)
            {
                return FindDirectory64(stream, start + end) ?? BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
            }
        }

        throw new InvalidDataException("The end of the ZIP archive is missing.");
    }

    private static long? FindDirectory64(Stream stream, long end)
    {
        byte[] locator = new byte[20];
        byte[] end64 = new byte[56];
        return ReadAt(stream, end - locator.Length, locator) && BinaryPrimitives.ReadUInt32LittleEndian(locator) == Locator64Signature
            && ReadAt(stream, BinaryPrimitives.ReadInt64LittleEndian(locator.AsSpan(8)), end64) && BinaryPrimitives.ReadUInt32LittleEndian(end64) == End64Signature
                ? BinaryPrimitives.ReadInt64LittleEndian(end64.AsSpan(48))
                : null;
    }

    private static bool ReadAt(Stream stream, long position, byte[] buffer)
    {
        if (position < 0 || position > stream.Length - buffer.Length)
        {
            return false;
        }

        stream.Position = position;
        stream.ReadExactly(buffer);
        return true;
    }
}
