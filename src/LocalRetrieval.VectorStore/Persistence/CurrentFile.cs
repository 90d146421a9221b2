using LocalRetrieval.VectorData.Files;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>The small file that says which log is a collection's. It is replaced at once, so that there is always one, and the collection exists with it.</summary>
/// <remarks>A <see cref="CheckedLine"/>: the mark, and the log's file.</remarks>
internal static class CurrentFile
{
    private const string Mark = "LocalRetrieval-1";

    /// <summary>Has a collection's log be another. Survives a loss of power.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="prefix">The collection's prefix.</param>
    /// <param name="log">The log's file.</param>
    /// <param name="named">Called when the log is the collection's: what fails behind that leaves it so, but a loss of power may not.</param>
    public static void Write(IStoreFolder folder, string prefix, string log, Action named) =>
        CheckedLine.Write(folder, StoreFileNames.CurrentOf(prefix), $"{Mark} {log}", named);

    /// <summary>The file of a collection's log.</summary>
    /// <exception cref="InvalidDataException">The file is not as it was written.</exception>
    public static string Read(IStoreFolder folder, string prefix) => TryRead(folder, prefix) ?? throw new InvalidDataException(
        $"'{Path.Combine(folder.Path, StoreFileNames.CurrentOf(prefix))}' is damaged, or another version of LocalRetrieval wrote it. The logs beside it are untouched: put the file back from a backup, or delete it to give the collection up.");

    /// <summary>The file of a collection's log; null where this file is not as it was written.</summary>
    public static string? TryRead(IStoreFolder folder, string prefix) =>
        CheckedLine.TryRead(folder, StoreFileNames.CurrentOf(prefix))?.Split(' ') is [Mark, var log] ? log : null;
}
