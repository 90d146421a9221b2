using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>Reads whole vectors one after another, as floats.</summary>
/// <remarks>Not safe for concurrent use: a vector that was widened is overwritten by the next one.</remarks>
internal sealed class RowReader(RowBlock[] blocks, int dimensions)
{
    private readonly float[] _widened = new float[dimensions];
    private int _index;

    /// <summary>The vector of a row, until the next call.</summary>
    public ReadOnlySpan<float> Read(int row)
    {
        ref RowBlock block = ref Find(row);
        int start = (row - block.FirstRow) * dimensions;
        if (block.Halves.IsEmpty)
        {
            return block.Floats.Span.Slice(start, dimensions);
        }

        HalfVectors.Widen(block.Halves.Span.Slice(start, dimensions), _widened);
        return _widened;
    }

    // Mostly it is the block of the row before, or the next one.
    private ref RowBlock Find(int row)
    {
        _index = row < blocks[_index].FirstRow ? 0 : _index;
        while (row >= blocks[_index].FirstRow + blocks[_index].Count)
        {
            _index++;
        }

        return ref blocks[_index];
    }
}
