using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>The rows whose slot equals a captured value.</summary>
internal sealed class EqualPlan(IndexedSlot slot, int parameter) : IndexPlan
{
    public override int[]? Find(TableSnapshot snapshot, object?[] captured, int most) =>
        slot.FindIndex(snapshot) is { } index && IndexValue.TryConvert(captured[parameter], index.ValueType, out object? value)
            ? index.Find(value, most)
            : null;
}
