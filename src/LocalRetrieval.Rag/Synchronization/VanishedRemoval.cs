using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>Deletes what a scope held of sources that are gone.</summary>
internal sealed class VanishedRemoval(PassageCollection passages, SourceManifest manifest, SyncState state, FolderListing listing, SyncOptions options, string scope)
{
    /// <summary>Deletes sources that are gone, unless there are too many, or they are to be kept, or it is not known whether they are.</summary>
    /// <param name="moved">Sources that are there under another name, which are deleted in any case.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>What became of each source that is gone for good.</returns>
    public async Task<IReadOnlyList<SyncEntry>> RunAsync(IReadOnlyList<SourceRecord> moved, CancellationToken cancellationToken)
    {
        List<SyncEntry> entries = [];
        List<SourceRecord> vanished = [];
        List<SourceRecord> left = [.. moved];
        foreach (SourceRecord record in state.Gone.Where(record => !state.IsClaimed(record)))
        {
            if (listing.IsUnreadable(record.Source))
            {
                entries.Add(Entry(record, SyncOutcome.Failed, "lies where the folder could not be read, and was kept"));
            }
            else if (record.State == SourceRecord.Moved)
            {
                left.Add(record);
            }
            else if (options.Vanished == VanishedSources.Keep)
            {
                entries.Add(Entry(record, SyncOutcome.Vanished, "is no longer in the folder, and was kept"));
            }
            else
            {
                vanished.Add(record);
            }
        }

        if (IsTooMuch(vanished.Count, state.Records.Count, options))
        {
            string reason = TooMuchMessage(vanished.Count, state.Records.Count);
            entries.AddRange(vanished.Select(record => Entry(record, SyncOutcome.Failed, reason)));
            vanished = [];
        }

        await DeleteAsync(vanished, left, entries, cancellationToken).ConfigureAwait(false);
        return entries;
    }

    /// <summary>Whether so many sources are more than one run may delete.</summary>
    public static bool IsTooMuch(int vanished, int all, SyncOptions options) => vanished > options.MaxVanishedShare * all;

    /// <summary>That so many sources are more than one run may delete.</summary>
    public static string TooMuchMessage(int vanished, int all) => string.Create(
        CultureInfo.InvariantCulture,
        $"is no longer in the folder, and was kept, since {vanished} of the scope's {all} sources are not; is it the right folder, and is it mounted? Set {nameof(SyncOptions)}.{nameof(SyncOptions.MaxVanishedShare)} to delete so many");

    private async Task DeleteAsync(IReadOnlyList<SourceRecord> vanished, IReadOnlyList<SourceRecord> moved, List<SyncEntry> entries, CancellationToken cancellationToken)
    {
        // First, so that a run which ends here does not leave a record that says its passages are there.
        SourceRecord[] started = [.. vanished.Where(record => record.Slot >= 0).Select(record => record.With(SourceRecord.Started, record.Passages))];
        await manifest.WriteAsync(started, cancellationToken).ConfigureAwait(false);
        HashSet<string> kept = new(StringComparer.Ordinal);
        foreach (SourceRecord record in vanished.Concat(moved))
        {
            IndexingItem item = new(record.Source);
            await item.GuardAsync(() => DeletePassagesAsync(record, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (item.Error is { } error)
            {
                kept.Add(record.Source);
                entries.Add(Entry(record, SyncOutcome.Failed, $"is no longer in the folder, and could not be deleted: {error.Message}") with { Error = error });
            }
            else if (!state.IsClaimed(record))
            {
                entries.Add(Entry(record, SyncOutcome.Vanished, "is no longer in the folder") with { Passages = 0 });
            }
        }

        await manifest.RemoveAsync([.. vanished.Concat(moved).Where(record => record.Slot >= 0 && !kept.Contains(record.Source))], cancellationToken).ConfigureAwait(false);
    }

    private async Task DeletePassagesAsync(SourceRecord record, CancellationToken cancellationToken)
    {
        List<Passage> existing = await passages.LoadAsync(record.Source, record.Passages, includeVectors: false, cancellationToken).ConfigureAwait(false);
        existing.RemoveAll(passage => passage.Scope != scope);   // another scope took them over
        await passages.DeleteFromAsync(existing, 0, cancellationToken).ConfigureAwait(false);
    }

    private static SyncEntry Entry(SourceRecord record, SyncOutcome outcome, string reason) => new()
    {
        Source = record.Source,
        Outcome = outcome,
        Reason = reason,
        Passages = record.Passages,
    };
}
