namespace LocalRetrieval.VectorData;

public sealed partial class LocalVectorStoreCollection<TKey, TRecord>
{
    /// <summary>Has what the collection stores on disk written anew, without what is no longer there, as a snapshot that the next opening maps into memory instead of reading it.</summary>
    /// <param name="cancellationToken">Ends the waiting; what is under way goes on.</param>
    /// <remarks>
    /// The store does so by itself, in the background: when a fifth of what is there is no longer wanted, when much was added, and when nobody has written for a second. Others read and write meanwhile. Without a path, and
    /// where there is nothing to rewrite, nothing is done.
    /// </remarks>
    /// <exception cref="IOException">The files could not be written; those that were there stay.</exception>
    /// <exception cref="Microsoft.Extensions.VectorData.VectorStoreException">The collection does not exist.</exception>
    public Task CompactAsync(CancellationToken cancellationToken = default) =>
        Task.Run(() => GetTable(nameof(CompactAsync)).CompactAsync(), cancellationToken).WaitAsync(cancellationToken);
}
