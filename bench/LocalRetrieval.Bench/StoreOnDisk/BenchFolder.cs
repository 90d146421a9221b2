namespace LocalRetrieval.Bench.StoreOnDisk;

/// <summary>A folder that is gone afterwards.</summary>
internal sealed class BenchFolder : IDisposable
{
    // The lock is the process's that has the store open.
    private const string Lock = "lock";

    /// <param name="parent">Where it is made; null for the system's folder of temporary files.</param>
    public BenchFolder(string? parent) =>
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent ?? System.IO.Path.GetTempPath(), $"localretrieval-{Guid.NewGuid():N}")).FullName;

    public string Path { get; }

    /// <summary>What its files take. Others may be deleting some.</summary>
    public long Bytes => Directory.GetFiles(Path).Sum(BytesOf);

    /// <summary>A copy of its files as they are, beside it: as the process would leave them if it were killed now.</summary>
    public BenchFolder Copy()
    {
        BenchFolder copy = new(System.IO.Path.GetDirectoryName(Path));
        foreach (string file in Directory.GetFiles(Path).Where(file => System.IO.Path.GetFileName(file) != Lock))
        {
            using FileStream from = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using FileStream to = File.Create(System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(file)));
            from.CopyTo(to);
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static long BytesOf(string file)
    {
        try
        {
            return new FileInfo(file).Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }
}
