using LocalRetrieval.VectorData.Collections;
using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData;

public sealed partial class LocalVectorStoreCollection<TKey, TRecord> : IRebuildableCollection<TRecord>
{
    async Task<bool> IRebuildableCollection<TRecord>.RebuildAsync(RecordRebuild<TRecord> rebuild, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rebuild);
        cancellationToken.ThrowIfCancellationRequested();
        VectorProperty property = _model.FindVector(rebuild.VectorProperty);
        _model.ThrowIfVectorsCannotBeReturned();
        Table table = _store.FindTableToRebuild(Name, _model) ?? throw Missing(nameof(IRebuildableCollection<TRecord>.RebuildAsync));
        TableSnapshot before = table.Read();
        StoreCatalog catalog = _store.Catalog;
        if (rebuild.IsRemade is { } isRemade && await Task.Run(() => CopyOutAll(before, [], cancellationToken).All(isRemade), cancellationToken).ConfigureAwait(false))
        {
            catalog.DiscardRebuild(Name);
            return false;
        }

        string? target = await FindTargetAsync(rebuild, property, before, cancellationToken).ConfigureAwait(false);
        Shadow shadow = catalog.BeginRebuild(Name, table, _model, target);
        try
        {
            await FillAsync(shadow.Table, before, property, rebuild, cancellationToken).ConfigureAwait(false);
            _store.Replace(Name, table, before, shadow, _model);
            return true;
        }
        finally
        {
            catalog.EndRebuild(Name, shadow);
        }
    }

    /// <summary>What tells the vectors of a rebuild from those of others; null where nothing is said of them.</summary>
    private async Task<string?> FindTargetAsync(RecordRebuild<TRecord> rebuild, VectorProperty property, TableSnapshot before, CancellationToken cancellationToken)
    {
        // Vectors of other properties are taken over as they are: where another encoder fills them by now, a rebuild begins anew.
        string?[] others = [.. Others(property).Select(other => before.Encoders[other.Column]?.Value)];
        if (rebuild.Encoder is not { } encoder)
        {
            return rebuild.Identity is { } identity ? RebuildFile.TargetOf(fingerprint: null, identity, property.StorageName, others) : null;
        }

        // That may read a model's files.
        EncoderFingerprint fingerprint = await Task.Run(() => encoder.Fingerprint.WithDimensions(property.Dimensions), cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        return RebuildFile.TargetOf(fingerprint.Value, rebuild.Identity, property.StorageName, others);
    }

    /// <summary>The vector properties beside the one that is made anew.</summary>
    private VectorProperty[] Others(VectorProperty property) => Array.FindAll(_model.VectorColumns, other => other != property);

    private IEnumerable<TRecord> CopyOutAll(TableSnapshot snapshot, VectorProperty[] vectors, CancellationToken cancellationToken)
    {
        for (int index = 0; index < snapshot.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (snapshot.GetVisible(index) is { } row)
            {
                yield return CopyOut(snapshot, row, vectors);
            }
        }
    }

    /// <summary>Makes a table what another is, with other vectors of one property; it may have a part of that.</summary>
    private async Task FillAsync(Table shadow, TableSnapshot before, VectorProperty property, RecordRebuild<TRecord> rebuild, CancellationToken cancellationToken)
    {
        EncoderFingerprint? fingerprint = rebuild.Encoder is { } encoder
            ? (await _encoders.FindAsync(property, shadow, encoder, cancellationToken).ConfigureAwait(false)).Fingerprint
            : null;
        await DeleteGoneAsync(shadow, before).ConfigureAwait(false);
        RecordComparison<TRecord> comparison = new(_model, _mapper);
        VectorProperty[] others = Others(property);
        int total = before.State.LiveCount;
        int done = 0;

        // Nobody sees it yet, so that it may come in batches. Without records there is one as well: the encoder is remembered.
        foreach (TRecord[] records in CopyOutAll(before, others, cancellationToken).Chunk(rebuild.BatchSize).DefaultIfEmpty([]))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using UpsertBatch<TRecord> batch = await RemakeAsync(shadow.Read(), records, property, rebuild, comparison, cancellationToken).ConfigureAwait(false);
            if (batch.Rows.Count > 0 || records.Length == 0)
            {
                before.Encoders.CopyTo(batch.Rows.Encoders, 0);
                batch.Rows.Encoders[property.Column] = fingerprint;
                await batch.PublishAsync(_encoders, shadow).ConfigureAwait(false);
            }

            done += records.Length;
            rebuild.Progress?.Report(new RebuildProgress { Done = done, Total = total });
        }
    }

    /// <summary>Deletes what an earlier rebuild made of records that are no longer there.</summary>
    private static Task DeleteGoneAsync(Table shadow, TableSnapshot before)
    {
        TableSnapshot left = shadow.Read();
        List<object> gone = [];
        for (int index = 0; index < left.Count; index++)
        {
            if (left.GetVisible(index) is { } row && before.Find(row.Key) is null)
            {
                gone.Add(row.Key);
            }
        }

        return gone.Count == 0 ? Task.CompletedTask : shadow.DeleteAsync(gone);
    }

    /// <summary>Has records made anew.</summary>
    /// <returns>Those of them that the shadow does not have as they are now.</returns>
    private async Task<UpsertBatch<TRecord>> RemakeAsync(
        TableSnapshot shadow, TRecord[] records, VectorProperty property, RecordRebuild<TRecord> rebuild, RecordComparison<TRecord> comparison, CancellationToken cancellationToken)
    {
        object[] keys = Array.ConvertAll(records, KeyOf);
        TRecord?[] left = Array.ConvertAll(records, record => TakeVector(shadow, record, property, rebuild.InputOf));
        if (records.Length > 0)
        {
            await rebuild.Remake(records, cancellationToken).ConfigureAwait(false);
        }

        UpsertBatch<TRecord> batch = new(_model, _mapper);
        try
        {
            for (int i = 0; i < records.Length; i++)
            {
                if (!KeyOf(records[i]).Equals(keys[i]))
                {
                    throw new InvalidOperationException($"The record with key '{keys[i]}' was given another key, '{KeyOf(records[i])}', where its vector was to be made anew. Leave keys as they are.");
                }

                if (left[i] is not { } same || !comparison.AreAlike(records[i], same))
                {
                    batch.Add(records[i]);
                }
            }

            return batch;
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }

    /// <summary>Gives a record the vector that an earlier rebuild made of the same.</summary>
    /// <returns>The record as that rebuild left it; null where it did not come to it, or made it of something else.</returns>
    private TRecord? TakeVector(TableSnapshot shadow, TRecord record, VectorProperty property, Func<TRecord, string> inputOf)
    {
        if (shadow.Find(KeyOf(record)) is not { } row)
        {
            return null;
        }

        TRecord left = CopyOut(shadow, row, includeVectors: true);
        if (!string.Equals(inputOf(left), inputOf(record), StringComparison.Ordinal))
        {
            return null;
        }

        _mapper.Set(record, property, _mapper.Get(left, property));
        return left;
    }

    private object KeyOf(TRecord record) => _mapper.Get(record, _model.Key)!;
}
