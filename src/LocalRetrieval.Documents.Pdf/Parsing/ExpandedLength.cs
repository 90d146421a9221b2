using System.IO.Compression;

namespace LocalRetrieval.Documents.Parsing;

/// <summary>How many bytes come of compressed ones, told without keeping them.</summary>
internal static class ExpandedLength
{
    private const int FlateHeader = 2;

    /// <summary>Of deflate with its header; counting ends beyond <paramref name="limit"/>.</summary>
    public static long OfFlate(ReadOnlyMemory<byte> bytes, long limit)
    {
        byte[] compressed = bytes[Math.Min(FlateHeader, bytes.Length)..].ToArray();
        byte[] buffer = new byte[64 * 1024];
        using DeflateStream deflate = new(new MemoryStream(compressed), CompressionMode.Decompress);
        long length = 0;
        try
        {
            for (int read; length <= limit && (read = deflate.Read(buffer)) > 0;)
            {
                length += read;
            }
        }
        catch (InvalidDataException)
        {
            // A broken stream gives what came before the break: the filter says the same.
        }

        return length;
    }

    /// <summary>Of runs: a byte below 128 copies as many and one more, one above repeats the next byte.</summary>
    public static long OfRuns(ReadOnlySpan<byte> bytes)
    {
        long length = 0;
        for (int index = 0; index < bytes.Length && bytes[index] != 128;)
        {
            int count = bytes[index];
            length += count < 128 ? count + 1 : 257 - count;
            index += count < 128 ? count + 2 : 2;
        }

        return length;
    }

    /// <summary>Of LZW with codes of 9 to 12 bits: each stands for one byte more than the code it was made of.</summary>
    public static long OfLzw(ReadOnlySpan<byte> bytes)
    {
        const int Clear = 256, First = 258, Codes = 4096;
        int[] lengths = new int[Codes];
        lengths.AsSpan(0, Clear).Fill(1);
        long length = 0;
        int next = First, previous = -1;
        for (long bit = 0, width = 9; bit + width <= 8L * bytes.Length; bit += width, width = next < 511 ? 9 : next < 1023 ? 10 : next < 2047 ? 11 : 12)
        {
            int code = CodeAt(bytes, bit, (int)width);
            if (code == Clear)
            {
                (next, previous) = (First, -1);
                continue;
            }

            int current = code < next ? lengths[code] : previous < 0 ? 1 : lengths[previous] + 1;
            length += current;
            if (previous >= 0 && next < Codes)
            {
                lengths[next++] = lengths[previous] + 1;
            }

            previous = code < next ? code : next - 1;
        }

        return length;
    }

    private static int CodeAt(ReadOnlySpan<byte> bytes, long bit, int width)
    {
        int start = (int)(bit / 8), value = 0;
        for (int index = 0; index < 3; index++)
        {
            value = (value << 8) | (start + index < bytes.Length ? bytes[start + index] : 0);
        }

        return (value >> (24 - (int)(bit % 8) - width)) & ((1 << width) - 1);
    }
}
