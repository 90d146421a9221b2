using System.Runtime.CompilerServices;

namespace LocalRetrieval.Rag;

/// <summary>One run of a <see cref="PassageIndexer"/> over documents that are given.</summary>
internal sealed class IndexingRun(
    DocumentPreparation preparation, DocumentEmbedding embedding, DocumentWriter writer, int batchSize, int? total, IProgress<IndexingProgress>? progress)
{
    private readonly List<IndexingFailure> _failures = [];
    private readonly List<SkippedDocument> _skipped = [];
    private readonly List<EmptyDocument> _empty = [];
    private readonly List<IndexingWarning> _warnings = [];
    private int _passages;
    private IndexingResult _result = new();

    /// <summary>Indexes all documents.</summary>
    public async Task<IndexingResult> RunAsync(IAsyncEnumerable<SourceDocument?> documents, CancellationToken cancellationToken)
    {
        BatchPipeline<(SourceDocument? Document, IndexingItem Item), IndexingItem> pipeline = new(
            (input, token) => PrepareAsync(input.Document, input.Item, token), item => item.Weight, batchSize, embedding.EmbedAsync, FinishAsync);
        await pipeline.RunAsync(ItemsAsync(documents, cancellationToken), cancellationToken).ConfigureAwait(false);
        return _result with { Failures = _failures, Skipped = _skipped, Empty = _empty, Warnings = _warnings };
    }

    private static async IAsyncEnumerable<(SourceDocument?, IndexingItem)> ItemsAsync(
        IAsyncEnumerable<SourceDocument?> documents, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> sources = new(StringComparer.Ordinal);
        int index = -1;
        await foreach (SourceDocument? document in documents.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            index++;
            yield return (document, new IndexingItem(document?.Source ?? $"documents[{index}]")
            {
                Error = document is null
                    ? new ArgumentException($"The document at index {index} is null. Leave it out, or give a {nameof(SourceDocument)}.")
                    : sources.Add(document.Source) ? null : new ArgumentException(
                        $"'{document.Source}' is the source of two documents; the second was not indexed. Give each document a source of its own."),
            });
        }
    }

    private async Task<IndexingItem> PrepareAsync(SourceDocument? document, IndexingItem item, CancellationToken cancellationToken)
    {
        if (item.Error is null)
        {
            await item.GuardAsync(() => preparation.PrepareAsync(document!, item, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        return item;
    }

    private async Task FinishAsync(IReadOnlyList<IndexingItem> batch, CancellationToken cancellationToken)
    {
        foreach (IndexingItem item in batch)
        {
            if (item.Writable is { } document)
            {
                await item.GuardAsync(() => WriteAsync(document, cancellationToken), cancellationToken).ConfigureAwait(false);
            }

            if (item.Error is { } error)
            {
                _failures.Add(new IndexingFailure { Source = item.Source, Error = error });
            }

            Note(item);
            Report(item);
        }
    }

    private async Task WriteAsync(PendingDocument document, CancellationToken cancellationToken)
    {
        int deleted = await writer.WriteAsync(document, cancellationToken).ConfigureAwait(false);
        _passages += document.Count;
        _result = _result with
        {
            Documents = _result.Documents + 1,
            Embedded = _result.Embedded + document.Embedded,
            Moved = _result.Moved + document.Moved.Count + document.ToEmbed.Count - document.Embedded,
            Unchanged = _result.Unchanged + document.Unchanged,
            Deleted = _result.Deleted + deleted,
        };
    }

    private void Note(IndexingItem item)
    {
        if (item.Refusal is { } refusal)
        {
            _skipped.Add(new SkippedDocument { Source = item.Source, Reason = refusal });
        }

        if (item.EmptyReason is { } reason)
        {
            _empty.Add(new EmptyDocument { Source = item.Source, Reason = reason });
        }

        _warnings.AddRange(item.Warnings.Select(warning => new IndexingWarning { Source = item.Source, Warning = warning }));
    }

    private void Report(IndexingItem item) =>
        progress?.Report(new IndexingProgress
        {
            Source = item.Source,
            Documents = _result.Documents + _failures.Count + _skipped.Count,
            TotalDocuments = total,
            Passages = _passages,
            Error = item.Error,
            SkippedReason = item.Refusal,
        });
}
