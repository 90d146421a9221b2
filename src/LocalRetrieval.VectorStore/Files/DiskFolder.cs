using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace LocalRetrieval.VectorData.Files;

/// <summary>A folder of the file system.</summary>
/// <remarks>Safe for concurrent use, as far as files of other names are concerned.</remarks>
internal sealed class DiskFolder(string path) : IStoreFolder
{
    public string Path => path;

    /// <summary>Makes a folder where it is not there.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static void Make(string path) => Access(path, Directory.CreateDirectory);

    /// <summary>Uses a file or a folder; what this process has no right to is an <see cref="IOException"/> like any other.</summary>
    public static T Access<T>(string path, Func<string, T> use)
    {
        try
        {
            return use(path);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"This process may not use '{path}': {exception.Message} A store needs the right to write to its folder, and one that only reads to read all files in it.", exception);
        }
    }

    public IReadOnlyList<string> List() => Access(path, static folder => (string[])[.. Directory.EnumerateFiles(folder).Select(file => System.IO.Path.GetFileName(file))]);

    public IStoreFile Create(string name) => Access(Of(name), static file => new DiskFile(File.OpenHandle(file, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete)));

    public IStoreFile Open(string name, bool isWritten) => Access(Of(name), file => new DiskFile(isWritten
        ? File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete)
        : File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)));

    public unsafe MappedBytes Map(string name)
    {
        using SafeFileHandle handle = Access(Of(name), static file => File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        long length = RandomAccess.GetLength(handle);
        if (length == 0)
        {
            // A system maps no empty file.
            return new MappedBytes(this, null, 0);
        }

        using MemoryMappedFile file = MemoryMappedFile.CreateFromFile(handle, mapName: null, length, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        MemoryMappedViewAccessor view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);

        // The handle is its own to give back, once nobody holds it: a pointer that is acquired would keep it for ever.
        SafeMemoryMappedViewHandle memory = view.SafeMemoryMappedViewHandle;
        return new MappedBytes(memory, (byte*)memory.DangerousGetHandle() + view.PointerOffset, length);
    }

    public void Rename(string name, string newName) => Access(Of(name), file => Done(() => File.Move(file, Of(newName), overwrite: true)));

    public void Delete(string name) => Access(Of(name), static file => Done(() => File.Delete(file)));

    public void Sync() => FolderSync.Sync(path);

    private static bool Done(Action act)
    {
        act();
        return true;
    }

    private string Of(string name) => System.IO.Path.Combine(path, name);
}
