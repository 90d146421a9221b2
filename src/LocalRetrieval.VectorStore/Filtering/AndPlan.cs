using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>The rows that all of several plans find; a plan that does not tell is passed over.</summary>
internal sealed class AndPlan(IndexPlan[] plans) : IndexPlan
{
    public override int[]? Find(TableSnapshot snapshot, object?[] captured, int most)
    {
        int[]? found = null;
        foreach (IndexPlan plan in plans)
        {
            int worthwhile = found is null ? most : (int)Math.Min(most, 1024 + (64L * found.Length));
            if (plan.Find(snapshot, captured, worthwhile) is not { } rows)
            {
                continue;
            }

            found = found is null ? rows : RowSet.Intersect(found, rows);
            if (found.Length == 0)
            {
                break;
            }
        }

        return found;
    }
}
