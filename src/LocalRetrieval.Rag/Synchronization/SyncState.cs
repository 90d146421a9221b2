namespace LocalRetrieval.Rag;

/// <summary>What a scope held when a synchronisation began, and which of it has turned up under another name.</summary>
/// <remarks>Reading is safe for concurrent use; <see cref="Claim"/> is for one thread.</remarks>
internal sealed class SyncState
{
    private readonly IReadOnlyDictionary<string, string> _damages;
    private readonly ILookup<string, SourceRecord> _byHash;
    private readonly Dictionary<string, Queue<SourceRecord>> _goneByHash;
    private readonly HashSet<string> _claimed = new(StringComparer.Ordinal);

    /// <param name="records">The records of the manifest, by source.</param>
    /// <param name="damages">Sources whose passages are not what their records say, with the reason.</param>
    /// <param name="listing">What is in the folder.</param>
    public SyncState(IReadOnlyDictionary<string, SourceRecord> records, IReadOnlyDictionary<string, string> damages, FolderListing listing)
    {
        Records = records;
        _damages = damages;
        HashSet<string> found = new(listing.Files.Select(file => file.Document.Source), StringComparer.Ordinal);
        Gone = [.. records.Values.Where(record => !found.Contains(record.Source)).OrderBy(record => record.Source, StringComparer.Ordinal)];
        _byHash = records.Values.Where(record => record.Hash.Length > 0).ToLookup(record => record.Hash);
        _goneByHash = Gone
            .Where(record => record.Hash.Length > 0 && !listing.IsUnreadable(record.Source))
            .GroupBy(record => record.Hash)
            .ToDictionary(group => group.Key, group => new Queue<SourceRecord>(group));
    }

    /// <summary>What the scope held, by source.</summary>
    public IReadOnlyDictionary<string, SourceRecord> Records { get; }

    /// <summary>What the scope held and the folder has no more under that name, ordered by it.</summary>
    public IReadOnlyList<SourceRecord> Gone { get; }

    /// <summary>Why a source must be read again, since its passages are not what its record says; null where they are.</summary>
    public string? ReasonToRead(SourceRecord record) => _damages.GetValueOrDefault(record.Source);

    /// <summary>A source with the same bytes, whose vectors may serve.</summary>
    public SourceRecord? FindAlike(SyncItem item) => _byHash[item.Hash!].FirstOrDefault(record => record.Source != item.Source);

    /// <summary>Takes a source that is gone and has the bytes of a new one; each is taken once.</summary>
    public SourceRecord? Claim(SyncItem item)
    {
        if (item.Old is { IsDone: true } || item.Hash is null || !_goneByHash.TryGetValue(item.Hash, out Queue<SourceRecord>? gone) || !gone.TryDequeue(out SourceRecord? record))
        {
            return null;
        }

        _claimed.Add(record.Source);
        return record;
    }

    /// <summary>Whether a source that is gone was taken by <see cref="Claim"/>.</summary>
    public bool IsClaimed(SourceRecord record) => _claimed.Contains(record.Source);
}
