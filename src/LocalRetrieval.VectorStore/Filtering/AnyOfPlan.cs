using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>The rows whose slot equals one of a captured collection's values.</summary>
internal sealed class AnyOfPlan(IndexedSlot slot, int parameter) : IndexPlan
{
    public override int[]? Find(TableSnapshot snapshot, object?[] captured, int most)
    {
        if (slot.FindIndex(snapshot) is not { } index)
        {
            return null;
        }

        RowSet rows = new();
        foreach (object? item in ((CapturedSet)captured[parameter]!).Items)
        {
            if (!IndexValue.TryConvert(item, index.ValueType, out object? value))
            {
                return null;
            }

            if (index.Find(value, most - rows.Count) is not { } found)
            {
                return null;
            }

            rows.Add(found);
        }

        return rows.ToArray();
    }
}
