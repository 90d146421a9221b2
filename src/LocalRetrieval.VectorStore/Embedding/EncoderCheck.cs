using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.VectorData.Embedding;

/// <summary>Holds the encoder that is to embed something against the one that filled the collection.</summary>
/// <param name="collection">The collection's name, for messages.</param>
/// <param name="allowsOthers">Whether another encoder is let pass.</param>
/// <param name="logger">Where it is said that a distance function contradicts an encoder.</param>
internal sealed partial class EncoderCheck(string collection, bool allowsOthers, ILogger logger)
{
    /// <summary>Whether another encoder is let pass.</summary>
    public bool AllowsOthers => allowsOthers;

    /// <summary>Finds the encoder of a property's generator and checks it, before anything is embedded.</summary>
    /// <exception cref="InvalidOperationException">Another encoder filled the property.</exception>
    public async ValueTask<PropertyEncoder> FindAsync(VectorProperty property, Table table, CancellationToken cancellationToken) =>
        Check(property, table, await property.FindEncoderAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Checks an encoder that the caller embeds with. Its fingerprint is asked for on the thread pool, since that may read a model.</summary>
    /// <exception cref="InvalidOperationException">Another encoder filled the property.</exception>
    public async ValueTask<PropertyEncoder> FindAsync(VectorProperty property, Table table, EncoderInfo info, CancellationToken cancellationToken) =>
        Check(property, table, await Task.Run(() => PropertyEncoder.Of(info, property), cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false));

    /// <exception cref="InvalidOperationException">Another encoder filled the property. One that is not known passes.</exception>
    public void ThrowIfOther(VectorProperty property, TableSnapshot snapshot, EncoderFingerprint? fingerprint)
    {
        if (!allowsOthers && fingerprint is not null && snapshot.Encoders[property.Column]?.DescribeDifference(fingerprint) is { } difference)
        {
            throw new InvalidOperationException(
                $"The collection '{collection}' was filled by another encoder: the one that filled property '{property.Name}' and this one differ in {difference}. "
                + "Their vectors cannot be compared. Use the encoder that filled the collection, or have all its vectors made anew: delete the collection and fill it again, or index with EncoderChange.Rebuild. "
                + $"{nameof(LocalVectorStoreOptions)}.{nameof(LocalVectorStoreOptions.AllowOtherEncoders)} turns this check off.");
        }
    }

    private PropertyEncoder Check(VectorProperty property, Table table, PropertyEncoder encoder)
    {
        ThrowIfOther(property, table.Read(), encoder.Fingerprint);
        if (encoder.Contradiction is { } contradiction && table.TryClaimWarning(property.Column))
        {
            LogContradiction(logger, collection, property.Name, contradiction);
        }

        return encoder;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Collection '{Collection}', property '{Property}': {Contradiction} Said once.")]
    private static partial void LogContradiction(ILogger logger, string collection, string property, string contradiction);
}
