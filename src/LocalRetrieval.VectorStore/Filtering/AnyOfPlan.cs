using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>The rows whose slot equals one of a captured collection's values.</summary>
internal sealed class AnyOfPlan(int slot, int parameter, Type columnType) : IndexPlan
{
    public override int[]? Find(TableSnapshot snapshot, object?[] captured, int most)
    {
        if (snapshot.GetIndex(slot) is not { IsCollection: false } index)
        {
            return null;
        }

        RowSet rows = new();
        foreach (object? item in ((CapturedSet)captured[parameter]!).Items)
        {
            if (!IndexValue.TryConvert(item, columnType, isElement: false, out object? value))
            {
                return null;
            }

            rows.Add(index.Find(value));
            if (rows.Count > most)
            {
                return null;
            }
        }

        return rows.ToArray();
    }
}
