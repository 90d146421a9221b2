using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>A filter with what it captured.</summary>
internal sealed class RowFilter<TRecord>(CompiledFilter compiled, object?[] captured)
    where TRecord : class
{
    /// <summary>The rows that can match by the indexes, in ascending order; null where all rows are to be looked at.</summary>
    public int[]? FindCandidates(TableSnapshot snapshot) => compiled.Plan?.Find(snapshot, captured, snapshot.Count / 2);

    /// <summary>Whether a row matches.</summary>
    /// <param name="row">The row.</param>
    /// <param name="copyRecord">Makes the row's record, with or without vectors, for a filter that needs it.</param>
    public bool Matches(Row row, Func<Row, bool, TRecord> copyRecord) =>
        compiled.Matches(row.Values, captured, compiled.NeedsRecord ? copyRecord(row, compiled.NeedsVectors) : null);
}
