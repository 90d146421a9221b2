namespace LocalRetrieval;

/// <summary>
/// Tells whether the records of a collection have changed, for what keeps results of it. A collection gives it through
/// <c>GetService(typeof(ICollectionVersion))</c>, and so does a retriever that searches it alone.
/// </summary>
/// <remarks>All members are safe for concurrent use.</remarks>
public interface ICollectionVersion
{
    /// <summary>The version of the records: another one whenever a record was added, replaced or deleted, or the collection itself.</summary>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <returns>The version, which is never given again for other records; null where the collection does not exist.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<string?> GetVersionAsync(CancellationToken cancellationToken = default);
}
