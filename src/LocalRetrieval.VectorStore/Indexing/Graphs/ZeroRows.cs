using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>The rows whose vectors are zero, where those are compared by products: they are equally near to everything, so that no graph leads to them.</summary>
/// <remarks>One writer adds rows; readers need no lock.</remarks>
internal sealed class ZeroRows(VectorMeasure measure)
{
    private RowList? _rows;
    private int _taken;

    /// <summary>The rows, ascending.</summary>
    public ReadOnlySpan<int> Rows => Volatile.Read(ref _rows) is { } rows ? rows.Read() : default;

    public bool Contains(int row) => Rows.BinarySearch(row) >= 0;

    /// <summary>Finds the zero ones among further rows.</summary>
    /// <param name="vectors">The whole vectors.</param>
    /// <param name="start">The first row that was not looked at.</param>
    /// <param name="end">One more than the last one's number.</param>
    /// <param name="hasVector">Whether a row has a vector.</param>
    public void Take(VectorBlocks vectors, int start, int end, Func<int, bool> hasVector)
    {
        if (measure.Kernel != PairKernel.Product)
        {
            return;
        }

        start = Math.Max(start, _taken);
        _taken = end;
        foreach (RowBlock block in vectors.Read(end))
        {
            ReadOnlySpan<float> scales = block.Scales.Span;
            for (int i = Math.Max(0, start - block.FirstRow); i < Math.Min(scales.Length, end - block.FirstRow); i++)
            {
                if (scales[i] == 0 && hasVector(block.FirstRow + i))
                {
                    Add(block.FirstRow + i);
                }
            }
        }
    }

    /// <summary>Writes the rows.</summary>
    public void Save(IndexOutput output)
    {
        ReadOnlySpan<int> rows = Rows;
        output.Write(_taken);
        output.Write(rows.Length);
        output.Write(rows);
    }

    /// <summary>Takes over the rows that were saved; there are none yet.</summary>
    /// <exception cref="InvalidDataException">They are not what was saved.</exception>
    public void Load(IndexInput input)
    {
        _taken = input.Read<int>();
        int last = -1;
        foreach (int row in input.Read<int>(input.Read<int>()).Span)
        {
            if (row <= last || row >= _taken)
            {
                throw new InvalidDataException("The rows of zero vectors are not in order.");
            }

            Add(last = row);
        }
    }

    /// <summary>The same rows under other numbers.</summary>
    /// <param name="newRows">The number of each row from now on, ascending; -1 for one that goes.</param>
    /// <param name="count">How many rows are known from now on: those from here on are yet to be looked at.</param>
    public ZeroRows Renumber(ReadOnlySpan<int> newRows, int count)
    {
        ZeroRows renumbered = new(measure) { _taken = count };
        foreach (int row in Rows)
        {
            if (row < newRows.Length && newRows[row] >= 0)
            {
                renumbered.Add(newRows[row]);
            }
        }

        return renumbered;
    }

    /// <summary>Takes out rows, where those are many.</summary>
    /// <param name="isKept">Whether a row stays.</param>
    /// <param name="share">What share of all is many.</param>
    public void Keep(Func<int, bool> isKept, double share)
    {
        ReadOnlySpan<int> before = Rows;
        RowList? kept = null;
        int count = 0;
        foreach (int row in before)
        {
            if (isKept(row))
            {
                count++;
                if (kept is null)
                {
                    kept = new RowList(row);
                }
                else
                {
                    kept.Add(row);
                }
            }
        }

        if (before.Length - count > share * before.Length)
        {
            Volatile.Write(ref _rows, kept);
        }
    }

    private void Add(int row)
    {
        if (_rows is { } rows)
        {
            rows.Add(row);
        }
        else
        {
            Volatile.Write(ref _rows, new RowList(row));
        }
    }
}
