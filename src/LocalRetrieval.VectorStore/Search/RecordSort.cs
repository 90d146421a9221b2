using System.Linq.Expressions;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Search;

/// <summary>Sorts records by the properties that a caller names.</summary>
/// <remarks>Strings are compared by ordinal, and null comes before any value, on every machine.</remarks>
internal sealed class RecordSort<TRecord>
    where TRecord : class
{
    private static readonly Comparer<object?> KeyComparer = Comparer<object?>.Create(Compare);

    private readonly List<(Func<TRecord, object?> Select, bool Ascending)> _keys = [];

    /// <exception cref="NotSupportedException">A key's type has no order.</exception>
    public RecordSort(Func<FilteredRecordRetrievalOptions<TRecord>.OrderByDefinition, FilteredRecordRetrievalOptions<TRecord>.OrderByDefinition>? orderBy)
    {
        foreach (FilteredRecordRetrievalOptions<TRecord>.OrderByDefinition.SortInfo key in orderBy?.Invoke(new()).Values ?? [])
        {
            ThrowIfWithoutOrder(key.PropertySelector);
            _keys.Add((key.PropertySelector.Compile(), key.Ascending));
        }
    }

    /// <summary>Sorts items by their records; equal ones keep their order.</summary>
    public IEnumerable<T> Sort<T>(IEnumerable<T> items, Func<T, TRecord> record)
    {
        IOrderedEnumerable<T>? sorted = null;
        foreach ((Func<TRecord, object?> select, bool ascending) in _keys)
        {
            object? Key(T item) => select(record(item));
            sorted = (sorted, ascending) switch
            {
                (null, true) => items.OrderBy(Key, KeyComparer),
                (null, false) => items.OrderByDescending(Key, KeyComparer),
                (_, true) => sorted.ThenBy(Key, KeyComparer),
                (_, false) => sorted.ThenByDescending(Key, KeyComparer),
            };
        }

        return sorted ?? items;
    }

    private static void ThrowIfWithoutOrder(Expression<Func<TRecord, object?>> selector)
    {
        Expression body = selector.Body is UnaryExpression { NodeType: ExpressionType.Convert } conversion ? conversion.Operand : selector.Body;
        Type type = Nullable.GetUnderlyingType(body.Type) ?? body.Type;
        if (!typeof(IComparable).IsAssignableFrom(type))
        {
            throw new NotSupportedException($"OrderBy: '{selector}' is of type {type}, which has no order.");
        }
    }

    private static int Compare(object? x, object? y) =>
        x is string left && y is string right ? string.CompareOrdinal(left, right) : Comparer<object?>.Default.Compare(x, y);
}
