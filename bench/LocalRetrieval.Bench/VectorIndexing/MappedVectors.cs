using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Search;
using Microsoft.Win32.SafeHandles;

namespace LocalRetrieval.Bench.VectorIndexing;

/// <summary>All whole vectors in a file, as a snapshot has them.</summary>
internal sealed partial class MappedVectors : IDisposable
{
    private const string Name = "vectors.f32";
    private const int RowsAtOnce = 4096;
    private const int NotNeeded = 4;

    private readonly TemporaryFolder _folder = new();
    private readonly IndexVectors _vectors;

    public MappedVectors(IndexVectors vectors)
    {
        _vectors = vectors;
        using IStoreFile file = new DiskFolder(_folder.Path).Create(Name);
        for (int row = 0; row < vectors.Count; row += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, vectors.Count - row) * vectors.Dimensions;
            file.Write(file.Length, MemoryMarshal.AsBytes(vectors.Rows.AsSpan(row * vectors.Dimensions, count)));
        }

        file.Flush();
    }

    /// <summary>What the process has had the disk read, in bytes; null where the system does not tell.</summary>
    public static long? BytesRead
    {
        get
        {
            const string Field = "read_bytes: ";
            string? line = File.Exists("/proc/self/io") ? File.ReadLines("/proc/self/io").FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal)) : null;
            return line is null ? null : long.Parse(line[Field.Length..], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Maps the file: what was written or read just now is in the system's cache.</summary>
    public RowBlock[] Map() => [RowBlock.Of(0, new DiskFolder(_folder.Path).Map(Name).Memory<float>(0, _vectors.Rows.Length), _vectors.Dimensions)];

    /// <summary>Maps the file when nothing of it is in the system's cache; no other map of it may be held.</summary>
    public RowBlock[] MapCold()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using (SafeFileHandle file = File.OpenHandle(Path.Combine(_folder.Path, Name)))
        {
            int error = Advise(file, 0, 0, NotNeeded);
            if (error != 0)
            {
                throw new Win32Exception(error);
            }
        }

        return Map();
    }

    public void Dispose() => _folder.Dispose();

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(SafeFileHandle file, long offset, long length, int advice);
}
