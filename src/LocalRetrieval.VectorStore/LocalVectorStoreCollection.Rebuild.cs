using LocalRetrieval.VectorData.Collections;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData;

public sealed partial class LocalVectorStoreCollection<TKey, TRecord> : IRebuildableCollection<TRecord>
{
    private const int RecordsOfAPart = 1000;

    async Task<bool> IRebuildableCollection<TRecord>.RebuildAsync(
        Func<IReadOnlyList<TRecord>, CancellationToken, Task<IReadOnlyList<TRecord>?>> remake,
        EncoderInfo? encoder,
        string? vectorProperty,
        CancellationToken cancellationToken)
    {
        const string operation = nameof(IRebuildableCollection<TRecord>.RebuildAsync);
        ArgumentNullException.ThrowIfNull(remake);
        cancellationToken.ThrowIfCancellationRequested();
        VectorProperty property = _model.FindVector(vectorProperty);
        _model.ThrowIfVectorsCannotBeReturned();
        Table table = _store.FindTableToRebuild(Name, _model) ?? throw Missing(operation);
        TableSnapshot before = table.Read();
        if (await remake(CopyOutAll(before), cancellationToken).ConfigureAwait(false) is not { } records)
        {
            return false;
        }

        Table remade = table.WithoutRows(_model);
        StoreCatalog catalog = _store.Catalog;
        string? file = catalog.BeginReplacement(Name, remade, _model);
        try
        {
            await FillAsync(remade, records, property, encoder, cancellationToken).ConfigureAwait(false);
            _store.Replace(Name, table, before, remade, ref file, _model);
            return true;
        }
        catch
        {
            catalog.EndReplacement(remade, file);
            throw;
        }
    }

    private List<TRecord> CopyOutAll(TableSnapshot snapshot)
    {
        List<TRecord> records = new(snapshot.State.LiveCount);
        for (int index = 0; index < snapshot.Count; index++)
        {
            if (snapshot.GetVisible(index) is { } row)
            {
                records.Add(CopyOut(snapshot, row, includeVectors: false));
            }
        }

        return records;
    }

    private async Task FillAsync(Table table, IReadOnlyList<TRecord> records, VectorProperty property, EncoderInfo? encoder, CancellationToken cancellationToken)
    {
        EncoderFingerprint? fingerprint = encoder is null
            ? null
            : (await _encoders.FindAsync(property, table, encoder, cancellationToken).ConfigureAwait(false)).Fingerprint;

        // Nobody sees it yet, so that it may come in parts. Without records there is one as well: the encoder is remembered.
        foreach (TRecord[] part in records.Count > 0 ? records.Chunk(RecordsOfAPart) : [[]])
        {
            cancellationToken.ThrowIfCancellationRequested();
            using UpsertBatch<TRecord> batch = new(_model, _mapper);
            Array.ForEach(part, batch.Add);
            batch.Rows.Encoders[property.Column] = fingerprint;
            await batch.PublishAsync(_encoders, table).ConfigureAwait(false);
        }
    }
}
