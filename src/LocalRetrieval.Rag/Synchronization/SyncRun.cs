namespace LocalRetrieval.Rag;

/// <summary>One synchronisation of a scope.</summary>
internal sealed class SyncRun(PassageCollection passages, SourceManifest manifest, FolderListing listing, SyncOptions options, string scope, bool existed)
{
    /// <summary>How many sources' passages are looked for, to see whether the collection was emptied by others.</summary>
    private const int SampleSize = 256;

    /// <summary>What the run makes documents into passages with.</summary>
    public required DocumentPreparation Preparation { get; init; }

    /// <summary>Embeds them.</summary>
    public required DocumentEmbedding Embedding { get; init; }

    /// <summary>Writes them.</summary>
    public required DocumentWriter Writer { get; init; }

    /// <summary>Compares sources with their records.</summary>
    public required SourceDifference Difference { get; init; }

    /// <summary>How many passages are embedded in one request.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Makes the scope what the folder is.</summary>
    /// <param name="tell">Told of each source when it is done.</param>
    /// <param name="cancellationToken">Ends the run early; what is done stays done.</param>
    /// <exception cref="IOException">The folder is empty, and the scope is not.</exception>
    public async Task RunAsync(Func<SyncEntry, CancellationToken, ValueTask> tell, CancellationToken cancellationToken)
    {
        SyncState state = await LoadAsync(cancellationToken).ConfigureAwait(false);
        ThrowIfEmptied(state);
        foreach ((string source, Exception error) in listing.Failures)
        {
            await tell(Unreadable(source, error), cancellationToken).ConfigureAwait(false);
        }

        foreach (SkippedDocument skipped in listing.Skipped)
        {
            await tell(new SyncEntry { Source = skipped.Source, Outcome = SyncOutcome.Skipped, Reason = $"was left out: {skipped.Reason}" }, cancellationToken).ConfigureAwait(false);
        }

        SourcePreparation preparation = new(Preparation, Difference, state, options, scope);
        SourceWriter writer = new(Writer, manifest, state);
        BatchPipeline<SyncFile, SyncItem> pipeline = new(preparation.PrepareAsync, item => item.Weight, BatchSize, Embedding.EmbedAsync, FinishAsync);
        await pipeline.RunAsync(listing.Files.ToAsyncEnumerable(), cancellationToken).ConfigureAwait(false);
        VanishedRemoval removal = new(passages, manifest, state, listing, options, scope);
        foreach (SyncEntry entry in await removal.RunAsync(writer.Moved, cancellationToken).ConfigureAwait(false))
        {
            await tell(entry, cancellationToken).ConfigureAwait(false);
        }

        async Task FinishAsync(IReadOnlyList<SyncItem> batch, CancellationToken token)
        {
            foreach (SyncEntry entry in await writer.WriteAsync(batch, token).ConfigureAwait(false))
            {
                await tell(entry, token).ConfigureAwait(false);
            }
        }
    }

    private static SyncEntry Unreadable(string source, Exception error) => new()
    {
        Source = source,
        Outcome = SyncOutcome.Failed,
        Reason = FailureText.Behind(source, error, "could not be read").TrimEnd('.'),
        Error = error,
    };

    private async Task<SyncState> LoadAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, SourceRecord> records = await manifest.LoadAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<string, string> damages = new(StringComparer.Ordinal);
        if (records.Count == 0 && existed)
        {
            foreach (string source in await passages.FindScopeAsync(scope, cancellationToken).ConfigureAwait(false))
            {
                records.Add(source, new SourceRecord { Source = source });
                damages.Add(source, "the manifest has lost it");
            }
        }

        foreach (string source in await FindEmptiedAsync(records.Values, cancellationToken).ConfigureAwait(false))
        {
            damages.Add(source, "its passages are no longer in the collection");
        }

        return new SyncState(records, damages, listing);
    }

    /// <summary>The sources that should have passages and have none; those of a sample, and of all where it finds one.</summary>
    private async Task<IReadOnlyList<string>> FindEmptiedAsync(IEnumerable<SourceRecord> records, CancellationToken cancellationToken)
    {
        string[] filled = [.. records.Where(record => record.IsDone && record.Passages > 0).Select(record => record.Source).Order(StringComparer.Ordinal)];
        if (!existed)
        {
            return filled;
        }

        int step = Math.Max(1, (filled.Length + SampleSize - 1) / SampleSize);
        string[] sample = [.. filled.Where((_, index) => index % step == 0)];
        IReadOnlySet<string> found = await passages.FindSourcesAsync(sample, cancellationToken).ConfigureAwait(false);
        if (found.Count < sample.Length)
        {
            found = await passages.FindSourcesAsync(filled, cancellationToken).ConfigureAwait(false);
            return [.. filled.Where(source => !found.Contains(source))];
        }

        return [];
    }

    // A volume that is not mounted is an empty folder.
    private void ThrowIfEmptied(SyncState state)
    {
        if (listing.Files.Count == 0 && listing.Failures.Count == 0 && options.Vanished == VanishedSources.Delete
            && VanishedRemoval.IsTooMuch(state.Records.Count, state.Records.Count, options))
        {
            throw new IOException(
                $"The folder has no documents, and the scope '{scope}' has {Counted.Of(state.Records.Count, "source")}. Nothing was deleted. Is it the right folder, and is it mounted? "
                    + $"Set {nameof(SyncOptions)}.{nameof(SyncOptions.MaxVanishedShare)} to 1 to delete all of it.");
        }
    }
}
