using System.Collections;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>The items of a collection that a filter captured, as they were when the filter was given.</summary>
internal sealed class CapturedSet
{
    private const int LeastToHash = 8;

    private readonly HashSet<object?>? _set;

    public CapturedSet(IEnumerable items)
    {
        Items = [.. items];
        _set = Items.Length < LeastToHash ? null : [.. Items];
    }

    public object?[] Items { get; }

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
}
