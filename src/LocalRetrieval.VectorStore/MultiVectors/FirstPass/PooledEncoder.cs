using System.Numerics.Tensors;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.MultiVectors.FirstPass;

/// <summary>The sum of a query's vectors, and the mean of a row's, which is made as long as any other.</summary>
internal sealed class PooledEncoder(int dimensions) : FirstPassEncoder
{
    public override int Dimensions => dimensions;

    public override void EncodeQuery(ReadOnlySpan<float> vectors, Span<float> encoded)
    {
        for (int start = 0; start < vectors.Length; start += dimensions)
        {
            TensorPrimitives.Add(encoded, vectors.Slice(start, dimensions), encoded);
        }
    }

    public override void EncodeRow(ReadOnlySpan<float> vectors, Span<float> encoded)
    {
        EncodeQuery(vectors, encoded);
        VectorMeasure.Normalize(encoded, dimensions, encoded);
    }
}
