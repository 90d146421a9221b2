using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>The ways of processors: the bits of half a byte are counted, and weighed, by a table of 16 bytes (Muła et al., 2018).</summary>
internal static class BinaryLanes
{
    private static Vector128<byte> BitCounts => Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);

    /// <summary>8 words, with AVX-512.</summary>
    public readonly struct Wide512 : IBinaryLanes
    {
        public static int Words => 8;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Count(ref ulong row, ref ulong query, ref ulong counts)
        {
            Vector256<byte> pair = Vector256.Create(BitCounts, BitCounts);
            Vector512<byte> table = Vector512.Create(pair, pair);
            Vector512<byte> signs = Vector512.LoadUnsafe(ref row).AsByte();
            Vector512<byte> lower = signs & Vector512.Create((byte)0x0F);
            Vector512<byte> upper = (signs.AsUInt16() >>> 4).AsByte() & Vector512.Create((byte)0x0F);
            Vector512<byte> sum = Lookup(table, lower, upper, ref query);
            table += table;
            sum += Lookup(table, lower, upper, ref Unsafe.Add(ref query, 2 * Words));
            table += table;
            sum += Lookup(table, lower, upper, ref Unsafe.Add(ref query, 4 * Words));
            table += table;
            sum += Lookup(table, lower, upper, ref Unsafe.Add(ref query, 6 * Words));
            Avx512BW.SumAbsoluteDifferences(sum, Vector512<byte>.Zero).AsUInt64().StoreUnsafe(ref counts);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<byte> Lookup(Vector512<byte> table, Vector512<byte> lower, Vector512<byte> upper, ref ulong query) =>
            Avx512BW.Shuffle(table, lower ^ Vector512.LoadUnsafe(ref query).AsByte())
            + Avx512BW.Shuffle(table, upper ^ Vector512.LoadUnsafe(ref Unsafe.Add(ref query, Words)).AsByte());
    }

    /// <summary>4 words, with AVX2.</summary>
    public readonly struct Wide256 : IBinaryLanes
    {
        public static int Words => 4;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Count(ref ulong row, ref ulong query, ref ulong counts)
        {
            Vector256<byte> table = Vector256.Create(BitCounts, BitCounts);
            Vector256<byte> signs = Vector256.LoadUnsafe(ref row).AsByte();
            Vector256<byte> lower = signs & Vector256.Create((byte)0x0F);
            Vector256<byte> upper = (signs.AsUInt16() >>> 4).AsByte() & Vector256.Create((byte)0x0F);
            Vector256<byte> sum = Lookup(table, lower, upper, ref query);
            table += table;
            sum += Lookup(table, lower, upper, ref Unsafe.Add(ref query, 2 * Words));
            table += table;
            sum += Lookup(table, lower, upper, ref Unsafe.Add(ref query, 4 * Words));
            table += table;
            sum += Lookup(table, lower, upper, ref Unsafe.Add(ref query, 6 * Words));
            Avx2.SumAbsoluteDifferences(sum, Vector256<byte>.Zero).AsUInt64().StoreUnsafe(ref counts);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<byte> Lookup(Vector256<byte> table, Vector256<byte> lower, Vector256<byte> upper, ref ulong query) =>
            Avx2.Shuffle(table, lower ^ Vector256.LoadUnsafe(ref query).AsByte())
            + Avx2.Shuffle(table, upper ^ Vector256.LoadUnsafe(ref Unsafe.Add(ref query, Words)).AsByte());
    }
}
