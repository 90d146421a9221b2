namespace LocalRetrieval.Rag;

/// <summary>Counts the entries of one run, and tells how far it has come.</summary>
/// <remarks>For one thread at a time.</remarks>
internal sealed class SyncCount(IProgress<SyncProgress> progress)
{
    private int _total;
    private int _done;

    /// <summary>Begins to count.</summary>
    public void Begin(FolderListing listing)
    {
        _total = listing.Files.Count + listing.Skipped.Count + listing.Failures.Count;
        progress.Report(new SyncProgress { Sources = 0, TotalSources = _total });
    }

    public void Add(SyncEntry entry)
    {
        if (entry.Outcome != SyncOutcome.Vanished)
        {
            _done++;
            progress.Report(new SyncProgress { Source = entry.Source, Sources = _done, TotalSources = Math.Max(_total, _done) });
        }
    }
}
