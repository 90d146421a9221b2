using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>The ways of processors.</summary>
internal static class SByteLanes
{
    /// <summary>32 at once, with AVX-512.</summary>
    public readonly struct Wide512 : ISByteLanes<Vector512<short>, Vector512<int>>
    {
        public static int Count => 32;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<short> Load(ref sbyte row) => Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref row));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<int> Add(Vector512<int> sums, Vector512<short> row, ref short query) =>
            sums + Avx512BW.MultiplyAddAdjacent(row, Vector512.LoadUnsafe(ref query));

        public static int Sum(Vector512<int> sums) => Vector512.Sum(sums);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<int> Sum(Vector512<int> sums0, Vector512<int> sums1, Vector512<int> sums2, Vector512<int> sums3) =>
            Wide256.Sum(Halve(sums0), Halve(sums1), Halve(sums2), Halve(sums3));

        private static Vector256<int> Halve(Vector512<int> sums) => sums.GetLower() + sums.GetUpper();
    }

    /// <summary>16 at once, with AVX2.</summary>
    public readonly struct Wide256 : ISByteLanes<Vector256<short>, Vector256<int>>
    {
        public static int Count => 16;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<short> Load(ref sbyte row) => Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref row));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<int> Add(Vector256<int> sums, Vector256<short> row, ref short query) =>
            sums + Avx2.MultiplyAddAdjacent(row, Vector256.LoadUnsafe(ref query));

        public static int Sum(Vector256<int> sums) => Vector256.Sum(sums);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<int> Sum(Vector256<int> sums0, Vector256<int> sums1, Vector256<int> sums2, Vector256<int> sums3)
        {
            Vector256<int> sums = Avx2.HorizontalAdd(Avx2.HorizontalAdd(sums0, sums1), Avx2.HorizontalAdd(sums2, sums3));
            return sums.GetLower() + sums.GetUpper();
        }
    }

    /// <summary>8 at once, with SSE2 or NEON.</summary>
    public readonly struct Wide128 : ISByteLanes<Vector128<short>, Vector128<int>>
    {
        public static bool IsSupported => Sse2.IsSupported || AdvSimd.IsSupported;

        public static int Count => 8;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<short> Load(ref sbyte row) => Portable.Load(ref row);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<int> Add(Vector128<int> sums, Vector128<short> row, ref short query)
        {
            Vector128<short> own = Vector128.LoadUnsafe(ref query);
            return Sse2.IsSupported
                ? sums + Sse2.MultiplyAddAdjacent(row, own)
                : AdvSimd.MultiplyWideningUpperAndAdd(AdvSimd.MultiplyWideningLowerAndAdd(sums, row.GetLower(), own.GetLower()), row, own);
        }

        public static int Sum(Vector128<int> sums) => Vector128.Sum(sums);

        public static Vector128<int> Sum(Vector128<int> sums0, Vector128<int> sums1, Vector128<int> sums2, Vector128<int> sums3) => Portable.Sum(sums0, sums1, sums2, sums3);
    }

    /// <summary>8 at once, on any processor.</summary>
    public readonly struct Portable : ISByteLanes<Vector128<short>, Vector128<int>>
    {
        public static int Count => 8;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<short> Load(ref sbyte row) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(ref Unsafe.As<sbyte, byte>(ref row))).AsSByte());

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<int> Add(Vector128<int> sums, Vector128<short> row, ref short query)
        {
            (Vector128<int> lower, Vector128<int> upper) = Vector128.Widen(row);
            (Vector128<int> queryLower, Vector128<int> queryUpper) = Vector128.Widen(Vector128.LoadUnsafe(ref query));
            return sums + (lower * queryLower) + (upper * queryUpper);
        }

        public static int Sum(Vector128<int> sums) => Vector128.Sum(sums);

        public static Vector128<int> Sum(Vector128<int> sums0, Vector128<int> sums1, Vector128<int> sums2, Vector128<int> sums3) =>
            Vector128.Create(Vector128.Sum(sums0), Vector128.Sum(sums1), Vector128.Sum(sums2), Vector128.Sum(sums3));
    }
}
