using LocalRetrieval.VectorData.JsonLines;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData;

public sealed partial class LocalVectorStoreCollection<TKey, TRecord>
{
    /// <summary>
    /// Writes all records as JSON Lines, one a line, while others read and write: as they were at one moment after the call, in the order in which they were written. The first line says what they are, and which
    /// encoders filled the vectors; <see cref="ImportAsync"/> reads it all.
    /// </summary>
    /// <param name="destination">Where the lines are written, in UTF-8. It stays open.</param>
    /// <param name="progress">Told after each 64 KB of lines how many records were written so far; null for nobody.</param>
    /// <param name="cancellationToken">Ends the export, which leaves lines that no import takes for all.</param>
    /// <returns>How many records were written.</returns>
    /// <remarks>
    /// Values stand under their storage names. A dense vector is an array of numbers, from which the same floats are read again, bit by bit; where a text was embedded, text and vector stand together.
    /// Of an <see cref="Microsoft.Extensions.AI.Embedding"/> its additional properties are left out, of a sparse vector that a text was embedded to its weights of 0. Memory is taken for no more than some lines.
    /// An export goes on when the store is disposed of.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="destination"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> cannot be written to.</exception>
    /// <exception cref="NotSupportedException">A property is of a type that cannot be written; the message names both.</exception>
    /// <exception cref="InvalidOperationException">The collection stores other records than this one describes.</exception>
    /// <exception cref="VectorStoreException">The collection does not exist.</exception>
    /// <exception cref="InvalidDataException">The collection's snapshot is damaged, which is found out before anything is written.</exception>
    /// <exception cref="IOException">The lines could not be written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<long> ExportAsync(Stream destination, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (!destination.CanWrite)
        {
            throw new ArgumentException("The stream cannot be written to.", nameof(destination));
        }

        return Task.Run(
            () =>
            {
                TableSnapshot snapshot = GetTable(nameof(ExportAsync)).Read(out int records);
                if (snapshot.State.Stored is not null && _store.Catalog.FindSnapshotDamage(Name, cancellationToken) is { } damage)
                {
                    throw new InvalidDataException($"{damage} Nothing was exported: put the file back from a backup, with its log.");
                }

                return new CollectionExport(Name, _model, snapshot, records).WriteAsync(destination, progress, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>
    /// Adds the records that <see cref="ExportAsync"/> wrote, or replaces those of their keys, in batches. Nothing is embedded: the vectors are those of the export. The collection is made where it does not
    /// exist.
    /// </summary>
    /// <param name="source">The lines, read to their end. It stays open.</param>
    /// <param name="options">How they are imported; null for the defaults.</param>
    /// <param name="progress">Told after each batch how many records were imported so far; null for nobody.</param>
    /// <param name="cancellationToken">Ends the import. Batches that were written stay.</param>
    /// <returns>How many records were imported.</returns>
    /// <remarks>Who imports again what failed half way ends with the same records as if it had not failed. Memory is taken for no more than a batch.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="source"/> cannot be read.</exception>
    /// <exception cref="InvalidDataException">
    /// The first line is none of an export, or one of a later version: nothing was imported. Or a line is damaged, or lines are missing at the end: the message says which, and how many records before it were imported, and stay.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The export has other records than the collection stores, or vectors of another encoder than fills it: the message names what differs, and nothing was imported, unless that encoder filled it between two batches.
    /// Or the store only reads its folder.
    /// </exception>
    /// <exception cref="VectorStoreException">The collection was deleted meanwhile.</exception>
    /// <exception cref="NotSupportedException">A property is of a type that cannot be read; the message names both.</exception>
    /// <exception cref="IOException">The records could not be written, or the lines could not be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<long> ImportAsync(Stream source, CollectionImportOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!source.CanRead)
        {
            throw new ArgumentException("The stream cannot be read.", nameof(source));
        }

        return Task.Run(() => ImportCoreAsync(source, options ?? new CollectionImportOptions(), progress, cancellationToken), cancellationToken);
    }

    private async Task<long> ImportCoreAsync(Stream source, CollectionImportOptions options, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        LineReader lines = new(source);
        ReadOnlyMemory<byte> first = await lines.ReadAsync(cancellationToken).ConfigureAwait(false) ?? throw new InvalidDataException("The export is empty: not even its first line is there.");
        ExportHeader header = ExportHeader.Read(first, _model);
        header.ThrowIfOther(Name, _model);
        await ThrowIfOtherEncodersAsync(header, cancellationToken).ConfigureAwait(false);
        CollectionImport import = new(lines, header, _model, options, progress);
        _store.EnsureTable(Name, _model);
        return await import.RunAsync(WriteAsync, cancellationToken).ConfigureAwait(false);

        // The collection may have been deleted and made again since the last batch.
        Task WriteAsync(PendingRows batch) => GetTable(nameof(ImportAsync)).UpsertAsync(batch, snapshot =>
        {
            foreach (VectorProperty property in _model.VectorColumns)
            {
                _encoders.ThrowIfOther(property, snapshot, batch.Encoders[property.Column]);
            }
        });
    }

    private async Task ThrowIfOtherEncodersAsync(ExportHeader header, CancellationToken cancellationToken)
    {
        TableSnapshot? snapshot = _store.FindTable(Name, _model)?.Read();
        foreach (VectorProperty property in _model.VectorColumns)
        {
            if (header.Encoders[property.Column] is not { } filled)
            {
                continue;
            }

            if (snapshot is not null)
            {
                _encoders.ThrowIfOther(property, snapshot, filled);
            }

            await ThrowIfNotOfTheGeneratorAsync(property, filled, cancellationToken).ConfigureAwait(false);
        }
    }

    // What the collection embeds could not be compared with what is imported.
    private async Task ThrowIfNotOfTheGeneratorAsync(VectorProperty property, EncoderFingerprint filled, CancellationToken cancellationToken)
    {
        if (!_encoders.AllowsOthers && property.Generator is not null
            && (await property.FindEncoderAsync(cancellationToken).ConfigureAwait(false)).Fingerprint?.DescribeDifference(filled) is { } difference)
        {
            throw new InvalidOperationException(
                $"The vectors of property '{property.Name}' in the export are of another encoder than collection '{Name}' embeds with: the two differ in {difference}. "
                + "Nothing was imported. Open the collection with the encoder of the export, or index the documents anew.");
        }
    }
}
