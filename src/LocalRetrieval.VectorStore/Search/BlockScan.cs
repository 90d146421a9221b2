namespace LocalRetrieval.VectorData.Search;

/// <summary>A pass over all rows of some blocks, a tile at a time.</summary>
internal sealed class BlockScan : RowScan
{
    private const int RowsOfPiece = 32 * RowScanBuffers.Tile;

    private readonly RowBlock[] _blocks;
    private readonly int[] _firstPieces;

    public BlockScan(
        VectorMeasure measure, int dimensions, RowBlock[] blocks, ReadOnlyMemory<float> queries, RowSearchOptions options, int queryCount)
        : base(measure, dimensions, queries, options, queryCount)
    {
        _blocks = blocks;
        _firstPieces = new int[blocks.Length];
        for (int i = 0; i < blocks.Length; i++)
        {
            _firstPieces[i] = Pieces;
            Pieces += (blocks[i].Count + RowsOfPiece - 1) / RowsOfPiece;
            Rows += blocks[i].Count;
        }
    }

    public override long Rows { get; }

    protected override int Pieces { get; }

    protected override void Scan(int piece, RowScanBuffers buffers)
    {
        int index = Array.BinarySearch(_firstPieces, piece);
        index = index >= 0 ? LastOfEqual(index) : ~index - 1;
        ref RowBlock block = ref _blocks[index];
        int start = (piece - _firstPieces[index]) * RowsOfPiece;
        for (int end = Math.Min(block.Count, start + RowsOfPiece); start < end; start += RowScanBuffers.Tile)
        {
            Compare(block, start, Math.Min(end - start, RowScanBuffers.Tile), buffers);
        }
    }

    // Empty blocks have no piece: the last block of several that start at one piece is the one that has it.
    private int LastOfEqual(int index)
    {
        while (index + 1 < _firstPieces.Length && _firstPieces[index + 1] == _firstPieces[index])
        {
            index++;
        }

        return index;
    }
}
