using LocalRetrieval.Rag;

namespace WebRag.Documents;

/// <summary>What of the folder cannot be found, by the last time that it was looked through.</summary>
internal sealed record UnreadFiles
{
    private const int MaxFiles = 200;

    /// <summary>How many there are.</summary>
    public required int Count { get; init; }

    /// <summary>The first of them, by their names.</summary>
    public required IReadOnlyList<UnreadFile> Files { get; init; }

    /// <param name="result">What a synchronisation found; null before the first.</param>
    public static UnreadFiles Of(SyncResult? result)
    {
        SyncEntry[] unread = result is null ? [] : [.. result.Skipped, .. result.Failed, .. result.New.Concat(result.Changed).Concat(result.Unchanged).Concat(result.Renamed).Where(entry => entry.Passages == 0)];
        return new UnreadFiles
        {
            Count = unread.Length,
            Files = [.. unread.OrderBy(entry => entry.Source, StringComparer.OrdinalIgnoreCase).Take(MaxFiles).Select(UnreadFile.Of)],
        };
    }
}
