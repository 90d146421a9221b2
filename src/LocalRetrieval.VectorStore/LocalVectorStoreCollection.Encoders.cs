using LocalRetrieval.VectorData.Embedding;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData;

public sealed partial class LocalVectorStoreCollection<TKey, TRecord> : ICollectionEncoders
{
    async ValueTask ICollectionEncoders.CheckAsync(EncoderInfo encoder, string? vectorProperty, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        VectorProperty property = _model.FindVector(vectorProperty);
        await _encoders.FindAsync(property, GetTable(nameof(ICollectionEncoders.CheckAsync)), encoder, cancellationToken).ConfigureAwait(false);
    }

    async ValueTask ICollectionEncoders.RememberAsync(EncoderInfo encoder, string? vectorProperty, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        VectorProperty property = _model.FindVector(vectorProperty);
        Table table = GetTable(nameof(ICollectionEncoders.RememberAsync));
        PropertyEncoder found = await _encoders.FindAsync(property, table, encoder, cancellationToken).ConfigureAwait(false);
        table.Remember(property.Column, found.Fingerprint!, snapshot => _encoders.ThrowIfOther(property, snapshot, found.Fingerprint));
    }
}
