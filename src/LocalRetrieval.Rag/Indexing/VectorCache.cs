namespace LocalRetrieval.Rag;

/// <summary>The vectors that a run made last, by content hash, so that what stands in many documents is embedded once.</summary>
/// <remarks>Bounded, so that a run's memory is. For one thread at a time.</remarks>
internal sealed class VectorCache
{
    private const int Capacity = 4096;

    // Those of tokens are some hundred times as large.
    private const int CapacityWithTokens = 256;

    private readonly Dictionary<string, Passage> _passages = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = [];

    /// <summary>A passage that has the vectors of a content; null where there is none.</summary>
    public Passage? Find(string contentHash) => _passages.GetValueOrDefault(contentHash);

    /// <summary>Adds vectors; the oldest make place for them.</summary>
    public void Add(IEnumerable<Passage> passages)
    {
        foreach (Passage passage in passages)
        {
            if (_passages.TryAdd(passage.ContentHash, passage))
            {
                _order.Enqueue(passage.ContentHash);
            }

            if (_order.Count > (passage.TokenVectors is null ? Capacity : CapacityWithTokens))
            {
                _passages.Remove(_order.Dequeue());
            }
        }
    }
}
