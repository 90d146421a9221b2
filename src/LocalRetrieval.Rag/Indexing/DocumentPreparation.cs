namespace LocalRetrieval.Rag;

/// <summary>Reads and cuts documents, and holds them against what the collection has of them.</summary>
/// <remarks>Safe for concurrent use.</remarks>
/// <param name="encoder">This run's encoder.</param>
/// <param name="chunker">Cuts.</param>
/// <param name="readers">Read.</param>
/// <param name="reading">What reading may cost.</param>
/// <param name="collection">The collection.</param>
/// <param name="existed">Whether it was there before the run, and so may have something of the documents.</param>
internal sealed class DocumentPreparation(
    GeneratorEncoder encoder, PassageChunker chunker, DocumentReaders readers, DocumentReadingOptions reading, PassageCollection collection, bool existed)
{
    /// <summary>Opens a document and chooses its reader.</summary>
    public Task<OpenedDocument> OpenAsync(SourceDocument document, CancellationToken cancellationToken) => readers.OpenAsync(document, reading, cancellationToken);

    /// <summary>Reads and cuts a document, with what is said of it in code.</summary>
    public async Task<CutDocument> CutAsync(SourceDocument document, OpenedDocument opened, CancellationToken cancellationToken)
    {
        DocumentContent content = await opened.ReadAsync(cancellationToken).ConfigureAwait(false);
        content = content with { Metadata = document.Metadata.Over(content.Metadata) };
        try
        {
            return new CutDocument(opened.Reader!.Format, content, chunker.Split(content, cancellationToken));
        }
        catch (ArgumentException refusal) when (LoneSurrogates.IndexIn(document.Text ?? content.Text) >= 0)
        {
            throw LoneSurrogates.Refused(document.Source, document.Text ?? content.Text, refusal);
        }
    }

    /// <summary>What the collection has of a source, without vectors: all of a document's are far more than what is compared.</summary>
    /// <param name="source">The source.</param>
    /// <param name="expected">How many passages there may be.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    public async Task<List<Passage>> LoadAsync(string source, int expected, CancellationToken cancellationToken) => existed
        ? await collection.LoadAsync(source, expected, cancellationToken).ConfigureAwait(false)
        : [];

    /// <summary>Reads and cuts a document, and compares; one that is left out has its <see cref="IndexingItem.Refusal"/> instead.</summary>
    public async Task PrepareAsync(SourceDocument document, IndexingItem item, CancellationToken cancellationToken)
    {
        CutDocument cut;
        OpenedDocument opened = await OpenAsync(document, cancellationToken).ConfigureAwait(false);
        await using (opened.ConfigureAwait(false))
        {
            if (opened.IsSkipped)
            {
                item.Refusal = opened.Refusal;
                return;
            }

            cut = await CutAsync(document, opened, cancellationToken).ConfigureAwait(false);
        }

        item.Note(cut);
        List<Passage> existing = await LoadAsync(document.Source, cut.Chunks.Count, cancellationToken).ConfigureAwait(false);
        ThrowIfOwnedByScope(document.Source, existing);
        item.Document = await CompareAsync(document, cut, existing, alike: [], scope: null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Compares a document with what the collection holds, and loads the vectors of what moved.</summary>
    /// <param name="document">The document.</param>
    /// <param name="cut">What it was cut into.</param>
    /// <param name="existing">What the collection holds of it.</param>
    /// <param name="alike">Passages of another document, whose vectors may serve.</param>
    /// <param name="scope">The scope that owns the document, or null.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    public async Task<PendingDocument> CompareAsync(
        SourceDocument document, CutDocument cut, List<Passage> existing, IReadOnlyList<Passage> alike, string? scope, CancellationToken cancellationToken)
    {
        string identity = await encoder.IdentityAsync(cancellationToken).ConfigureAwait(false);
        var pending = PendingDocument.Create(document.Source, cut.Content.Metadata, cut.Chunks, existing, identity, alike, scope);
        if (pending.Wanted.Count > 0)
        {
            pending.TakeVectors(await collection.LoadVectorsAsync(pending.Wanted, cancellationToken).ConfigureAwait(false));
        }

        string text = document.Text ?? cut.Content.Text;
        pending.IllFormedText = pending.ToEmbed.Count > 0 && LoneSurrogates.IndexIn(text) >= 0 ? text : null;
        return pending;
    }

    // The scope's manifest would go on to say that the passages are its own.
    private static void ThrowIfOwnedByScope(string source, List<Passage> existing)
    {
        if (existing.Find(passage => passage.Scope is not null) is { } owned)
        {
            throw new InvalidOperationException(
                $"'{source}' belongs to the scope '{owned.Scope}', which a folder is synchronised with, and was left alone. "
                    + "Change the file in that folder and synchronise it, or give this document another source.");
        }
    }
}
