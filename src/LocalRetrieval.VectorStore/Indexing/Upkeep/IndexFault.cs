namespace LocalRetrieval.VectorData.Indexing.Upkeep;

/// <summary>Why a column has no index.</summary>
/// <param name="Reason">As statistics tell it.</param>
/// <param name="End">When it may have one again, as <see cref="Environment.TickCount64"/> counts it; the highest number for never.</param>
internal sealed record IndexFault(string Reason, long End = long.MaxValue)
{
    /// <summary>Whether the column may have an index again.</summary>
    public bool IsOver => Environment.TickCount64 >= End;
}
