namespace LocalRetrieval.VectorData.Search;

/// <summary>A pass over the rows of a list, one by one.</summary>
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
        int index = 0;
        foreach (int row in own)
        {
            while (row >= blocks[index].FirstRow + blocks[index].Count)
            {
                index++;
            }

            if ((Options.WordOf(row / 64) >> (row % 64) & 1) != 0)
            {
                Compare(blocks[index], row - blocks[index].FirstRow, 1, 1, buffers);
            }
        }
    }
}
