namespace LocalRetrieval.Rag;

/// <summary>One run of a <see cref="PassageIndexer"/>: gathers documents until a batch is full, embeds it, and writes them one by one.</summary>
internal sealed class IndexingRun(
    PassageEmbedder embedder,
    GeneratorEncoder encoder,
    PassageChunker chunker,
    DocumentReaders readers,
    PassageCollection collection,
    bool existed,
    int? total,
    IProgress<IndexingProgress>? progress)
{
    private readonly HashSet<string> _sources = new(StringComparer.Ordinal);
    private readonly List<PendingDocument> _pending = [];
    private readonly List<IndexingFailure> _failures = [];
    private bool _isSampled;
    private int _added;
    private int _waiting;
    private int _passages;
    private IndexingResult _result = new();

    /// <summary>Reads and chunks a document, and embeds what has gathered when that fills a batch.</summary>
    public async Task AddAsync(SourceDocument? document, CancellationToken cancellationToken)
    {
        int index = _added++;
        if (document is null)
        {
            Fail($"documents[{index}]", new ArgumentException($"The document at index {index} is null. Leave it out, or give a {nameof(SourceDocument)}."));
            return;
        }

        string identity = await encoder.IdentityAsync(cancellationToken).ConfigureAwait(false);
        await GuardAsync(document.Source, () => PrepareAsync(document, identity, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (_waiting >= embedder.BatchSize || _pending.Count >= embedder.BatchSize)
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Indexes what is left.</summary>
    public async Task<IndexingResult> CompleteAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        return _result with { Failures = _failures };
    }

    private async Task PrepareAsync(SourceDocument document, string identity, CancellationToken cancellationToken)
    {
        if (!_sources.Add(document.Source))
        {
            throw new ArgumentException(
                $"Two documents have the source '{document.Source}'; the second was not indexed. Give each document a source of its own.");
        }

        DocumentContent content = await readers.ReadAsync(document, options: null, cancellationToken).ConfigureAwait(false);
        string text = document.Text ?? content.Text;
        IReadOnlyList<DocumentChunk> chunks = Split(document, content, text, cancellationToken);
        List<Passage> existing = existed
            ? await collection.LoadAsync(document.Source, chunks.Count, includeVectors: true, cancellationToken).ConfigureAwait(false)
            : [];
        PendingDocument pending = PendingDocument.Create(document.Source, text, content.Metadata, chunks, existing, identity);
        _pending.Add(pending);
        _waiting += pending.ToEmbed.Count;
    }

    private IReadOnlyList<DocumentChunk> Split(SourceDocument document, DocumentContent content, string text, CancellationToken cancellationToken)
    {
        try
        {
            return chunker.Split(content, cancellationToken);
        }
        catch (ArgumentException refusal) when (LoneSurrogates.IndexIn(text) >= 0)
        {
            throw LoneSurrogates.Refused(document.Source, text, refusal);
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await ThrowIfOtherEncoderAsync(cancellationToken).ConfigureAwait(false);
        bool embedded = await TryEmbedTogetherAsync(cancellationToken).ConfigureAwait(false);
        foreach (PendingDocument document in _pending)
        {
            await GuardAsync(document.Source, () => FinishAsync(document, embedded, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        _pending.Clear();
        _waiting = 0;
    }

    private async Task ThrowIfOtherEncoderAsync(CancellationToken cancellationToken)
    {
        if (!_pending.Exists(document => document.ToEmbed.Count > 0))
        {
            return;
        }

        bool fits = await encoder.CheckAsync(collection.Encoders, nameof(Passage.Vector), cancellationToken).ConfigureAwait(false);
        if (!fits && (_pending.Find(document => document.HasOtherVectors)?.Source ?? await SampleOtherAsync(cancellationToken).ConfigureAwait(false)) is { } source)
        {
            throw new InvalidOperationException(
                $"The collection '{collection.Name}' was filled by another encoder: it made the vectors that '{source}' has there. They cannot be compared with those of this one. "
                    + $"Index with the encoder that filled the collection, or set {nameof(PassageIndexerOptions)}.{nameof(PassageIndexerOptions.EncoderChange)} to "
                    + $"{nameof(EncoderChange.Rebuild)}, which embeds all of it anew.");
        }
    }

    /// <summary>The source of a passage with another encoder's vector; null where the one that is looked at, once and before anything is written, has none.</summary>
    private async Task<string?> SampleOtherAsync(CancellationToken cancellationToken)
    {
        if (_isSampled || !existed)
        {
            return null;
        }

        _isSampled = true;
        string identity = await encoder.IdentityAsync(cancellationToken).ConfigureAwait(false);
        return await collection.FindAnyAsync(cancellationToken).ConfigureAwait(false) is { } passage && passage.IsEmbeddedByOther(identity) ? passage.Source : null;
    }

    /// <summary>Embeds all that wait in common batches; false if one failed, which leaves each document to be embedded by itself.</summary>
    private async Task<bool> TryEmbedTogetherAsync(CancellationToken cancellationToken)
    {
        if (_pending.Count < 2)
        {
            return false;
        }

        try
        {
            await embedder.EmbedAsync(_pending.SelectMany(document => document.ToEmbed), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task FinishAsync(PendingDocument document, bool embedded, CancellationToken cancellationToken)
    {
        if (!embedded)
        {
            await EmbedAsync(document, cancellationToken).ConfigureAwait(false);
        }

        if (document.ToEmbed.Count > 0)
        {
            await encoder.RememberAsync(collection.Encoders, nameof(Passage.Vector), cancellationToken).ConfigureAwait(false);
        }

        // In one call: a store that applies a batch as a whole never holds new passages beside old ones.
        Passage[] changed = [.. document.ToEmbed.Concat(document.Moved).OrderBy(passage => passage.Ordinal)];
        if (changed.Length > 0)
        {
            await collection.UpsertAsync(changed, cancellationToken).ConfigureAwait(false);
        }

        int deleted = await collection.DeleteFromAsync(document.Existing, document.Count, cancellationToken).ConfigureAwait(false);
        _passages += document.Count;
        _result = _result with
        {
            Documents = _result.Documents + 1,
            Embedded = _result.Embedded + document.ToEmbed.Count,
            Moved = _result.Moved + document.Moved.Count,
            Unchanged = _result.Unchanged + document.Unchanged,
            Deleted = _result.Deleted + deleted,
        };
        Report(document.Source, error: null);
    }

    private async Task EmbedAsync(PendingDocument document, CancellationToken cancellationToken)
    {
        try
        {
            await embedder.EmbedAsync(document.ToEmbed, cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException refusal) when (LoneSurrogates.IndexIn(document.Text) >= 0)
        {
            throw LoneSurrogates.Refused(document.Source, document.Text, refusal);
        }
    }

    private async Task GuardAsync(string source, Func<Task> action, CancellationToken cancellationToken)
    {
        try
        {
            await action().ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Fail(source, exception);
        }
    }

    private void Fail(string source, Exception error)
    {
        _failures.Add(new IndexingFailure { Source = source, Error = error });
        Report(source, error);
    }

    private void Report(string source, Exception? error) =>
        progress?.Report(new IndexingProgress
        {
            Source = source,
            Documents = _result.Documents + _failures.Count,
            TotalDocuments = total,
            Passages = _passages,
            Error = error,
        });
}
