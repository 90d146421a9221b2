namespace LocalRetrieval.Rag;

/// <summary>Refuses a collection that another encoder filled, before anything is embedded for it.</summary>
/// <param name="collection">The collection.</param>
/// <param name="encoder">This run's encoder.</param>
/// <param name="existed">Whether the collection was there before the run.</param>
/// <param name="tokens">This run's encoder of tokens; null where there is none.</param>
internal sealed class EncoderGuard(PassageCollection collection, GeneratorEncoder encoder, bool existed, GeneratorEncoder? tokens)
{
    private bool _isSampled;

    /// <summary>Throws if the vectors of <paramref name="documents"/> would stand beside another encoder's.</summary>
    /// <exception cref="InvalidOperationException">Another encoder filled the collection.</exception>
    public async Task ThrowIfOtherAsync(IReadOnlyList<PendingDocument> documents, CancellationToken cancellationToken)
    {
        if (!documents.Any(document => document.ToEmbed.Count > 0))
        {
            return;
        }

        if (tokens is not null)
        {
            await tokens.CheckAsync(collection.Encoders, nameof(Passage.TokenVectors), cancellationToken).ConfigureAwait(false);
        }

        bool fits = await encoder.CheckAsync(collection.Encoders, nameof(Passage.Vector), cancellationToken).ConfigureAwait(false);
        if (!fits && (documents.FirstOrDefault(document => document.HasOtherVectors)?.Source ?? await SampleOtherAsync(cancellationToken).ConfigureAwait(false)) is { } source)
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
}
