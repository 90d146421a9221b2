using System.Diagnostics;

namespace LocalRetrieval.VectorData.Search;

/// <summary>Keeps the nearest of the items offered; of equally near ones, those with the lowest order.</summary>
internal sealed class TopResults<T>(int capacity)
{
    private readonly PriorityQueue<T, (double Nearness, long Order)> _queue = new(WorstFirst.Instance);

    public void Offer(T item, double nearness, long order)
    {
        Debug.Assert(capacity > 0);
        if (_queue.Count < capacity)
        {
            _queue.Enqueue(item, (nearness, order));
        }
        else
        {
            _queue.EnqueueDequeue(item, (nearness, order));
        }
    }

    /// <summary>Takes the items out, nearest first, without the first <paramref name="skip"/>.</summary>
    public (T Item, double Nearness)[] Take(int skip)
    {
        (T, double)[] results = new (T, double)[Math.Max(0, _queue.Count - skip)];
        for (int i = results.Length - 1; i >= 0; i--)
        {
            _queue.TryDequeue(out T? item, out (double Nearness, long Order) rank);
            results[i] = (item!, rank.Nearness);
        }

        return results;
    }

    private sealed class WorstFirst : IComparer<(double Nearness, long Order)>
    {
        public static readonly WorstFirst Instance = new();

        public int Compare((double Nearness, long Order) x, (double Nearness, long Order) y)
        {
            int nearness = x.Nearness.CompareTo(y.Nearness);
            return nearness != 0 ? nearness : y.Order.CompareTo(x.Order);
        }
    }
}
