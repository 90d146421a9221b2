using System.Formats.Tar;

namespace LocalRetrieval.Rag;

/// <summary>Tells pipes, sockets and devices, without opening them: opening a pipe waits for who writes into it.</summary>
internal static class SpecialFile
{
    /// <summary>What a file without bytes is, such as <c>a pipe</c>; null where it is a plain file.</summary>
    /// <param name="path">The file. It is a special one only where its length is zero.</param>
    public static string? Describe(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        using MemoryStream archive = new();
        try
        {
            // Of all that the platform offers, only writing an archive tells the kind of a file; of one without bytes that is a header.
            // The format of GNU has room for any user, group, time and device.
            using TarWriter writer = new(archive, TarEntryFormat.Gnu, leaveOpen: true);
            writer.WriteEntry(path, "x");
        }
        catch (IOException)
        {
            return File.Exists(path) ? "a socket" : null;
        }
        catch (UnauthorizedAccessException)
        {
            // A plain file that may not be read; whoever opens it is told.
            return null;
        }

        archive.Position = 0;
        using TarReader reader = new(archive);
        return reader.GetNextEntry()?.EntryType switch
        {
            TarEntryType.Fifo => "a pipe",
            TarEntryType.CharacterDevice or TarEntryType.BlockDevice => "a device",
            _ => null,
        };
    }
}
