using System.Globalization;
using System.Text;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>Holds a folder for one writing process: by an open handle, which the system closes with the process, however it ends.</summary>
internal sealed class StoreLock : IDisposable
{
    // What a file that another has locked gives: ERROR_SHARING_VIOLATION and EWOULDBLOCK.
    private const int WindowsSharing = 32;
    private const int LinuxSharing = 11;
    private const int MacSharing = 35;

    private readonly FileStream _handle;

    private StoreLock(FileStream handle) => _handle = handle;

    /// <exception cref="IOException">Another store writes there, or the folder cannot be written to.</exception>
    public static StoreLock Take(string path)
    {
        FileStream handle;
        try
        {
            handle = new FileStream(Path.Combine(path, StoreFileNames.Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when ((exception.HResult & 0xFFFF) is WindowsSharing or LinuxSharing or MacSharing)
        {
            throw new IOException($"The folder '{path}' is in use{OwnerOf(path)}: one store writes to a folder at a time. Dispose of that store, end that process, or use another folder.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The folder '{path}' cannot be written to: {exception.Message} A store with a path has its lock there: make it writable for this process, or open the store with {nameof(LocalVectorStoreOptions.IsReadOnly)} to read alone.", exception);
        }

        WriteOwner(path);
        return new StoreLock(handle);
    }

    public void Dispose() => _handle.Dispose();

    // For people: a process that ended leaves its name, and nobody is kept out by it, or by its not being written.
    private static void WriteOwner(string path)
    {
        try
        {
            File.WriteAllText(
                Path.Combine(path, StoreFileNames.Owner), string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName} since {DateTimeOffset.UtcNow:u}"), Encoding.UTF8);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static string OwnerOf(string path)
    {
        try
        {
            // A full disk may have left nothing in it.
            string owner = File.ReadAllText(Path.Combine(path, StoreFileNames.Owner), Encoding.UTF8);
            return owner.Length == 0 ? "" : $" by {owner}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
