namespace LocalRetrieval.VectorData.Search;

/// <summary>A pass over the rows of a list.</summary>
internal sealed class ListScan(
    VectorMeasure measure, int dimensions, RowBlock[] blocks, ReadOnlyMemory<int> rows, ReadOnlyMemory<float> queries, RowSearchOptions options, int queryCount)
    : RowScan(measure, dimensions, queries, options, queryCount)
{
    private const int RowsOfPiece = 256;

    public override long Rows => rows.Length;

    protected override int Pieces => (rows.Length + RowsOfPiece - 1) / RowsOfPiece;

    protected override void Scan(int piece, RowScanBuffers buffers)
    {
        ReadOnlySpan<int> own = rows.Span[(piece * RowsOfPiece)..];
        own = own[..Math.Min(own.Length, RowsOfPiece)];
        Span<int> list = stackalloc int[RowScanBuffers.Tile];
        int index = 0;
        int count = 0;
        foreach (int row in own)
        {
            bool ends = row >= blocks[index].FirstRow + blocks[index].Count;
            if (ends || count == list.Length)
            {
                Compare(blocks[index], list[..count], buffers);
                count = 0;
            }

            index = ends ? IndexOf(row, index) : index;
            list[count++] = row - blocks[index].FirstRow;
        }

        Compare(blocks[index], list[..count], buffers);
    }

    private int IndexOf(int row, int index)
    {
        while (row >= blocks[index].FirstRow + blocks[index].Count)
        {
            index++;
        }

        return index;
    }
}
