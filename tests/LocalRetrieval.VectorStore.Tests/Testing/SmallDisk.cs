using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>A file system of a few MB, which gets full, and read-only. It needs root, on Linux.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(int megabytes)
    {
        string size = string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m");
        if (Run("mount", "-t", "tmpfs", "-o", size, "tmpfs", Path) is { } failure)
        {
            Directory.Delete(Path);
            throw new InvalidOperationException($"No file system could be mounted: {failure}");
        }
    }

    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("disk").FullName;

    /// <summary>A folder on it.</summary>
    public string Store => System.IO.Path.Combine(Path, "store");

    private string Filling => System.IO.Path.Combine(Path, "filling");

    /// <summary>Fills it, but for so many bytes.</summary>
    public void Fill(long left)
    {
        using FileStream filling = File.Create(Filling);
        byte[] zeros = new byte[4096];
        for (long rest = new DriveInfo(Path).AvailableFreeSpace - left; rest > 0; rest -= zeros.Length)
        {
            filling.Write(zeros, 0, (int)Math.Min(rest, zeros.Length));
            filling.Flush();
        }
    }

    /// <summary>Takes back what filled it.</summary>
    public void MakeRoom() => File.Delete(Filling);

    /// <summary>Has nothing be written to it any more, or again.</summary>
    public void Remount(bool isReadOnly)
    {
        if (Run("mount", "-o", isReadOnly ? "remount,ro" : "remount,rw", Path) is { } failure)
        {
            throw new InvalidOperationException(failure);
        }
    }

    public void Dispose()
    {
        Run("umount", "--lazy", Path);
        Directory.Delete(Path);
    }

    /// <returns>What went wrong; null for nothing.</returns>
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{program} ended with {process.ExitCode}: {errors}";
        }
        catch (Win32Exception exception)
        {
            return exception.Message;
        }
    }
}
