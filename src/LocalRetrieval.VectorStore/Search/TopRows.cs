using System.Diagnostics;

namespace LocalRetrieval.VectorData.Search;

/// <summary>Keeps the nearest of the rows offered, in a heap whose root is the worst; of equally near rows, those with the lowest numbers.</summary>
/// <remarks>What is kept does not depend on the order of the offers. Not safe for concurrent use.</remarks>
internal sealed class TopRows
{
    private const int FirstLength = 16;

    private readonly int _capacity;
    private (double Nearness, int Row)[] _heap;

    /// <param name="capacity">How many rows to keep, at least 1; memory is taken as rows come.</param>
    public TopRows(int capacity)
    {
        Debug.Assert(capacity > 0);
        _capacity = capacity;
        _heap = new (double, int)[Math.Min(capacity, FirstLength)];
    }

    public int Count { get; private set; }

    /// <summary>A row less near than this is not kept; minus infinity while there is room.</summary>
    public double Bound => Count < _capacity ? double.NegativeInfinity : _heap[0].Nearness;

    public void Offer(double nearness, int row)
    {
        (double, int) item = (nearness, row);
        if (Count < _capacity)
        {
            if (Count == _heap.Length)
            {
                Array.Resize(ref _heap, (int)Math.Min(_capacity, 2L * Count));
            }

            SiftUp(Count++, item);
        }
        else if (IsWorse(_heap[0], item))
        {
            SiftDown(item);
        }
    }

    /// <summary>Offers all that another one keeps.</summary>
    public void Merge(TopRows other)
    {
        foreach ((double nearness, int row) in other._heap.AsSpan(0, other.Count))
        {
            Offer(nearness, row);
        }
    }

    /// <summary>The rows kept, nearest first, without the first <paramref name="skip"/>.</summary>
    public (double Nearness, int Row)[] Take(int skip)
    {
        Span<(double Nearness, int Row)> kept = _heap.AsSpan(0, Count);
        kept.Sort(static (x, y) => IsWorse(x, y) ? 1 : IsWorse(y, x) ? -1 : 0);
        return kept[Math.Min(skip, kept.Length)..].ToArray();
    }

    private static bool IsWorse((double Nearness, int Row) x, (double Nearness, int Row) y) =>
        x.Nearness < y.Nearness || (x.Nearness == y.Nearness && x.Row > y.Row);

    private void SiftUp(int index, (double, int) item)
    {
        while (index > 0)
        {
            int parent = (index - 1) / 2;
            if (!IsWorse(item, _heap[parent]))
            {
                break;
            }

            _heap[index] = _heap[parent];
            index = parent;
        }

        _heap[index] = item;
    }

    private void SiftDown((double, int) item)
    {
        int index = 0;
        while (true)
        {
            int child = (2 * index) + 1;
            if (child >= Count)
            {
                break;
            }

            if (child + 1 < Count && IsWorse(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!IsWorse(_heap[child], item))
            {
                break;
            }

            _heap[index] = _heap[child];
            index = child;
        }

        _heap[index] = item;
    }
}
