namespace LocalRetrieval.Rag;

/// <summary>Embeds a collection anew where another encoder filled it, or a part of it.</summary>
/// <remarks>What a passage's vector is of is told by its content hash.</remarks>
internal sealed class CollectionRebuild(PassageCollection collection, PassageEmbedder embedder, GeneratorEncoder encoder, IProgress<IndexingProgress>? progress)
{
    private int _embedded;

    /// <summary>Brings all vectors to this encoder's, if there are others.</summary>
    /// <returns>How many passages were embedded.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        string identity = await encoder.IdentityAsync(cancellationToken).ConfigureAwait(false);
        return collection.Rebuildable is { } rebuildable
            ? await ReplaceAsync(rebuildable, identity, cancellationToken).ConfigureAwait(false)
            : await OverwriteAsync(identity, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> ReplaceAsync(IRebuildableCollection<Passage> rebuildable, string identity, CancellationToken cancellationToken)
    {
        int embedded = 0;
        EncoderInfo? info = await encoder.FindAsync(cancellationToken).ConfigureAwait(false);
        await rebuildable.RebuildAsync(RemakeAsync, info, nameof(Passage.Vector), cancellationToken).ConfigureAwait(false);
        return embedded;

        async Task<IReadOnlyList<Passage>?> RemakeAsync(IReadOnlyList<Passage> passages, CancellationToken token)
        {
            if (passages.All(passage => passage.IsEmbeddedBy(identity)))
            {
                return null;
            }

            await EmbedAsync(passages, identity, token).ConfigureAwait(false);
            embedded = passages.Count;
            return passages;
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
        await EmbedAsync(first, identity, cancellationToken).ConfigureAwait(false);
        await ThrowIfOtherDimensionsAsync(first[0], cancellationToken).ConfigureAwait(false);
        await EmbedAsync(stale[first.Count..], identity, cancellationToken).ConfigureAwait(false);
        await encoder.RememberAsync(collection.Encoders, nameof(Passage.Vector), cancellationToken).ConfigureAwait(false);
        await collection.UpsertAsync(stale, cancellationToken).ConfigureAwait(false);
        return stale.Count;
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

    private async Task EmbedAsync(IReadOnlyList<Passage> passages, string identity, CancellationToken cancellationToken)
    {
        foreach (Passage[] batch in passages.Chunk(embedder.BatchSize))
        {
            await embedder.EmbedAsync(batch, cancellationToken).ConfigureAwait(false);
            _embedded += batch.Length;
            progress?.Report(new IndexingProgress { Source = batch[^1].Source, Documents = 0, Passages = 0, Rebuilt = _embedded });
        }

        foreach (Passage passage in passages)
        {
            passage.ContentHash = PassageKey.ContentHash(identity, passage.EmbeddedText);
        }
    }
}
