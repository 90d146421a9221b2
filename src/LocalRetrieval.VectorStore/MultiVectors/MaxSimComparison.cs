using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.MultiVectors;

/// <summary>Compares a query with rows: the sum, over the query's vectors, of the largest product with one of a row's (<see href="https://arxiv.org/abs/2004.12832">ColBERT</see>).</summary>
/// <remarks>Has buffers of its own: for one thread.</remarks>
internal sealed class MaxSimComparison(TokenFormat format, MaxSimQuery query)
{
    // Of float32 so many vectors of a row are compared at once.
    private const int VectorsAtOnce = 128;

    private readonly Vector128<float>[] _lanes = new Vector128<float>[format.IsQuantized ? query.Count : 0];
    private readonly float[] _products = new float[format.IsQuantized ? 0 : query.Count * VectorsAtOnce];
    private readonly float[] _largest = new float[format.IsQuantized ? 0 : query.Count];

    /// <summary>The score of a row; 0 for one without vectors.</summary>
    public double Score(TokenRow row) => row.Count == 0 ? 0 : format.IsQuantized ? ScoreCodes(row) : ScoreFloats(row);

    private double ScoreCodes(TokenRow row)
    {
        MaxSimKernel.FindLargest(query.Codes, row.Codes, row.Scales, format.Stride, _lanes);
        ReadOnlySpan<float> scales = query.Scales;
        double score = 0;
        for (int i = 0; i < _lanes.Length; i++)
        {
            Vector128<float> lanes = _lanes[i];
            score += (double)MathF.Max(MathF.Max(lanes[0], lanes[1]), MathF.Max(lanes[2], lanes[3])) * scales[i];
        }

        return score;
    }

    private double ScoreFloats(TokenRow row)
    {
        Array.Fill(_largest, float.NegativeInfinity);
        for (int start = 0; start < row.Count; start += VectorsAtOnce)
        {
            int count = Math.Min(VectorsAtOnce, row.Count - start);
            PairKernel.Product.Sum(query.Floats, row.Floats.Slice(start * format.Dimensions, count * format.Dimensions), format.Dimensions, _products);
            for (int i = 0; i < _largest.Length; i++)
            {
                _largest[i] = MathF.Max(_largest[i], TensorPrimitives.Max<float>(_products.AsSpan(i * count, count)));
            }
        }

        double score = 0;
        foreach (float largest in _largest)
        {
            score += largest;
        }

        return score;
    }
}
