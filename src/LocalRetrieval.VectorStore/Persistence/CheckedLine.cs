using System.Globalization;
using System.Text;
using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Log;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>A small file of one line and its checksum. It is replaced at once, so that it is always as it was written before or as it is written now.</summary>
internal static class CheckedLine
{
    private const int MostBytes = 4096;

    /// <summary>Writes the file. Survives a loss of power.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The file.</param>
    /// <param name="line">The line.</param>
    /// <param name="named">Called when the file has the line: what fails behind that leaves it so, but a loss of power may not.</param>
    public static void Write(IStoreFolder folder, string name, string line, Action named)
    {
        string unfinished = StoreFileNames.UnfinishedOf(name);
        folder.Delete(unfinished);
        using (IStoreFile file = folder.Create(unfinished))
        {
            file.Write(0, Encoding.UTF8.GetBytes($"{line} {SumOf(line)}\n"));
            file.Flush();
        }

        // The name of what the line speaks of comes first.
        folder.Sync();
        folder.Rename(unfinished, name);
        named();
        folder.Sync();
    }

    /// <summary>The line; null where the file is not as it was written.</summary>
    public static string? TryRead(IStoreFolder folder, string name)
    {
        using IStoreFile file = folder.Open(name, isWritten: false);
        Span<byte> bytes = stackalloc byte[MostBytes];
        string text = Encoding.UTF8.GetString(bytes[..file.Read(0, bytes)]).TrimEnd('\n');
        int end = text.LastIndexOf(' ');
        return end >= 0 && text[(end + 1)..] == SumOf(text[..end]) ? text[..end] : null;
    }

    private static string SumOf(string line) => Checksum.Of(Encoding.UTF8.GetBytes(line)).ToString("x8", CultureInfo.InvariantCulture);
}
