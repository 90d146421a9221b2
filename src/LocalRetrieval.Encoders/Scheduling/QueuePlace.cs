namespace LocalRetrieval.Encoders;

/// <summary>The place of texts in an encoder's queue, given back when disposed.</summary>
internal readonly struct QueuePlace(QueueBound? bound, RunPriority priority, int texts, long bytes, bool isWhole = false) : IDisposable
{
    public void Dispose() => bound?.Exit(priority, texts, bytes, isWhole);
}
