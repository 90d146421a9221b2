namespace LocalRetrieval.Rag;

/// <summary>Writes files that were prepared and embedded, together with their records.</summary>
/// <remarks>
/// A record says that its passages are being changed before the first of them is, and that they are as it says after the last. A run that ends
/// between both is made good by the next. For one batch at a time.
/// </remarks>
internal sealed class SourceWriter(DocumentWriter writer, SourceManifest manifest, SyncState state)
{
    /// <summary>Sources that are now there under another name.</summary>
    public List<SourceRecord> Moved { get; } = [];

    /// <summary>Writes a batch, and gives what became of each file.</summary>
    public async Task<IReadOnlyList<SyncEntry>> WriteAsync(IReadOnlyList<SyncItem> batch, CancellationToken cancellationToken)
    {
        SyncItem[] changing = [.. batch.Where(item => item.Writable is { IsChange: true })];
        foreach (SyncItem item in changing)
        {
            item.New = item.New!.With(SourceRecord.Started, Math.Max(item.Old?.Passages ?? 0, item.Document!.Count));
        }

        await manifest.WriteAsync(Array.ConvertAll(changing, item => item.New!), cancellationToken).ConfigureAwait(false);
        foreach (SyncItem item in changing)
        {
            await item.GuardAsync(() => writer.WriteAsync(item.Document!, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        await MoveAsync(batch, cancellationToken).ConfigureAwait(false);
        SourceRecord[] done = [.. batch.Where(item => item.Error is null && item.New is not null).Select(item => item.New!.With(SourceRecord.Done, item.Document?.Count ?? item.New.Passages))];
        await manifest.WriteAsync(done, cancellationToken).ConfigureAwait(false);
        return [.. batch.Select(Describe)];
    }

    // Before the new names are done: a run that ends between both claims the old ones again, and one that ends afterwards leaves them to be deleted.
    private async Task MoveAsync(IReadOnlyList<SyncItem> batch, CancellationToken cancellationToken)
    {
        foreach (SyncItem item in batch)
        {
            item.Previous = state.Claim(item);
        }

        SourceRecord[] moved = [.. batch.Where(item => item.Error is null).Select(item => item.Previous).OfType<SourceRecord>()];
        await manifest.WriteAsync(Array.ConvertAll(moved, record => record.With(SourceRecord.Moved, record.Passages)), cancellationToken).ConfigureAwait(false);
        Moved.AddRange(moved);
    }

    private static SyncEntry Describe(SyncItem item)
    {
        if (item.Error is not null)
        {
            return Entry(item, SyncOutcome.Failed, FailureText.Behind(item.Source, item.Error, "was not brought up to date").TrimEnd('.')
                + (item.Previous is null ? "" : $". What '{item.Previous.Source}' had stays until it can be moved"));
        }

        if (item.Refusal is not null)
        {
            return Entry(item, SyncOutcome.Skipped, $"was left out: {item.Refusal}");
        }

        if (item.Previous is { } previous)
        {
            return Entry(item, SyncOutcome.Renamed, $"was '{previous.Source}'") with { PreviousSource = previous.Source };
        }

        return Entry(item, item.Document is null ? SyncOutcome.Unchanged : item.Old is null ? SyncOutcome.New : SyncOutcome.Changed, item.Reason);
    }

    private static SyncEntry Entry(SyncItem item, SyncOutcome outcome, string reason) => new()
    {
        Source = item.Source,
        Outcome = outcome,
        Reason = item.EmptyReason is { } empty ? $"{reason}, and gives no passage: {empty}" : reason,
        Passages = outcome == SyncOutcome.Failed ? item.Old?.Passages ?? 0 : item.Document?.Count ?? item.Old?.Passages ?? 0,
        Embedded = outcome == SyncOutcome.Failed ? 0 : item.Document?.Embedded ?? 0,
        Warnings = item.Warnings,
        Error = item.Error,
    };
}
