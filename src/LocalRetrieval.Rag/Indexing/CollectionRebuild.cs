namespace LocalRetrieval.Rag;

/// <summary>Embeds a collection anew where another encoder filled it, or a part of it; the vectors of tokens are a <see cref="TokenRebuild"/>'s.</summary>
/// <remarks>What a passage's vector is of is told by its content hash.</remarks>
internal sealed class CollectionRebuild(PassageCollection collection, PassageEmbedder embedder, GeneratorEncoder encoder, IProgress<IndexingProgress>? progress)
{
    private int _embedded;

    /// <summary>Brings all vectors to this encoder's, if there are others.</summary>
    /// <returns>How many passages were given vectors of this encoder.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        string identity = await encoder.IdentityAsync(cancellationToken).ConfigureAwait(false);
        return collection.Rebuildable is { } rebuildable
            ? await ReplaceAsync(rebuildable, identity, cancellationToken).ConfigureAwait(false)
            : await OverwriteAsync(identity, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> ReplaceAsync(IRebuildableCollection<Passage> rebuildable, string identity, CancellationToken cancellationToken)
    {
        int rebuilt = 0;
        RebuildReport report = new(progress);
        RecordRebuild<Passage> rebuild = new()
        {
            Remake = RemakeAsync,
            InputOf = static passage => passage.EmbeddedText,
            IsRemade = passage => passage.IsEmbeddedBy(identity),
            Encoder = await encoder.FindAsync(cancellationToken).ConfigureAwait(false),
            Identity = identity,
            VectorProperty = nameof(Passage.Vector),
            BatchSize = embedder.BatchSize,
            Progress = report,
        };
        await rebuildable.RebuildAsync(rebuild, cancellationToken).ConfigureAwait(false);
        return rebuilt;

        async Task RemakeAsync(IReadOnlyList<Passage> passages, CancellationToken token)
        {
            // The others have theirs of a rebuild that did not end.
            await embedder.EmbedVectorsAsync(passages.Where(passage => passage.Vector.IsEmpty), token).ConfigureAwait(false);
            Sign(passages, identity);
            rebuilt += passages.Count;
            report.Source = passages[^1].Source;
        }
    }

    /// <summary>For a store that cannot replace all at once: nothing is written before all is embedded, and a run that fails while it writes is made good by the next.</summary>
    private async Task<int> OverwriteAsync(string identity, CancellationToken cancellationToken)
    {
        List<Passage> stale = await FindStaleAsync(identity, cancellationToken).ConfigureAwait(false);
        if (stale.Count == 0)
        {
            return 0;
        }

        // The first batch tells the dimensions.
        List<Passage> first = stale[..Math.Min(stale.Count, embedder.BatchSize)];
        await EmbedAsync(first, stale.Count, cancellationToken).ConfigureAwait(false);
        await ThrowIfOtherDimensionsAsync(first[0], cancellationToken).ConfigureAwait(false);
        await EmbedAsync(stale[first.Count..], stale.Count, cancellationToken).ConfigureAwait(false);
        Sign(stale, identity);
        await encoder.RememberAsync(collection.Encoders, nameof(Passage.Vector), cancellationToken).ConfigureAwait(false);
        await WriteAsync(stale, cancellationToken).ConfigureAwait(false);
        return stale.Count;
    }

    /// <summary>Writes passages with the vectors of tokens that they have in the collection.</summary>
    private async Task WriteAsync(List<Passage> passages, CancellationToken cancellationToken)
    {
        if (!collection.HasTokens)
        {
            await collection.UpsertAsync(passages, cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (Passage[] batch in passages.Chunk(embedder.BatchSize))
        {
            foreach (Passage passage in batch)
            {
                passage.TokenVectors = (await collection.LoadOneAsync(passage, cancellationToken).ConfigureAwait(false))?.TokenVectors;
            }

            await collection.UpsertAsync(batch, cancellationToken).ConfigureAwait(false);

            // Those of all passages are more than a process may hold.
            Array.ForEach(batch, static passage => passage.TokenVectors = null);
        }
    }

    private async Task<List<Passage>> FindStaleAsync(string identity, CancellationToken cancellationToken)
    {
        try
        {
            List<Passage> passages = await collection.LoadAllAsync(cancellationToken).ConfigureAwait(false);
            passages.RemoveAll(passage => passage.IsEmbeddedBy(identity));
            return passages;
        }
        catch (NotSupportedException exception)
        {
            throw new InvalidOperationException(
                $"The store of the collection '{collection.Name}' cannot list its passages, so they cannot be embedded anew. Nothing was changed. "
                    + "Index all documents into a collection of another name, or delete this one first.",
                exception);
        }
    }

    private async Task ThrowIfOtherDimensionsAsync(Passage embedded, CancellationToken cancellationToken)
    {
        Passage? stored = await collection.LoadOneAsync(embedded, cancellationToken).ConfigureAwait(false);
        if (stored is { Vector.Length: > 0 and var dimensions } && dimensions != embedded.Vector.Length)
        {
            throw new InvalidOperationException(
                $"The vectors of the collection '{collection.Name}' have {dimensions} dimensions and those of the new encoder {embedded.Vector.Length}, and its store cannot "
                    + "replace them all at once. Nothing was changed. Index into a collection of another name, and delete this one when that is done.");
        }
    }

    private async Task EmbedAsync(List<Passage> passages, int total, CancellationToken cancellationToken)
    {
        foreach (Passage[] batch in passages.Chunk(embedder.BatchSize))
        {
            await embedder.EmbedVectorsAsync(batch, cancellationToken).ConfigureAwait(false);
            _embedded += batch.Length;
            progress?.Report(RebuildReport.Of(batch[^1].Source, _embedded, total));
        }
    }

    private static void Sign(IEnumerable<Passage> passages, string identity)
    {
        foreach (Passage passage in passages)
        {
            passage.ContentHash = PassageKey.ContentHash(identity, passage.EmbeddedText);
        }
    }
}
