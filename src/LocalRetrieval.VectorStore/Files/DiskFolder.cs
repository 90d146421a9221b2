using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace LocalRetrieval.VectorData.Files;

/// <summary>A folder of the file system.</summary>
/// <remarks>Safe for concurrent use, as far as files of other names are concerned.</remarks>
internal sealed class DiskFolder(string path) : IStoreFolder
{
    public string Path => path;

    public IReadOnlyList<string> List() => [.. Directory.EnumerateFiles(path).Select(file => System.IO.Path.GetFileName(file))];

    public IStoreFile Create(string name) => new DiskFile(File.OpenHandle(Of(name), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete));

    public IStoreFile Open(string name, bool isWritten) => new DiskFile(isWritten
        ? File.OpenHandle(Of(name), FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete)
        : File.OpenHandle(Of(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

    public unsafe MappedBytes Map(string name)
    {
        using SafeFileHandle handle = File.OpenHandle(Of(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
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

    public void Rename(string name, string newName) => File.Move(Of(name), Of(newName), overwrite: true);

    public void Delete(string name) => File.Delete(Of(name));

    public void Sync() => FolderSync.Sync(path);

    private string Of(string name) => System.IO.Path.Combine(path, name);
}
