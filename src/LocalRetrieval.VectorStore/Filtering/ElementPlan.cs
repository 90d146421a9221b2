using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>The rows whose collection, in a slot, holds a captured value.</summary>
internal sealed class ElementPlan(int slot, int parameter) : IndexPlan
{
    public override int[]? Find(TableSnapshot snapshot, object?[] captured, int most) =>
        snapshot.GetIndex(slot) is { IsCollection: true } index ? index.Find(captured[parameter], most) : null;
}
