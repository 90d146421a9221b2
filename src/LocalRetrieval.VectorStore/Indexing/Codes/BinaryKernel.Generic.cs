using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>The kernel of one width of registers: as many rows at once as a register has words, which are then as many registers as a row has words.</summary>
/// <remarks>A register holds the end of a row and the beginning of the next, so the query's words are laid out behind one another as those of rows are.</remarks>
internal sealed class BinaryKernel<TLanes> : BinaryKernel
    where TLanes : struct, IBinaryLanes
{
    private const ulong LowerHalves = 0x0F0F0F0F0F0F0F0F;

    // Of longer rows the counts of words would take much of the stack.
    private const int MostWords = 128;

    /// <returns><c>[register, bit, half, word]</c>: of each byte the lower half, then the upper one.</returns>
    public override ulong[] ToRegisters(ReadOnlySpan<ulong> planes)
    {
        int words = planes.Length / Bits;
        if (words > MostWords)
        {
            return [];
        }

        ulong[] registers = new ulong[words * TLanes.Words * Bits * 2];
        for (int word = 0; word < words * TLanes.Words; word++)
        {
            for (int bit = 0; bit < Bits; bit++)
            {
                ulong plane = planes[(word % words * Bits) + bit];
                int place = ((((word / TLanes.Words * Bits) + bit) * 2) * TLanes.Words) + (word % TLanes.Words);
                registers[place] = plane & LowerHalves;
                registers[place + TLanes.Words] = (plane >> 4) & LowerHalves;
            }
        }

        return registers;
    }

    public override void Sum(ReadOnlySpan<ulong> planes, ReadOnlySpan<ulong> registers, ref ulong firstRow, int dimensions, Span<int> sums)
    {
        int words = planes.Length / Bits;
        int inRegisters = registers.IsEmpty ? 0 : sums.Length / TLanes.Words * TLanes.Words;
        Sum(registers, ref firstRow, words, Greatest * dimensions, sums[..inRegisters]);
        base.Sum(planes, registers, ref Unsafe.Add(ref firstRow, (nint)inRegisters * words), dimensions, sums[inRegisters..]);
    }

    // Compiled fully at once, as the kernels of whole vectors are.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum(ReadOnlySpan<ulong> registers, ref ulong firstRow, int words, int greatest, Span<int> sums)
    {
        Span<ulong> counts = stackalloc ulong[words * TLanes.Words];
        ref ulong count = ref MemoryMarshal.GetReference(counts);
        ref ulong query = ref MemoryMarshal.GetReference(registers);
        for (int row = 0; row < sums.Length; row += TLanes.Words)
        {
            ref ulong own = ref Unsafe.Add(ref firstRow, (nint)row * words);
            for (int register = 0; register < words; register++)
            {
                TLanes.Count(
                    ref Unsafe.Add(ref own, register * TLanes.Words),
                    ref Unsafe.Add(ref query, register * TLanes.Words * Bits * 2),
                    ref Unsafe.Add(ref count, register * TLanes.Words));
            }

            for (int i = 0, word = 0; i < TLanes.Words; i++)
            {
                int differences = 0;
                for (int end = word + words; word < end; word++)
                {
                    differences += (int)Unsafe.Add(ref count, word);
                }

                sums[row + i] = greatest - (2 * differences);
            }
        }
    }
}
