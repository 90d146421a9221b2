using System.Numerics;
using System.Numerics.Tensors;

namespace LocalRetrieval.VectorData.Search;

/// <summary>A pass over all rows of some blocks, in tiles that share one word of the bitmap.</summary>
internal sealed class BlockScan : RowScan
{
    // Up to so many of a tile's rows are compared by a list; of more, those between are compared for nothing.
    private const int FewRows = 24;

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

        Rows = options.Rows is { } bitmap ? Math.Min(Rows, TensorPrimitives.PopCount(bitmap.Span)) : Rows;
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
        Span<int> few = stackalloc int[RowScanBuffers.Tile];
        int fewCount = 0;
        while (start < end)
        {
            int bit = (block.FirstRow + start) % RowScanBuffers.Tile;
            int count = Math.Min(end - start, RowScanBuffers.Tile - bit);
            ulong mask = (Options.WordOf((block.FirstRow + start) / RowScanBuffers.Tile) >> bit) & (ulong.MaxValue >> (RowScanBuffers.Tile - count));
            int matching = BitOperations.PopCount(mask);
            if (matching > FewRows || matching == count)
            {
                Compare(block, start, count, mask, buffers);
            }
            else
            {
                fewCount = AddFew(block, start, mask, few, fewCount, buffers);
            }

            start += count;
        }

        Compare(block, few[..fewCount], buffers);
    }

    /// <summary>Adds the rows of a tile to those that wait to be compared by a list, which may hold those of many tiles.</summary>
    /// <returns>How many wait.</returns>
    private int AddFew(in RowBlock block, int start, ulong mask, Span<int> few, int count, RowScanBuffers buffers)
    {
        for (; mask != 0; mask &= mask - 1)
        {
            if (count == few.Length)
            {
                Compare(block, few, buffers);
                count = 0;
            }

            few[count++] = start + BitOperations.TrailingZeroCount(mask);
        }

        return count;
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
