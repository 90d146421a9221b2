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
    /// <summary>Has all records made anew, batch by batch, beside those that are there, and replaces all of them at once. Until then, and where that fails, the collection is as it was.</summary>
    /// <param name="rebuild">Makes the vectors, which are trusted to be of the encoder that it names.</param>
    /// <param name="cancellationToken">Ends the work, which leaves the collection as it was.</param>
    /// <returns>Whether the records were replaced; false where all were of this encoder.</returns>
    /// <remarks>
    /// The new vectors are of the dimensions that this collection's definition has; those of the stored ones may be others. A collection that lives on disk keeps what was made by a rebuild that failed, was
    /// cancelled, or ended with its process: the next one for the same encoder is given those vectors, of the records whose <see cref="RecordRebuild{TRecord}.InputOf"/> is the same, and one for another
    /// encoder begins anew.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="rebuild"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The collection was changed while the records were made anew, another rebuild of it is under way, or its store only reads; nothing was replaced. Or it stores other records than these, or there is no such vector
    /// property. Stores throw errors of their own where the collection does not exist.
    /// </exception>
    /// <exception cref="IOException">What was made could not be written. Where that was not while the records were replaced, the collection is as it was.</exception>
    /// <exception cref="NotSupportedException">A vector is made by the collection out of something that it does not return.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<bool> RebuildAsync(RecordRebuild<TRecord> rebuild, CancellationToken cancellationToken = default);
}
