namespace LocalRetrieval;

/// <summary>
/// Which encoder filled a collection's vectors, for callers that embed by themselves and hand in vectors. A collection gives it through
/// <c>GetService(typeof(ICollectionEncoders))</c>, where it remembers its encoders.
/// </summary>
/// <remarks>
/// <para>The vectors that are then searched with or upserted are trusted to be of the encoder that was named: nothing can be told from a vector.</para>
/// <para>An encoder is known by its <see cref="EncoderInfo.Fingerprint"/> at the length of the property's vectors, which is computed on the thread
/// pool where it is not known yet.</para>
/// <para>All members are safe for concurrent use.</para>
/// </remarks>
public interface ICollectionEncoders
{
    /// <summary>Refuses an encoder other than the one that filled the collection. To be called before a search by a vector, or before texts are embedded to be upserted.</summary>
    /// <param name="encoder">The encoder that makes the vectors.</param>
    /// <param name="vectorProperty">The name of the vector property, as the record has it; null for the only one.</param>
    /// <param name="cancellationToken">Ends the check early.</param>
    /// <returns>Whether the encoder is known to fit: it filled the collection, or the store allows others. False where no encoder is remembered.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="encoder"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// Another encoder filled the property, unless the store allows others: the message names what differs. Or there is no such vector property.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<bool> CheckAsync(EncoderInfo encoder, string? vectorProperty = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Refuses as <see cref="CheckAsync"/> does, and remembers the encoder where none is remembered: of several at once, one is remembered and the
    /// others are refused. To be called when the vectors are there, right before they are upserted.
    /// </summary>
    /// <param name="encoder">The encoder that made the vectors.</param>
    /// <param name="vectorProperty">The name of the vector property, as the record has it; null for the only one.</param>
    /// <param name="cancellationToken">Ends the check early.</param>
    /// <remarks>A collection without records keeps what it remembers for the first ones; one that loses its last record forgets it.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="encoder"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// Another encoder filled the property, unless the store allows others: the message names what differs. Or there is no such vector property.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask RememberAsync(EncoderInfo encoder, string? vectorProperty = null, CancellationToken cancellationToken = default);
}
