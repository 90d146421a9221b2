using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.MultiVectors;

/// <summary>One pass over rows of several vectors each.</summary>
/// <param name="format">How the rows are written.</param>
/// <param name="rows">The rows.</param>
/// <param name="count">How many are compared.</param>
/// <param name="list">Their numbers; null for those from 0 on.</param>
/// <param name="query">What they are compared with.</param>
/// <param name="options">How many to return, and which.</param>
internal sealed class MaxSimScan(TokenFormat format, TokenRows rows, int count, int[]? list, MaxSimQuery query, RowSearchOptions options) : SharedScan<MaxSimBuffers>
{
    private const int RowsPerPiece = 64;

    /// <summary>See <see cref="MaxSimSearch.AsksFirst"/>.</summary>
    public bool AsksFirst { get; init; } = true;

    protected override int Pieces => (count + RowsPerPiece - 1) / RowsPerPiece;

    protected override MaxSimBuffers CreateBuffers() => new(format, query, options.Kept);

    protected override TopRows[] FoundIn(MaxSimBuffers buffers) => buffers.Found;

    protected override void Scan(int piece, MaxSimBuffers buffers)
    {
        int end = Math.Min(count, (piece + 1) * RowsPerPiece);
        for (int i = piece * RowsPerPiece; i < end; i++)
        {
            Compare(list is null ? i : list[i], buffers.Comparison, buffers.Found[0]);
        }

        GC.KeepAlive(rows);
    }

    private void Compare(int row, MaxSimComparison comparison, TopRows found)
    {
        if (AsksFirst && options.Accepts?.Invoke(row) == false)
        {
            return;
        }

        double score = comparison.Score(rows.Find(row));
        if (score >= found.Bound && (AsksFirst || options.Accepts?.Invoke(row) != false))
        {
            found.Offer(score, row);
        }
    }
}
