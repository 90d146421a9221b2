using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>The rows whose slot equals a captured value, or whose collection holds it.</summary>
internal sealed class EqualPlan(int slot, int parameter, Type columnType, bool isElement) : IndexPlan
{
    public override int[]? Find(TableSnapshot snapshot, object?[] captured, int most) =>
        snapshot.GetIndex(slot) is { } index && index.IsCollection == isElement
        && IndexValue.TryConvert(captured[parameter], columnType, isElement, out object? value)
        && index.Find(value) is { } rows && rows.Length <= most
            ? rows.ToArray()
            : null;
}
