namespace LocalRetrieval.VectorData.Storage;

/// <summary>Sorted values and their rows. Nobody changes it.</summary>
internal sealed class SortedRun
{
    public static readonly SortedRun Empty = new([], []);

    private readonly object[] _values;
    private readonly int[] _rows;

    private SortedRun(object[] values, int[] rows)
    {
        _values = values;
        _rows = rows;
    }

    public int Count => _values.Length;

    public static bool IsWithin(object value, object? least, object? greatest) =>
        (least is null || Compare(value, least) >= 0) && (greatest is null || Compare(value, greatest) <= 0);

    /// <summary>This run and further values, which need not be sorted.</summary>
    public SortedRun With(ReadOnlySpan<(object Value, int Row)> added)
    {
        object[] newValues = new object[added.Length];
        int[] newRows = new int[added.Length];
        for (int i = 0; i < added.Length; i++)
        {
            (newValues[i], newRows[i]) = added[i];
        }

        Array.Sort(newValues, newRows, Comparer<object>.Create(Compare));
        return Merge(newValues, newRows);
    }

    /// <summary>Appends the rows of a range; false, and nothing appended, where they are more than <paramref name="most"/>.</summary>
    public bool TryFind(object? least, object? greatest, int most, List<int> rows)
    {
        int start = least is null ? 0 : CountBelow(least, isIncluded: false);
        int end = greatest is null ? Count : CountBelow(greatest, isIncluded: true);
        if (end - start > most)
        {
            return false;
        }

        rows.AddRange(_rows.AsSpan(start, Math.Max(0, end - start)));
        return true;
    }

    /// <summary>Compares values of one type, strings by ordinal; null comes first.</summary>
    public static int CompareNullable(object? x, object? y) => x is null || y is null ? (x is null ? 0 : 1) - (y is null ? 0 : 1) : Compare(x, y);

    private static int Compare(object x, object y) =>
        x is string left && y is string right ? string.CompareOrdinal(left, right) : Comparer<object>.Default.Compare(x, y);

    private SortedRun Merge(object[] newValues, int[] newRows)
    {
        object[] values = new object[Count + newValues.Length];
        int[] rows = new int[values.Length];
        int next = 0;
        int nextNew = 0;
        for (int i = 0; i < values.Length; i++)
        {
            bool takesNew = next == Count || (nextNew < newValues.Length && Compare(newValues[nextNew], _values[next]) < 0);
            (values[i], rows[i]) = takesNew ? (newValues[nextNew], newRows[nextNew++]) : (_values[next], _rows[next++]);
        }

        return new SortedRun(values, rows);
    }

    /// <summary>How many values are below a bound, or equal to it where it <paramref name="isIncluded"/>.</summary>
    private int CountBelow(object bound, bool isIncluded)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            int order = Compare(_values[middle], bound);
            if (order < 0 || (isIncluded && order == 0))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
