namespace LocalRetrieval.Rag;

/// <summary>Writes documents whose passages have their vectors.</summary>
/// <param name="collection">The collection.</param>
/// <param name="encoder">What made the passages' vectors.</param>
/// <param name="tokens">What made those of their tokens; null where there are none.</param>
internal sealed class DocumentWriter(PassageCollection collection, GeneratorEncoder encoder, GeneratorEncoder? tokens)
{
    /// <summary>Writes what is new of a document, and then deletes what is old.</summary>
    /// <returns>How many passages were deleted.</returns>
    public async Task<int> WriteAsync(PendingDocument document, CancellationToken cancellationToken)
    {
        if (document.ToEmbed.Count > 0)
        {
            await encoder.RememberAsync(collection.Encoders, nameof(Passage.Vector), cancellationToken).ConfigureAwait(false);
            if (tokens is not null)
            {
                await tokens.RememberAsync(collection.Encoders, nameof(Passage.TokenVectors), cancellationToken).ConfigureAwait(false);
            }
        }

        // In one call: a store that applies a batch as a whole never holds new passages beside old ones.
        Passage[] changed = [.. document.ToEmbed.Concat(document.Moved).OrderBy(passage => passage.Ordinal)];
        if (changed.Length > 0)
        {
            await collection.UpsertAsync(changed, cancellationToken).ConfigureAwait(false);
        }

        return await collection.DeleteFromAsync(document.Surplus, document.Count, cancellationToken).ConfigureAwait(false);
    }
}
