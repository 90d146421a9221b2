using System.Collections;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>The items of a collection that a filter captured, as they were when the filter was given.</summary>
internal sealed class CapturedSet
{
    private const int LeastToHash = 8;

    private readonly IEnumerable _source;
    private readonly Func<object?, bool> _contains;

    private CapturedSet(IEnumerable source, Func<object?, bool> contains)
    {
        _source = source;
        _contains = contains;
    }

    public object?[] Items => field ??= _source as object?[] ?? [.. _source];

    /// <summary>Takes a list, a sequence that would be computed for each row, or a set of a usual type that compares as everyone does.</summary>
    /// <returns>The set; null for any other object, which has a Contains of its own, and for null.</returns>
    public static CapturedSet? TryTake(object? items) => items switch
    {
        IList list => Copy(list),
        HashSet<string> set => Copy(set, set.Comparer == (IEqualityComparer<string>)StringComparer.Ordinal),
        HashSet<int> set => Copy(set),
        HashSet<long> set => Copy(set),
        HashSet<Guid> set => Copy(set),
        // What LINQ and iterator methods give is both.
        IEnumerator and IEnumerable sequence => Copy(sequence),
        _ => null,
    };

    public bool Contains(object? item) => _contains(item);

    private static CapturedSet Copy(IEnumerable source)
    {
        object?[] items = [.. source];
        if (items.Length < LeastToHash)
        {
            return new CapturedSet(items, item => Array.Exists(items, candidate => Equals(candidate, item)));
        }

        HashSet<object?> set = [.. items];
        return new CapturedSet(items, set.Contains);
    }

    private static CapturedSet? Copy<T>(HashSet<T> set, bool isOrdinal = false)
    {
        if (!isOrdinal && set.Comparer != EqualityComparer<T>.Default)
        {
            return null;
        }

        HashSet<T> copied = new(set, set.Comparer);
        return new CapturedSet(copied, item => item is T value ? copied.Contains(value) : item is null && default(T) is null && copied.Contains(default!));
    }
}
