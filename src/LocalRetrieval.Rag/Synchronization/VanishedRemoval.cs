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

        IReadOnlyList<SourceRecord> kept = await KeepAsync(vanished, entries, cancellationToken).ConfigureAwait(false);
        await DeleteAsync([.. vanished.Except(kept)], left, entries, cancellationToken).ConfigureAwait(false);
        return entries;
    }

    /// <summary>Whether so many sources are more than one run may delete.</summary>
    public static bool IsTooMuch(int vanished, int all, SyncOptions options) => vanished > options.MaxVanishedShare * all;

    /// <summary>Refuses to delete what is too much, and what was too much in an earlier run: new files beside it do not make it less.</summary>
    /// <returns>What is not to be deleted.</returns>
    private async Task<IReadOnlyList<SourceRecord>> KeepAsync(List<SourceRecord> vanished, List<SyncEntry> entries, CancellationToken cancellationToken)
    {
        int all = state.Records.Count;
        if (IsTooMuch(vanished.Count, all, options))
        {
            int percent = ((100 * vanished.Count) + all - 1) / all;
            string reason = string.Create(
                CultureInfo.InvariantCulture, $"since {vanished.Count} of the scope's {all} sources {(vanished.Count == 1 ? "is" : "are")} not");
            entries.AddRange(vanished.Select(record => Kept(record, reason, Math.Max(percent, record.KeptAt ?? 0))));
            SourceRecord[] changed = [.. vanished.Where(record => !(record.KeptAt >= percent)).Select(record => record.Keep(percent))];
            await manifest.WriteAsync(changed, cancellationToken).ConfigureAwait(false);
            return vanished;
        }

        SourceRecord[] kept = [.. vanished.Where(record => record.KeptAt / 100.0 > options.MaxVanishedShare)];
        entries.AddRange(kept.Select(record => Kept(
            record, string.Create(CultureInfo.InvariantCulture, $"since {record.KeptAt} % of the scope were gone at once, which was more than one run may delete"), record.KeptAt!.Value)));
        return kept;
    }

    private static SyncEntry Kept(SourceRecord record, string reason, int percent) => Entry(record, SyncOutcome.Failed, string.Create(
        CultureInfo.InvariantCulture,
        $"is no longer in the folder, and was kept, {reason}; is it the right folder, and is it mounted? Set {nameof(SyncOptions)}.{nameof(SyncOptions.MaxVanishedShare)} to {percent / 100.0} to delete so many"));

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
                entries.Add(Entry(record, SyncOutcome.Failed, $"is no longer in the folder, and could not be deleted: {error.Message.TrimEnd('.')}") with { Error = error });
            }
            else if (!state.IsClaimed(record))
            {
                entries.Add(Entry(record, SyncOutcome.Vanished, SyncEntry.VanishedReason) with { Passages = 0 });
            }
        }

        await manifest.RemoveAsync([.. vanished.Concat(moved).Where(record => record.Slot >= 0 && !kept.Contains(record.Source))], cancellationToken).ConfigureAwait(false);
    }

    private async Task DeletePassagesAsync(SourceRecord record, CancellationToken cancellationToken)
    {
        List<Passage> existing = await passages.LoadAsync(record.Source, record.Passages, cancellationToken).ConfigureAwait(false);
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
