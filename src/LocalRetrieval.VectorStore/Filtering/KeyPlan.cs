using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>The rows whose key is a captured value, or one of a captured collection's.</summary>
internal sealed class KeyPlan(IndexedSlot slot, int parameter) : IndexPlan
{
    public override int[]? Find(TableSnapshot snapshot, object?[] captured, int most)
    {
        object?[] keys = captured[parameter] is CapturedSet set ? set.Items : [captured[parameter]];
        Type keyType = snapshot.State.KeyType;
        if (keys.Length > most || (slot.Type != typeof(object) && slot.Type != keyType))
        {
            return null;
        }

        RowSet rows = new();
        foreach (object? key in keys)
        {
            if (!IndexValue.TryConvert(key, keyType, out object? converted))
            {
                return null;
            }

            if (converted is not null && snapshot.Find(converted) is { } row)
            {
                rows.Add([row.Index]);
            }
        }

        return rows.ToArray();
    }
}
