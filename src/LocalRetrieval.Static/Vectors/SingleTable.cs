using System.Numerics.Tensors;

namespace LocalRetrieval.Static.Vectors;

/// <summary>Rows in float32.</summary>
internal sealed class SingleTable(float[] values, int rows, int dimensions) : EmbeddingTable(rows, dimensions)
{
    public override void Sum(ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<float> sum)
    {
        sum.Clear();
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<float> row = values.AsSpan(rows[i] * Dimensions, Dimensions);
            if (weights.IsEmpty)
            {
                TensorPrimitives.Add(sum, row, sum);
            }
            else
            {
                TensorPrimitives.MultiplyAdd(row, weights[i], sum, sum);
            }
        }
    }
}
