using System.Buffers.Binary;
using System.Numerics;

namespace LocalRetrieval.VectorData.Log;

/// <summary>CRC-32C, as processors compute it.</summary>
internal static class Checksum
{
    /// <param name="bytes">What is summed.</param>
    /// <param name="seed">The sum of what stands before; 0 for nothing.</param>
    public static uint Of(ReadOnlySpan<byte> bytes, uint seed = 0)
    {
        uint crc = ~seed;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (byte rest in bytes)
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return ~crc;
    }
}
