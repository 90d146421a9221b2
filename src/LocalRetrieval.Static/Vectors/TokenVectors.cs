using System.Buffers;
using System.Numerics.Tensors;

namespace LocalRetrieval.Static.Vectors;

/// <summary>The vector of each token: a row of the table, the token's own or that which the mapping gives it, times the token's weight.</summary>
/// <param name="table">The rows.</param>
/// <param name="mapping">The row of each token, or null where a token's id is its row.</param>
/// <param name="weights">The weight of each token, or null for 1.</param>
/// <remarks>Immutable and safe for concurrent use.</remarks>
internal sealed class TokenVectors(EmbeddingTable table, int[]? mapping, float[]? weights)
{
    public int Dimensions => table.Dimensions;

    /// <summary>The mean of the tokens' vectors; of no tokens, zeros.</summary>
    /// <param name="ids">The tokens.</param>
    /// <param name="destination">Where the mean goes, [dimensions].</param>
    public void Mean(ReadOnlySpan<int> ids, Span<float> destination)
    {
        int[] rowBuffer = ArrayPool<int>.Shared.Rent(ids.Length);
        float[] weightBuffer = ArrayPool<float>.Shared.Rent(ids.Length);
        try
        {
            table.Sum(Gather(mapping, ids, rowBuffer, ids), Gather(weights, ids, weightBuffer, []), destination);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rowBuffer);
            ArrayPool<float>.Shared.Return(weightBuffer);
        }

        TensorPrimitives.Divide(destination, Math.Max(ids.Length, 1), destination);
    }

    private static ReadOnlySpan<T> Gather<T>(T[]? source, ReadOnlySpan<int> ids, Span<T> buffer, ReadOnlySpan<T> missing)
    {
        if (source is null)
        {
            return missing;
        }

        for (int i = 0; i < ids.Length; i++)
        {
            buffer[i] = source[ids[i]];
        }

        return buffer[..ids.Length];
    }
}
