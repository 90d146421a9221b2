using LocalRetrieval.VectorData.Embedding;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData;

public sealed partial class LocalVectorStoreCollection<TKey, TRecord> : ICollectionEncoders
{
    async ValueTask<bool> ICollectionEncoders.CheckAsync(EncoderInfo encoder, string? vectorProperty, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        VectorProperty property = _model.FindVector(vectorProperty);
        Table table = GetTable(nameof(ICollectionEncoders.CheckAsync));
        await _encoders.FindAsync(property, table, encoder, cancellationToken).ConfigureAwait(false);
        return _encoders.AllowsOthers || table.Read().Encoders[property.Column] is not null;
    }

    async ValueTask ICollectionEncoders.RememberAsync(EncoderInfo encoder, string? vectorProperty, CancellationToken cancellationToken)
    {
        const string operation = nameof(ICollectionEncoders.RememberAsync);
        ArgumentNullException.ThrowIfNull(encoder);
        VectorProperty property = _model.FindVector(vectorProperty);
        PropertyEncoder found = await _encoders.FindAsync(property, GetTable(operation), encoder, cancellationToken).ConfigureAwait(false);
        await GetTable(operation).RememberAsync(property.Column, found.Fingerprint!, snapshot => _encoders.ThrowIfOther(property, snapshot, found.Fingerprint)).ConfigureAwait(false);
    }
}
