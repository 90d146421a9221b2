using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>The rows whose slot, which is read as a condition of its own, is true, or those where it is false.</summary>
internal sealed class FlagPlan(IndexedSlot slot, bool value) : IndexPlan
{
    public override int[]? Find(TableSnapshot snapshot, object?[] captured, int most) =>
        slot.FindIndex(snapshot)?.Find(value, most);
}
