namespace LocalRetrieval.Rag;

/// <summary>The vectors that a run made last, by content hash, so that what stands in many documents is embedded once.</summary>
/// <remarks>Bounded, so that a run's memory is. For one thread at a time.</remarks>
internal sealed class VectorCache
{
    private const int Capacity = 4096;

    private readonly Dictionary<string, ReadOnlyMemory<float>> _vectors = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = [];

    /// <summary>The vector of a content, if it is there.</summary>
    public bool TryGet(string contentHash, out ReadOnlyMemory<float> vector) => _vectors.TryGetValue(contentHash, out vector);

    /// <summary>Adds vectors; the oldest make place for them.</summary>
    public void Add(IEnumerable<Passage> passages)
    {
        foreach (Passage passage in passages)
        {
            if (_vectors.TryAdd(passage.ContentHash, passage.Vector))
            {
                _order.Enqueue(passage.ContentHash);
            }

            if (_order.Count > Capacity)
            {
                _vectors.Remove(_order.Dequeue());
            }
        }
    }
}
