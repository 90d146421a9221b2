using System.Security.Cryptography;

namespace LocalRetrieval.Rag;

/// <summary>Finds out of one file after another whether it must be read, and reads it.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class SourcePreparation(DocumentPreparation preparation, SourceDifference difference, SyncState state, SyncOptions options, string scope)
{
    /// <summary>Prepares a file; what fails is its own failure.</summary>
    public async Task<SyncItem> PrepareAsync(SyncFile file, CancellationToken cancellationToken)
    {
        SyncItem item = new(file, state.Records.GetValueOrDefault(file.Document.Source));
        await item.GuardAsync(() => PrepareAsync(item, cancellationToken), cancellationToken).ConfigureAwait(false);
        return item;
    }

    private async Task PrepareAsync(SyncItem item, CancellationToken cancellationToken)
    {
        string? reason = item.Old is null ? SyncEntry.NewReason : state.ReasonToRead(item.Old) ?? difference.ReasonToRead(item.Old);
        if (reason is null && SourceDifference.IsUntouched(item.Old!, item.File.Stamp))
        {
            item.Reason = "is as it was";
            item.New = item.Old!.KeptAt is null ? null : item.Old.With(SourceRecord.Done, item.Old.Passages);
            return;
        }

        DateTime checkedAt = DateTime.UtcNow;
        OpenedDocument opened = await preparation.OpenAsync(item.File.Document, cancellationToken).ConfigureAwait(false);
        await using (opened.ConfigureAwait(false))
        {
            await PrepareAsync(item, opened, reason, checkedAt, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PrepareAsync(SyncItem item, OpenedDocument opened, string? reason, DateTime checkedAt, CancellationToken cancellationToken)
    {
        if (opened.IsSkipped)
        {
            item.Refusal = opened.Refusal;
            return;
        }

        opened.Stream.Position = 0;
        item.Hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(opened.Stream, cancellationToken).ConfigureAwait(false));
        if (reason is null && item.Hash == item.Old!.Hash)
        {
            item.Reason = item.File.Stamp.Modified == item.Old.Modified ? "is as it was" : "has another time and the same bytes";
            item.New = difference.Describe(item, item.Old.Reader, checkedAt).With(SourceRecord.Done, item.Old.Passages);
        }
        else
        {
            item.Reason = reason ?? "its bytes changed";
            await ReadAsync(item, opened, checkedAt, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(SyncItem item, OpenedDocument opened, DateTime checkedAt, CancellationToken cancellationToken)
    {
        SourceDocument document = item.File.Document;
        CutDocument cut = await preparation.CutAsync(document, opened, cancellationToken).ConfigureAwait(false);
        item.Note(cut);
        if (item.File.Look() != item.File.Stamp)
        {
            throw new IOException($"'{item.Source}' was written while it was read. The next synchronisation reads it again.");
        }

        List<Passage> existing = await preparation.LoadAsync(item.Source, Math.Max(item.Old?.Passages ?? 0, cut.Chunks.Count), cancellationToken).ConfigureAwait(false);
        ThrowIfOwnedByOther(item, existing);
        List<Passage> alike = state.FindAlike(item) is { } other ? await preparation.LoadAsync(other.Source, other.Passages, cancellationToken).ConfigureAwait(false) : [];
        item.Document = await preparation.CompareAsync(document, cut, existing, alike, scope, cancellationToken).ConfigureAwait(false);
        item.New = difference.Describe(item, SourceDifference.NameOf(cut.Format), checkedAt);
    }

    private void ThrowIfOwnedByOther(SyncItem item, List<Passage> existing)
    {
        if (!options.TakeOver && existing.Find(passage => passage.Scope != scope) is { } foreign)
        {
            throw new InvalidOperationException(
                $"'{item.Source}' is in the collection already, from {(foreign.Scope is null ? "indexing" : $"the scope '{foreign.Scope}'")}, and was left alone. "
                    + $"Set {nameof(SyncOptions)}.{nameof(SyncOptions.SourcePrefix)} to keep the names apart, or {nameof(SyncOptions.TakeOver)} to make it part of the scope '{scope}'.");
        }
    }
}
