using LocalRetrieval.VectorData.Collections;
using LocalRetrieval.VectorData.Persistence;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData;

public sealed partial class LocalVectorStore
{
    /// <summary>Reads all files of a collection and checks every checksum in them, whether or not the collection is in use: others read and write meanwhile.</summary>
    /// <param name="name">The collection's name.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What was read, as far as it was written when the call came to it, and what of it is damaged. Damage is no exception.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or blank.</exception>
    /// <exception cref="InvalidOperationException">The store has no <see cref="LocalVectorStoreOptions.Path"/>, and so no files.</exception>
    /// <exception cref="VectorStoreException">The collection does not exist.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed, be it meanwhile.</exception>
    public Task<CollectionVerification> VerifyAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        StoreCatalog catalog = Catalog;
        return Task.Run(() => catalog.Verify(name, cancellationToken) ?? throw Missing(name, nameof(VerifyAsync)), cancellationToken);
    }

    /// <summary>Tells how many records a collection has, and what it takes of memory and disk. No log or snapshot is read for it, and a collection that was not opened stays so.</summary>
    /// <param name="name">The collection's name.</param>
    /// <param name="cancellationToken">Cancels before anything is looked at.</param>
    /// <returns>The figures. While others write they may be a batch apart.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or blank.</exception>
    /// <exception cref="VectorStoreException">The collection does not exist.</exception>
    /// <exception cref="IOException">The folder cannot be looked at.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public Task<CollectionStatistics> GetStatisticsAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        StoreCatalog catalog = Catalog;
        return Task.Run(() => catalog.Measure(name) ?? throw Missing(name, nameof(GetStatisticsAsync)), cancellationToken);
    }

    /// <summary>Copies all collections to another folder while others read and write. A store opens the copy as it opens this one's folder.</summary>
    /// <param name="folder">The path of the copy: a folder that is empty, or is not there.</param>
    /// <param name="cancellationToken">Ends the copying, which takes back what was copied.</param>
    /// <returns>Ends when the copy survives a loss of power.</returns>
    /// <remarks>
    /// Each collection is copied as it was at one moment: with all batches that were acknowledged before the call, and each batch whole or not at all. Several collections may be some batches apart.
    /// Every frame is checked on its way. A copy that the end of the process interrupts has a file that says so, and no store opens it.
    /// </remarks>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is null or blank.</exception>
    /// <exception cref="InvalidOperationException">The store has no <see cref="LocalVectorStoreOptions.Path"/>, and so no files.</exception>
    /// <exception cref="InvalidDataException">A collection is damaged: the message says where. Nothing is left of the copy.</exception>
    /// <exception cref="IOException">The folder is not empty, or cannot be written to, or a file cannot be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed, be it meanwhile: nothing is left of the copy.</exception>
    public Task BackupAsync(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        StoreCatalog catalog = Catalog;
        return Task.Run(() => StoreBackup.Run(catalog, Path.GetFullPath(folder), cancellationToken), cancellationToken);
    }

    /// <summary>Says that there is no such collection.</summary>
    /// <param name="name">The collection's name.</param>
    /// <param name="operation">What was asked of it.</param>
    /// <param name="advice">What to do; null for nothing.</param>
    internal static VectorStoreException Missing(string name, string operation, string? advice = null) => new($"Collection '{name}' does not exist.{advice}")
    {
        VectorStoreSystemName = SystemName,
        CollectionName = name,
        OperationName = operation,
    };
}
