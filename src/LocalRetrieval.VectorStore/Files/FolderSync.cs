using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LocalRetrieval.VectorData.Files;

/// <summary>Has the names in a folder survive a loss of power. .NET opens no folders, and so cannot; Windows keeps names by its journal.</summary>
internal static partial class FolderSync
{
    // The value of O_RDONLY everywhere; that of O_CLOEXEC differs.
    private const int ReadOnly = 0;
    private const int LinuxCloseOnExec = 0x80000;
    private const int MacCloseOnExec = 0x1000000;

    public static void Sync(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = Open(path, ReadOnly | (OperatingSystem.IsMacOS() ? MacCloseOnExec : LinuxCloseOnExec));
        using SafeFileHandle handle = new(descriptor, ownsHandle: true);
        if (descriptor < 0 || Flush(handle) != 0)
        {
            throw new IOException($"The folder '{path}' could not be flushed: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(SafeFileHandle handle);
}
