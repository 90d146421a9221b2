using System.Linq.Expressions;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Collections;

/// <summary>Sorts rows by the properties that a caller names, equal ones by when they were written.</summary>
/// <remarks>Strings are compared by ordinal, and null comes before any value, on every machine.</remarks>
internal sealed class RowSort : IComparer<Row>
{
    private readonly List<(int Slot, int Direction)> _keys = [];

    private RowSort()
    {
    }

    /// <summary>Whether nothing but the order of writing counts.</summary>
    public bool IsByWriting => _keys.Count == 0;

    /// <exception cref="NotSupportedException">A key is no data or key property, or its type has no order.</exception>
    public static RowSort Read<TRecord>(
        Func<FilteredRecordRetrievalOptions<TRecord>.OrderByDefinition, FilteredRecordRetrievalOptions<TRecord>.OrderByDefinition>? orderBy, RecordModel model)
    {
        RowSort sort = new();
        foreach (FilteredRecordRetrievalOptions<TRecord>.OrderByDefinition.SortInfo key in orderBy?.Invoke(new()).Values ?? [])
        {
            sort._keys.Add((FindSlot(key.PropertySelector, model), key.Ascending ? 1 : -1));
        }

        return sort;
    }

    public int Compare(Row? x, Row? y)
    {
        foreach ((int slot, int direction) in _keys)
        {
            int order = CompareValues(x!.Values[slot], y!.Values[slot]);
            if (order != 0)
            {
                return order * direction;
            }
        }

        return x!.Index.CompareTo(y!.Index);
    }

    private static int FindSlot(LambdaExpression selector, RecordModel model)
    {
        RecordProperty property = model.Select(selector) ?? throw new NotSupportedException(
            $"OrderBy: '{selector}' is no property of {model.RecordType.Name}; records are sorted by a property of their own.");
        Type type = Nullable.GetUnderlyingType(property.Type) ?? property.Type;
        return property is not VectorProperty && typeof(IComparable).IsAssignableFrom(type)
            ? property.Slot
            : throw new NotSupportedException($"OrderBy: '{selector}' is of type {type}, which has no order.");
    }

    private static int CompareValues(object? x, object? y) =>
        x is string left && y is string right ? string.CompareOrdinal(left, right) : Comparer<object?>.Default.Compare(x, y);
}
