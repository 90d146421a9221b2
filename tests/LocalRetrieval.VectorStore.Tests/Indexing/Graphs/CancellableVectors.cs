using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Indexing.Graphs;

namespace LocalRetrieval.VectorData.Tests.Indexing.Graphs;

/// <summary>Whole vectors that cancel what compares them.</summary>
internal sealed class CancellableVectors : IRowVectors
{
    private readonly WholeVectors _whole;
    private CancellationTokenSource? _source;
    private int _most;

    public CancellableVectors(GraphVectors vectors)
    {
        _whole = new WholeVectors(vectors.Measure, vectors.Dimensions);
        _whole.Take(vectors.Blocks, vectors.Count);
    }

    /// <summary>How often rows were compared since it was last told when to cancel.</summary>
    public int Comparisons { get; private set; }

    public void CancelAfter(int comparisons, CancellationTokenSource source)
    {
        Comparisons = 0;
        _most = comparisons;
        _source = source;
    }

    public RowQuery Prepare(ReadOnlySpan<float> query) => _whole.Prepare(query);

    public RowQuery PrepareRow(int row) => _whole.PrepareRow(row);

    public bool AreEqual(int row, int other) => _whole.AreEqual(row, other);

    public void Compare(RowQuery query, ReadOnlySpan<int> rows, Span<float> nearness)
    {
        if (++Comparisons == _most)
        {
            _source?.Cancel();
        }

        _whole.Compare(query, rows, nearness);
    }

    public void Compare(RowQuery query, int firstRow, Span<float> nearness) => _whole.Compare(query, firstRow, nearness);
}
