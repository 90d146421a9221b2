using System.Buffers;
using System.Numerics.Tensors;

namespace LocalRetrieval.Static.Vectors;

/// <summary>Rows in float16, widened when they are added.</summary>
internal sealed class HalfTable(Half[] values, int rows, int dimensions) : EmbeddingTable(rows, dimensions)
{
    public override void Sum(ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<float> sum)
    {
        sum.Clear();
        float[] buffer = ArrayPool<float>.Shared.Rent(Dimensions);
        try
        {
            Span<float> row = buffer.AsSpan(0, Dimensions);
            for (int i = 0; i < rows.Length; i++)
            {
                TensorPrimitives.ConvertToSingle(values.AsSpan(rows[i] * Dimensions, Dimensions), row);
                TensorPrimitives.MultiplyAdd(row, weights.IsEmpty ? 1 : weights[i], sum, sum);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }
}
