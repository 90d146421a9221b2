using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>A filter with what it captured.</summary>
internal sealed class RowFilter<TRecord>(CompiledFilter compiled, object?[] captured)
    where TRecord : class
{
    /// <summary>The rows that can match by the indexes, in ascending order; null where all rows are to be looked at.</summary>
    public int[]? FindCandidates(TableSnapshot snapshot)
    {
        int[]? rows = compiled.Plan?.Find(snapshot, captured, snapshot.Count / 2);

        // An index may know rows already that were written after the snapshot.
        return rows is [.., int last] && last >= snapshot.Count ? [.. rows.TakeWhile(row => row < snapshot.Count)] : rows;
    }

    /// <summary>Whether a row matches.</summary>
    /// <param name="row">The row.</param>
    /// <param name="copyRecord">Makes the row's record, vectors included, for a filter that needs it.</param>
    public bool Matches(Row row, Func<Row, TRecord> copyRecord) => compiled.Matches(row.Values, captured, compiled.NeedsRecord ? copyRecord(row) : null);
}
