using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Storage;
using LocalRetrieval.VectorData.Values;

namespace LocalRetrieval.VectorData.Snapshots;

/// <summary>The index of a column in a snapshot: its values in order, null first, and the rows of each.</summary>
/// <remarks>It stands in the file, and is searched there: of a value that is looked for some twenty are read in a million.</remarks>
internal sealed class StoredColumnIndex
{
    private readonly ValueCodec _codec;
    private readonly SnapshotFile _file;
    private readonly ReadOnlyMemory<int> _valueEnds;
    private readonly ReadOnlyMemory<int> _rowEnds;
    private readonly ReadOnlyMemory<int> _rows;
    private readonly long _values;

    /// <param name="file">The snapshot.</param>
    /// <param name="section">Where the index stands.</param>
    /// <param name="codec">Reads values; of a collection, its elements.</param>
    public StoredColumnIndex(SnapshotFile file, SnapshotSection section, ValueCodec codec)
    {
        _file = file;
        _codec = codec;
        ReadOnlySpan<int> counts = file.Bytes.Memory<int>(section.Offset, 2).Span;
        (int values, int rows) = (counts[0], counts[1]);
        long offset = section.Offset + (2 * sizeof(int));
        _valueEnds = file.Bytes.Memory<int>(offset, values);
        _rowEnds = file.Bytes.Memory<int>(offset + ((long)values * sizeof(int)), values);
        _rows = file.Bytes.Memory<int>(offset + (2L * values * sizeof(int)), rows);
        _values = offset + (((2L * values) + rows) * sizeof(int));
    }

    /// <summary>Writes an index.</summary>
    /// <returns>Whether it was written: values of more than 1 GB are not.</returns>
    public static bool TryWrite(SnapshotOutput output, SnapshotColumn column, ValueCodec codec)
    {
        (object?[] values, int[] rowEnds, int[] rows) = column.Sort();
        ByteWriter written = new();
        int[] valueEnds = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            codec.Write(written, values[i]);
            valueEnds[i] = written.Length;
            if (written.Length > LogFormat.MaxPayload)
            {
                return false;
            }
        }

        output.Write((ReadOnlySpan<int>)[values.Length, rows.Length]);
        output.Write(valueEnds);
        output.Write(rowEnds);
        output.Write(rows);
        output.Write(written.Written);
        return true;
    }

    /// <summary>The rows of a value, in ascending order. Valid while this is held.</summary>
    public ReadOnlySpan<int> Find(object? value)
    {
        int place = CountBelow(value, isIncluded: false);
        return place < _valueEnds.Length && SortedRun.CompareNullable(ReadValue(place), value) == 0 ? RowsOf(place, place + 1) : [];
    }

    /// <summary>The rows of the values from <paramref name="least"/> to <paramref name="greatest"/>, both included, in no order; null is no bound, and in no range. Valid while this is held.</summary>
    public ReadOnlySpan<int> FindRange(object? least, object? greatest)
    {
        int start = CountBelow(least, isIncluded: least is null);
        int end = greatest is null ? _valueEnds.Length : CountBelow(greatest, isIncluded: true);
        return RowsOf(start, Math.Max(start, end));
    }

    private ReadOnlySpan<int> RowsOf(int start, int end)
    {
        int first = start == 0 ? 0 : _rowEnds.Span[start - 1];
        int last = end == 0 ? 0 : _rowEnds.Span[end - 1];
        return _rows.Span[first..last];
    }

    /// <summary>How many values are below a bound, or equal to it where it <paramref name="isIncluded"/>.</summary>
    private int CountBelow(object? bound, bool isIncluded)
    {
        int low = 0;
        int high = _valueEnds.Length;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            int order = SortedRun.CompareNullable(ReadValue(middle), bound);
            (low, high) = order < 0 || (isIncluded && order == 0) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private object? ReadValue(int place)
    {
        ReadOnlySpan<int> ends = _valueEnds.Span;
        int start = place == 0 ? 0 : ends[place - 1];
        ByteReader reader = new(_file.Bytes.Read(_values + start, ends[place] - start));
        object? value = _codec.Read(ref reader);
        GC.KeepAlive(_file);
        return value;
    }
}
