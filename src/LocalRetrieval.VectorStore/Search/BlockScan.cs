using System.Numerics;

namespace LocalRetrieval.VectorData.Search;

/// <summary>A pass over all rows of some blocks, in tiles that share one word of the bitmap.</summary>
internal sealed class BlockScan : RowScan
{
    // Rows that are skipped one by one cost more than rows that are compared for nothing, unless they are many.
    private const int SparseRows = 24;

    private const int RowsOfPiece = 16 * RowScanBuffers.Tile;

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
        int end = Math.Min(block.Count, start + RowsOfPiece);
        while (start < end)
        {
            int bit = (block.FirstRow + start) % RowScanBuffers.Tile;
            int count = Math.Min(end - start, RowScanBuffers.Tile - bit);
            ScanTile(block, start, count, Options.WordOf((block.FirstRow + start) / RowScanBuffers.Tile) >> bit, buffers);
            start += count;
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

    private void ScanTile(in RowBlock block, int start, int count, ulong mask, RowScanBuffers buffers)
    {
        mask &= ulong.MaxValue >> (RowScanBuffers.Tile - count);
        int matching = BitOperations.PopCount(mask);
        if (matching > SparseRows || matching == count)
        {
            Compare(block, start, count, mask, buffers);
        }
        else if (matching > 0)
        {
            Compare(block, buffers.List(start, mask), buffers);
        }
    }
}
