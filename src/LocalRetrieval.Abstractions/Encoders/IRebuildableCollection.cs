namespace LocalRetrieval;

/// <summary>
/// A collection whose vectors another encoder can make anew while it is in use. A collection gives it through
/// <c>GetService(typeof(IRebuildableCollection&lt;TRecord&gt;))</c>, where it can replace all of its records at once.
/// </summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
/// <remarks>All members are safe for concurrent use.</remarks>
public interface IRebuildableCollection<TRecord>
    where TRecord : class
{
    /// <summary>Reads all records, has them made anew, and replaces all of them at once. Until then, and where that fails, the collection is as it was.</summary>
    /// <param name="remake">
    /// Gets all records, without vectors, and gives back what the collection is to hold: these with new vectors, which are trusted to be of
    /// <paramref name="encoder"/>. Null leaves the collection as it is.
    /// </param>
    /// <param name="encoder">The encoder that makes the new vectors, which the collection remembers from then on; null where it is not known.</param>
    /// <param name="vectorProperty">The name of the vector property, as the record has it; null for the only one.</param>
    /// <param name="cancellationToken">Ends the work, which leaves the collection as it was.</param>
    /// <returns>Whether the records were replaced.</returns>
    /// <remarks>The new vectors are of the dimensions that this collection's definition has; those of the stored ones may be others.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="remake"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The collection was changed while the records were made anew; nothing was replaced. Or it stores other records than these, or there is no such vector property.
    /// </exception>
    /// <exception cref="NotSupportedException">A vector is made by the collection out of something that it does not return.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<bool> RebuildAsync(
        Func<IReadOnlyList<TRecord>, CancellationToken, Task<IReadOnlyList<TRecord>?>> remake,
        EncoderInfo? encoder,
        string? vectorProperty = null,
        CancellationToken cancellationToken = default);
}
