namespace LocalRetrieval.Rag;

/// <summary>Makes the vectors of tokens anew, of all passages, where this encoder is not the one that is known to have made them.</summary>
/// <remarks>Passages do not say what made them: the collection does, where it remembers and the encoder says which it is. Elsewhere they stay.</remarks>
internal sealed class TokenRebuild(PassageCollection collection, PassageEmbedder embedder, GeneratorEncoder tokens, IProgress<IndexingProgress>? progress)
{
    /// <summary>Brings the vectors of all tokens to this encoder's, if there are others, or none are remembered.</summary>
    /// <returns>How many passages were given vectors of this encoder.</returns>
    /// <exception cref="InvalidOperationException">There are others, and the store cannot replace them all at once; or the collection was changed meanwhile.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (collection.Encoders is not { } encoders || await tokens.FindAsync(cancellationToken).ConfigureAwait(false) is not { } info
            || await FitsAsync(encoders, cancellationToken).ConfigureAwait(false) || collection.Rebuildable is not { } rebuildable)
        {
            return 0;
        }

        int rebuilt = 0;
        RebuildReport report = new(progress);
        RecordRebuild<Passage> rebuild = new()
        {
            Remake = RemakeAsync,
            InputOf = static passage => passage.EmbeddedText,
            Encoder = info,
            Identity = await tokens.IdentityAsync(cancellationToken).ConfigureAwait(false),
            VectorProperty = nameof(Passage.TokenVectors),
            BatchSize = embedder.BatchSize,
            Progress = report,
        };
        await rebuildable.RebuildAsync(rebuild, cancellationToken).ConfigureAwait(false);
        return rebuilt;

        async Task RemakeAsync(IReadOnlyList<Passage> passages, CancellationToken token)
        {
            // Some may have theirs of a rebuild that did not end.
            await embedder.EmbedTokensAsync(passages, token).ConfigureAwait(false);
            rebuilt += passages.Count;
            report.Source = passages[^1].Source;
        }
    }

    private async Task<bool> FitsAsync(ICollectionEncoders encoders, CancellationToken cancellationToken)
    {
        try
        {
            return await tokens.CheckAsync(encoders, nameof(Passage.TokenVectors), cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException other) when (collection.Rebuildable is null)
        {
            throw new InvalidOperationException(
                $"The vectors of tokens in the collection '{collection.Name}' were made by another encoder, and its store cannot replace them all at once. Nothing was changed. "
                    + "Index with the encoder that made them, or index all documents into a collection of another name.",
                other);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
