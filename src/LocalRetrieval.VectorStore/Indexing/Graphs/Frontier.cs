namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>The rows whose neighbours are yet to be looked at, as <see cref="NearKey"/>s in a heap whose root is the nearest.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class Frontier
{
    private ulong[] _heap = new ulong[256];
    private int _count;

    /// <summary>How many rows it has memory for.</summary>
    public int Room => _heap.Length;

    /// <summary>The nearest one; 0 where there is none.</summary>
    public ulong Nearest => _count == 0 ? 0 : _heap[0];

    public void Clear() => _count = 0;

    public void Add(ulong key)
    {
        if (_count == _heap.Length)
        {
            Array.Resize(ref _heap, 2 * _count);
        }

        ulong[] heap = _heap;
        int index = _count++;
        while (index > 0)
        {
            int parent = (index - 1) >> 1;
            if (heap[parent] >= key)
            {
                break;
            }

            heap[index] = heap[parent];
            index = parent;
        }

        heap[index] = key;
    }

    /// <summary>Takes out the nearest one, which there must be.</summary>
    public ulong Take()
    {
        ulong nearest = _heap[0];
        ulong last = _heap[--_count];
        Span<ulong> heap = _heap.AsSpan(0, _count);
        int index = 0;
        for (int child = 1; child < heap.Length; child = (2 * index) + 1)
        {
            child += child + 1 < heap.Length && heap[child + 1] > heap[child] ? 1 : 0;
            if (last >= heap[child])
            {
                break;
            }

            heap[index] = heap[child];
            index = child;
        }

        if (_count > 0)
        {
            heap[index] = last;
        }

        return nearest;
    }
}
