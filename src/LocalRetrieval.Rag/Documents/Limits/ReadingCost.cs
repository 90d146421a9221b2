namespace LocalRetrieval.Rag;

/// <summary>What reading a document and all that lies in it has come to.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class ReadingCost
{
    private long _parts;
    private long _expanded;

    /// <summary>Adds parts, and gives how many there are.</summary>
    public long AddParts(long count) => Interlocked.Add(ref _parts, count);

    /// <summary>Adds bytes, and gives how many there are.</summary>
    public long AddExpanded(long bytes) => Interlocked.Add(ref _expanded, bytes);
}
