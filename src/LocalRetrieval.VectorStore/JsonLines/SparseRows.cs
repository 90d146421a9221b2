using LocalRetrieval.VectorData.Keyword;

namespace LocalRetrieval.VectorData.JsonLines;

/// <summary>The sparse vectors that stand in an inverted index alone, for rows that are asked for in ascending order.</summary>
/// <remarks>An index has no vectors but postings: those of some thousand rows are gathered at once.</remarks>
internal sealed class SparseRows(SparseIndex index, int dimensions)
{
    private const int Window = 4096;

    private Dictionary<int, SparseEmbedding> _gathered = [];
    private int _first = -1;

    /// <summary>The vector of a row, which has one.</summary>
    public SparseEmbedding Get(int row)
    {
        int first = row / Window * Window;
        if (first != _first)
        {
            _gathered = index.Gather(first, first + Window, dimensions);
            _first = first;
        }

        return _gathered[row];
    }
}
