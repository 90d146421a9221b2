using System.Numerics;
using System.Runtime.InteropServices;

namespace LocalRetrieval.Bench.Searching;

/// <summary>Reads memory and adds it up: the fastest that anything can be that has to see all of it.</summary>
internal static class StreamingRead
{
    private const int Piece = 1 << 18;

    /// <summary>Adds up all values on some threads, each of which takes the next piece until none is left.</summary>
    public static float Sum(ReadOnlyMemory<float> values, int threads)
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
                own += Sum(values.Span.Slice(start, Math.Min(Piece, values.Length - start)));
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
}
