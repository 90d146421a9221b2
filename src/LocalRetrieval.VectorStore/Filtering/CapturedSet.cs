using System.Collections;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>The items of a collection that a filter captured, as they were when the filter was given.</summary>
internal sealed class CapturedSet
{
    private const int LeastToHash = 8;

    private readonly HashSet<object?>? _set;

    private CapturedSet(IEnumerable items)
    {
        Items = [.. items];
        _set = Items.Length < LeastToHash ? null : [.. Items];
    }

    public object?[] Items { get; }

    /// <summary>Copies a list, a sequence that would be computed for each row, or a set of a usual type that compares as everyone does.</summary>
    /// <returns>The copy; null for any other object, which has a Contains of its own, and for null.</returns>
    public static CapturedSet? TryCopy(object? items) => items switch
    {
        IList list => new CapturedSet(list),
        HashSet<string> set => IsUsual(set.Comparer) || set.Comparer == (IEqualityComparer<string>)StringComparer.Ordinal ? new CapturedSet(set) : null,
        HashSet<int> set => IsUsual(set.Comparer) ? new CapturedSet(set) : null,
        HashSet<long> set => IsUsual(set.Comparer) ? new CapturedSet(set) : null,
        HashSet<Guid> set => IsUsual(set.Comparer) ? new CapturedSet(set) : null,
        // What LINQ and iterator methods give is both.
        IEnumerator and IEnumerable sequence => new CapturedSet(sequence),
        _ => null,
    };

    public bool Contains(object? item)
    {
        if (_set is not null)
        {
            return _set.Contains(item);
        }

        foreach (object? candidate in Items)
        {
            if (Equals(candidate, item))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUsual<T>(IEqualityComparer<T> comparer) => comparer == EqualityComparer<T>.Default;
}
