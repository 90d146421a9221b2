namespace LocalRetrieval.Rag;

/// <summary>Embeds the documents of a batch together, and each by itself where that fails.</summary>
/// <remarks>Identical passages are embedded once. For one batch at a time.</remarks>
internal sealed class DocumentEmbedding(PassageEmbedder embedder, EncoderGuard guard)
{
    private readonly VectorCache _known = new();

    /// <summary>Gives all passages of a batch their vectors; what fails is the failure of its document.</summary>
    /// <exception cref="InvalidOperationException">Another encoder filled the collection.</exception>
    public async Task EmbedAsync(IReadOnlyList<IndexingItem> batch, CancellationToken cancellationToken)
    {
        PendingDocument[] documents = [.. batch.Select(item => item.Writable).OfType<PendingDocument>()];
        await guard.ThrowIfOtherAsync(documents, cancellationToken).ConfigureAwait(false);
        if (documents.Length > 1 && await TryEmbedTogetherAsync(documents, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        foreach (IndexingItem item in batch.Where(item => item.Writable is not null))
        {
            await item.GuardAsync(() => EmbedOneAsync(item.Document!, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> TryEmbedTogetherAsync(PendingDocument[] documents, CancellationToken cancellationToken)
    {
        try
        {
            await EmbedDistinctAsync(documents, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task EmbedOneAsync(PendingDocument document, CancellationToken cancellationToken)
    {
        try
        {
            await EmbedDistinctAsync([document], cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException refusal) when (document.IllFormedText is not null)
        {
            throw LoneSurrogates.Refused(document.Source, document.IllFormedText, refusal);
        }
    }

    private async Task EmbedDistinctAsync(PendingDocument[] documents, CancellationToken cancellationToken)
    {
        Dictionary<string, Passage> fresh = new(StringComparer.Ordinal);
        Dictionary<string, Passage> known = new(StringComparer.Ordinal);
        foreach (PendingDocument document in documents)
        {
            document.Embedded = 0;
            foreach (Passage passage in document.ToEmbed)
            {
                if (_known.Find(passage.ContentHash) is { } same)
                {
                    known[passage.ContentHash] = same;
                }
                else if (fresh.TryAdd(passage.ContentHash, passage))
                {
                    document.Embedded++;
                }
            }
        }

        await embedder.EmbedAsync(fresh.Values, cancellationToken).ConfigureAwait(false);
        foreach (Passage passage in documents.SelectMany(document => document.ToEmbed))
        {
            passage.TakeVectors(fresh.TryGetValue(passage.ContentHash, out Passage? same) ? same : known[passage.ContentHash]);
        }

        _known.Add(fresh.Values);
    }
}
