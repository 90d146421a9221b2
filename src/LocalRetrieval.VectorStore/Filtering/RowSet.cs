namespace LocalRetrieval.VectorData.Filtering;

/// <summary>Gathers rows of several indexes.</summary>
internal sealed class RowSet
{
    private readonly List<int> _rows = [];

    public int Count => _rows.Count;

    /// <summary>The rows that both of two ascending lists have, ascending.</summary>
    public static int[] Intersect(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        if (left.Length > right.Length)
        {
            return Intersect(right, left);
        }

        List<int> both = [];
        foreach (int row in left)
        {
            // What is left of the longer list is searched: a short list costs its own length.
            int place = right.BinarySearch(row);
            right = right[(place < 0 ? ~place : place)..];
            if (place >= 0)
            {
                both.Add(row);
            }
        }

        return [.. both];
    }

    public void Add(ReadOnlySpan<int> rows) => _rows.AddRange(rows);

    /// <summary>The rows in ascending order, each once.</summary>
    public int[] ToArray()
    {
        int[] rows = [.. _rows];
        Array.Sort(rows);
        int count = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            if (count == 0 || rows[count - 1] != rows[i])
            {
                rows[count++] = rows[i];
            }
        }

        return rows[..count];
    }
}
