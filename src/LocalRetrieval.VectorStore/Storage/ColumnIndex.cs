using System.Collections;
using System.Collections.Concurrent;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Snapshots;
using LocalRetrieval.VectorData.Values;

namespace LocalRetrieval.VectorData.Storage;

/// <summary>Which rows hold which values in one column: by value, and in order for ranges.</summary>
/// <remarks>
/// One writer adds; any number of readers read. A row stays here when it is no longer there, and rows of later generations may be here
/// already, so a reader checks each row that it is given. A collection is indexed by each of its elements, and not for ranges.
/// </remarks>
internal sealed class ColumnIndex
{
    private static readonly object NullKey = new();

    private readonly ConcurrentDictionary<object, RowList> _rowsByValue = new(concurrencyLevel: 1, capacity: 31);
    private readonly SortedRows? _sorted;

    private readonly StoredColumnIndex? _stored;
    private readonly Type _indexedType;

    private ColumnIndex(Type valueType, bool isCollection, StoredColumnIndex? stored)
    {
        _stored = stored;
        Type indexed = isCollection ? ElementOf(valueType) : valueType;
        _indexedType = Nullable.GetUnderlyingType(indexed) ?? indexed;
        ValueType = valueType;
        IsCollection = isCollection;
        _sorted = isCollection ? null : new SortedRows();
    }

    /// <summary>The type of the column's values that are no null.</summary>
    public Type ValueType { get; }

    /// <summary>Whether the index is over the elements of collections.</summary>
    public bool IsCollection { get; }

    /// <summary>The index of a column; null where its type is none that can be indexed.</summary>
    /// <param name="property">The column.</param>
    /// <param name="stored">The index of the first rows, which stand in a snapshot; null for none.</param>
    public static ColumnIndex? For(DataProperty property, StoredColumnIndex? stored = null) =>
        IsScalar(property.ValueType) ? new ColumnIndex(property.ValueType, isCollection: false, stored)
        : IsListOfScalars(property.ValueType) ? new ColumnIndex(property.ValueType, isCollection: true, stored)
        : null;

    /// <summary>What writes that which an index of a column is over, and reads it; null where its type is none that can be indexed.</summary>
    public static ValueCodec? CodecOf(DataProperty property) =>
        IsScalar(property.ValueType) ? ValueCodecs.Find(property.ValueType)
        : IsListOfScalars(property.ValueType) ? ValueCodecs.Find(ElementOf(property.ValueType))
        : null;

    /// <summary>Whether an index of a column is over the elements of its values.</summary>
    public static bool IsOverElements(DataProperty property) => !IsScalar(property.ValueType);

    /// <summary>Whether a type is one of lists, which compare elements as everyone does; a set may have a comparer of its own.</summary>
    public static bool IsList(Type type) => type.IsSZArray || (type.IsGenericType && type.GetGenericTypeDefinition() is var definition
        && (definition == typeof(List<>) || definition == typeof(IList<>) || definition == typeof(IReadOnlyList<>)));

    public void Add(object? value, int row)
    {
        if (!IsCollection)
        {
            AddValue(value, row);
            _sorted!.Add(value, row);
        }
        else if (value is IEnumerable elements)
        {
            foreach (object? element in elements)
            {
                AddValue(element, row);
            }
        }
    }

    /// <summary>The rows of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="most">How many rows are worth having.</param>
    /// <returns>The rows in ascending order; null where they are more than <paramref name="most"/>.</returns>
    public int[]? Find(object? value, int most)
    {
        // Values of another type are equal to none, and have no order with them.
        ReadOnlySpan<int> stored = _stored is null || (value is not null && value.GetType() != _indexedType) ? [] : _stored.Find(value);
        ReadOnlySpan<int> later = _rowsByValue.TryGetValue(value ?? NullKey, out RowList? rows) ? rows.Read() : [];
        int[]? found = (long)stored.Length + later.Length > most ? null : [.. stored, .. later];
        GC.KeepAlive(_stored);
        return found;
    }

    /// <summary>The rows of the values from <paramref name="least"/> to <paramref name="greatest"/>, both included, in no order; null is no bound.</summary>
    /// <param name="least">The lower bound.</param>
    /// <param name="greatest">The upper bound.</param>
    /// <param name="most">How many rows are worth having.</param>
    /// <returns>The rows, or null where they are more than <paramref name="most"/>, or the values have no order.</returns>
    public int[]? FindRange(object? least, object? greatest, int most)
    {
        if (_sorted is null || _stored is null)
        {
            return _sorted?.Find(least, greatest, most);
        }

        ReadOnlySpan<int> stored = _stored.FindRange(least, greatest);
        int[]? found = stored.Length <= most && _sorted.Find(least, greatest, most - stored.Length) is { } later ? [.. stored, .. later] : null;
        GC.KeepAlive(_stored);
        return found;
    }

    private static bool IsListOfScalars(Type type) => IsList(type) && IsScalar(ElementOf(type));

    private static bool IsScalar(Type type) =>
        type == typeof(string) || type.IsPrimitive || type.IsEnum || type == typeof(decimal) || type == typeof(Guid)
        || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type == typeof(TimeOnly) || type == typeof(TimeSpan);

    private static Type ElementOf(Type list) => list.GetElementType() ?? list.GetGenericArguments()[0];

    private void AddValue(object? value, int row)
    {
        object key = value ?? NullKey;
        if (_rowsByValue.TryGetValue(key, out RowList? rows))
        {
            rows.Add(row);
        }
        else
        {
            _rowsByValue[key] = new RowList(row);
        }
    }
}
