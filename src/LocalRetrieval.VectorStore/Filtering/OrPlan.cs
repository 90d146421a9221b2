using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>The rows that one of two plans finds.</summary>
internal sealed class OrPlan(IndexPlan left, IndexPlan right) : IndexPlan
{
    public override int[]? Find(TableSnapshot snapshot, object?[] captured, int most)
    {
        if (left.Find(snapshot, captured, most) is not { } rows || right.Find(snapshot, captured, most - rows.Length) is not { } further)
        {
            return null;
        }

        RowSet both = new();
        both.Add(rows);
        both.Add(further);
        return both.ToArray();
    }
}
