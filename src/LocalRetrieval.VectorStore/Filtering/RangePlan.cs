using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>The rows whose slot is between two captured values; a bound that is not there is -1.</summary>
internal sealed class RangePlan(IndexedSlot slot, int least, int greatest) : IndexPlan
{
    /// <summary>Both this range and another of the same slot; null where both have the same bound.</summary>
    public RangePlan? With(RangePlan other) => slot != other.Slot || (least >= 0 && other.Least >= 0) || (greatest >= 0 && other.Greatest >= 0)
        ? null
        : new RangePlan(slot, Math.Max(least, other.Least), Math.Max(greatest, other.Greatest));

    public override int[]? Find(TableSnapshot snapshot, object?[] captured, int most)
    {
        if (slot.FindIndex(snapshot) is not { } index
            || !TryConvert(captured, least, index.ValueType, out object? lower) || !TryConvert(captured, greatest, index.ValueType, out object? upper)
            || index.FindRange(lower, upper, most) is not { } rows)
        {
            return null;
        }

        Array.Sort(rows);
        return rows;
    }

    private IndexedSlot Slot => slot;

    private int Least => least;

    private int Greatest => greatest;

    // A null bound means no row, and so rarely that it is left to the filter.
    private static bool TryConvert(object?[] captured, int parameter, Type columnType, out object? value)
    {
        value = null;
        return parameter < 0 || (captured[parameter] is not null && IndexValue.TryConvert(captured[parameter], columnType, out value));
    }
}
