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
            rows.Add(index.Find(item));
            if (rows.Count > most)
            {
                return null;
            }
        }

        return rows.ToArray();
    }
}
