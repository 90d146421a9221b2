using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Snapshots;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>A snapshot that a log goes on behind, as it was when the log was opened: it can be read until it is disposed of, even if it is deleted meanwhile.</summary>
/// <param name="path">How errors name it.</param>
/// <param name="number">The random number that the log knows it by.</param>
/// <param name="file">The file, which is disposed of with this; null where it is missing.</param>
internal sealed class SnapshotView(string path, ulong number, IStoreFile? file) : IDisposable
{
    public string Path => path;

    public bool IsMissing => file is null;

    /// <summary>How long it is.</summary>
    public long Length => file?.Length ?? 0;

    /// <summary>Reads all of it.</summary>
    /// <param name="rows">How many rows it has; 0 where that cannot be read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="goOn">Called between parts; null for nothing.</param>
    /// <returns>What is damaged, in words; null where nothing is.</returns>
    public string? FindDamage(out int rows, CancellationToken cancellationToken, Action? goOn = null)
    {
        rows = 0;
        return file is null ? SnapshotFile.DescribeMissing(path) : new SnapshotCheck(file, path, number).Run(out rows, cancellationToken, goOn);
    }

    /// <summary>Fills a buffer.</summary>
    /// <returns>How many bytes were read: fewer than the buffer holds at the end of the file.</returns>
    public int Read(long offset, Span<byte> buffer) => file!.Read(offset, buffer);

    public void Dispose() => file?.Dispose();
}
