using Cloud.Unum.USearch;

namespace LocalRetrieval.Bench.VectorIndexing;

/// <summary>USearch by its .NET binding: float32, inner product of vectors of length 1.</summary>
/// <remarks>The binding sets how many rows a search keeps when an index is made; asked for more, a search keeps as many. So an index that keeps few is asked for as many as are to be kept.</remarks>
internal sealed class USearchContender : IIndexContender
{
    private const ulong M = 16;
    private const ulong EfConstruction = 128;

    private USearchIndex? _index;

    public void Build(IndexVectors vectors)
    {
        _index?.Dispose();
        _index = new USearchIndex(MetricKind.Ip, ScalarKind.Float32, (ulong)vectors.Dimensions, M, EfConstruction, (ulong)IndexVectors.Top);
        float[] row = new float[vectors.Dimensions];
        for (int i = 0; i < vectors.Count; i++)
        {
            vectors.RowOf(i).CopyTo(row);
            _index.Add((ulong)i, row);
        }
    }

    public void Search(float[] question, int kept, Span<double> scores)
    {
        _index!.Search(question, kept, out _, out float[] distances);
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = i < distances.Length ? 1 - distances[i] : double.NegativeInfinity;
        }
    }

    public void Dispose() => _index?.Dispose();
}
