using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>A slot that a filter reads.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Type">The type, without null, that the filter reads it as.</param>
internal readonly record struct IndexedSlot(int Slot, Type Type)
{
    /// <summary>Whether the slot is the one of the keys, which a table finds rows by.</summary>
    public bool IsKey => Slot == 0;

    /// <summary>The index over the slot's values; null where there is none, or where they are not of the type, so that the filter throws.</summary>
    public ColumnIndex? FindIndex(TableSnapshot snapshot) =>
        snapshot.GetIndex(Slot) is { IsCollection: false } index && (Type == typeof(object) || Type == index.ValueType) ? index : null;
}
