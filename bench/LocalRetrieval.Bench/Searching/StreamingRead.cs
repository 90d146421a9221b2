using System.Numerics;
using System.Runtime.InteropServices;

namespace LocalRetrieval.Bench.Searching;

/// <summary>Reads memory and adds it up: about the least that anything can do that has to see all of it.</summary>
internal static class StreamingRead
{
    private const int Piece = 4 * 384 * 170;

    /// <summary>Adds up all values on some threads, each of which takes the next piece until none is left.</summary>
    /// <param name="values">The values.</param>
    /// <param name="stretch">0 to read from begin to end; else how many values lie between the four places that are read in turn, which hardware may prefetch better.</param>
    /// <param name="threads">How many threads share the work.</param>
    public static float Sum(ReadOnlyMemory<float> values, int stretch, int threads)
    {
        int next = -1;
        float total = 0;
        Lock sync = new();
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
        {
            float own = 0;
            int pieces = (values.Length + Piece - 1) / Piece;
            for (int piece = Interlocked.Increment(ref next); piece < pieces; piece = Interlocked.Increment(ref next))
            {
                int start = piece * Piece;
                ReadOnlySpan<float> read = values.Span.Slice(start, Math.Min(Piece, values.Length - start));
                own += stretch == 0 ? Sum(read) : SumStretches(read, stretch);
            }

            lock (sync)
            {
                total += own;
            }
        });
        return total;
    }

    private static float Sum(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        Vector<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        int i = 0;
        for (; i + 4 <= vectors.Length; i += 4)
        {
            sum0 += vectors[i];
            sum1 += vectors[i + 1];
            sum2 += vectors[i + 2];
            sum3 += vectors[i + 3];
        }

        for (; i < vectors.Length; i++)
        {
            sum0 += vectors[i];
        }

        return Vector.Sum(sum0 + sum1 + sum2 + sum3);
    }

    private static float SumStretches(ReadOnlySpan<float> values, int stretch)
    {
        Vector<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        int step = stretch / Vector<float>.Count;
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        for (; vectors.Length >= 4 * step; vectors = vectors[(4 * step)..])
        {
            ReadOnlySpan<Vector<float>> read0 = vectors[..step], read1 = vectors.Slice(step, step), read2 = vectors.Slice(2 * step, step), read3 = vectors.Slice(3 * step, step);
            for (int i = 0; i < read0.Length; i++)
            {
                sum0 += read0[i];
                sum1 += read1[i];
                sum2 += read2[i];
                sum3 += read3[i];
            }
        }

        return Vector.Sum(sum0 + sum1 + sum2 + sum3) + Sum(MemoryMarshal.Cast<Vector<float>, float>(vectors));
    }
}
