using System.Globalization;
using System.Text;
using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Log;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>The small file that says which log is a collection's. It is replaced at once, so that there is always one, and the collection exists with it.</summary>
/// <remarks>A line: the mark, the log's file, and the checksum of both.</remarks>
internal static class CurrentFile
{
    private const string Mark = "LocalRetrieval-1";
    private const int MostBytes = 4096;

    /// <summary>Has a collection's log be another. Survives a loss of power.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="prefix">The collection's prefix.</param>
    /// <param name="log">The log's file.</param>
    /// <param name="named">Called when the log is the collection's: what fails behind that leaves it so, but a loss of power may not.</param>
    public static void Write(IStoreFolder folder, string prefix, string log, Action named)
    {
        string current = StoreFileNames.CurrentOf(prefix);
        string unfinished = StoreFileNames.UnfinishedOf(current);
        folder.Delete(unfinished);
        string line = $"{Mark} {log}";
        using (IStoreFile file = folder.Create(unfinished))
        {
            file.Write(0, Encoding.UTF8.GetBytes($"{line} {SumOf(line)}\n"));
            file.Flush();
        }

        // The log's own name comes first.
        folder.Sync();
        folder.Rename(unfinished, current);
        named();
        folder.Sync();
    }

    /// <summary>The file of a collection's log.</summary>
    /// <exception cref="InvalidDataException">The file is not as it was written.</exception>
    public static string Read(IStoreFolder folder, string prefix) => TryRead(folder, prefix) ?? throw new InvalidDataException(
        $"'{Path.Combine(folder.Path, StoreFileNames.CurrentOf(prefix))}' is damaged, or another version of LocalRetrieval wrote it. The logs beside it are untouched: put the file back from a backup, or delete it to give the collection up.");

    /// <summary>The file of a collection's log; null where this file is not as it was written.</summary>
    public static string? TryRead(IStoreFolder folder, string prefix)
    {
        using IStoreFile file = folder.Open(StoreFileNames.CurrentOf(prefix), isWritten: false);
        Span<byte> bytes = stackalloc byte[MostBytes];
        string text = Encoding.UTF8.GetString(bytes[..file.Read(0, bytes)]);
        string[] parts = text.TrimEnd('\n').Split(' ');
        return parts is [Mark, var log, var sum] && sum == SumOf($"{Mark} {log}") ? log : null;
    }

    private static string SumOf(string line) => Checksum.Of(Encoding.UTF8.GetBytes(line)).ToString("x8", CultureInfo.InvariantCulture);
}
