namespace LocalRetrieval.Rag.Tests.Synchronization;

/// <summary>A folder whose files are old enough for their times to be trusted.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private int _writes;

    public string FullPath { get; } = Directory.CreateTempSubdirectory("sync-").FullName;

    /// <summary>Writes a file, with a time of its own.</summary>
    public void Write(string name, string text)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        Touch(name);
    }

    /// <summary>Gives a file another time, and the same bytes.</summary>
    public void Touch(string name) => File.SetLastWriteTimeUtc(PathOf(name), Start.AddMinutes(++_writes));

    public void Move(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(to))!);
        File.Move(PathOf(from), PathOf(to));
    }

    public void Delete(string name) => File.Delete(PathOf(name));

    public string PathOf(string name) => Path.Combine(FullPath, name);

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
