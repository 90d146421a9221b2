using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>The rows whose collection, in a slot, holds one of a captured collection's values.</summary>
internal sealed class AnyElementPlan(int slot, int parameter) : IndexPlan
{
    public override int[]? Find(TableSnapshot snapshot, object?[] captured, int most)
    {
        if (snapshot.GetIndex(slot) is not { IsCollection: true } index)
        {
            return null;
        }

        RowSet rows = new();
        foreach (object? item in ((CapturedSet)captured[parameter]!).Items)
        {
            if (index.Find(item, most - rows.Count) is not { } found)
            {
                return null;
            }

            rows.Add(found);
        }

        return rows.ToArray();
    }
}
