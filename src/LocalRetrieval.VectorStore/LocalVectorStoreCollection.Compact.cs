namespace LocalRetrieval.VectorData;

public sealed partial class LocalVectorStoreCollection<TKey, TRecord>
{
    /// <summary>Has what the collection stores on disk written anew, without what is no longer there, as a snapshot that the next opening maps into memory instead of reading it.</summary>
    /// <param name="cancellationToken">Ends the waiting; what is under way goes on.</param>
    /// <remarks>
    /// The store does so by itself, in the background: when for five records that are there one is not, when the log grew to half of the snapshot, and when nobody has written for a second, each from some thousand records
    /// or megabytes on; see docs/vector-store-on-disk.md. Others read and write meanwhile. Without a path, and where there is nothing to rewrite, nothing is done.
    /// </remarks>
    /// <exception cref="IOException">The files could not be written; those that were there stay. Or the collection was deleted, or the store disposed of, meanwhile.</exception>
    /// <exception cref="InvalidDataException">A file that is to be rewritten is damaged. Nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">The store only reads its folder, or the collection stores other records than this one describes.</exception>
    /// <exception cref="Microsoft.Extensions.VectorData.VectorStoreException">The collection does not exist.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task CompactAsync(CancellationToken cancellationToken = default) =>
        Task.Run(() => GetTable(nameof(CompactAsync)).CompactAsync(), cancellationToken).WaitAsync(cancellationToken);
}
