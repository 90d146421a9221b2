using System.Collections;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Snapshots;

/// <summary>Gathers the values of a column and their rows, for the index of a snapshot.</summary>
/// <remarks>A value is kept once, and a number for each row: many a column has few values.</remarks>
/// <param name="isCollection">Whether the elements of values are indexed, and not they.</param>
internal sealed class SnapshotColumn(bool isCollection)
{
    private static readonly object Null = new();

    private readonly Dictionary<object, int> _numbers = [];
    private readonly List<object?> _values = [];
    private readonly List<int> _lastRows = [];
    private readonly List<(int Value, int Row)> _entries = [];

    public void Add(object? value, int row)
    {
        if (!isCollection)
        {
            AddValue(value, row);
            return;
        }

        foreach (object? element in value as IEnumerable ?? Array.Empty<object?>())
        {
            AddValue(element, row);
        }
    }

    /// <summary>The values in order, where the rows of each end, and the rows of all, those of each in ascending order and once.</summary>
    public (object?[] Values, int[] RowEnds, int[] Rows) Sort()
    {
        int[] order = [.. Enumerable.Range(0, _values.Count)];
        Array.Sort(order, (left, right) => SortedRun.CompareNullable(_values[left], _values[right]));
        int[] ends = new int[order.Length];
        int[] counts = new int[order.Length];
        foreach ((int value, _) in _entries)
        {
            counts[value]++;
        }

        int[] next = new int[order.Length];
        int end = 0;
        for (int place = 0; place < order.Length; place++)
        {
            next[order[place]] = end;
            ends[place] = end += counts[order[place]];
        }

        int[] rows = new int[_entries.Count];
        foreach ((int value, int row) in _entries)
        {
            rows[next[value]++] = row;
        }

        return ([.. order.Select(number => _values[number])], ends, rows);
    }

    private void AddValue(object? value, int row)
    {
        if (!_numbers.TryGetValue(value ?? Null, out int number))
        {
            number = _values.Count;
            _numbers.Add(value ?? Null, number);
            _values.Add(value);
            _lastRows.Add(-1);
        }

        // A collection may have an element twice.
        if (_lastRows[number] != row)
        {
            _lastRows[number] = row;
            _entries.Add((number, row));
        }
    }
}
