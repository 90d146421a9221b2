namespace LocalRetrieval.Testing;

/// <summary>A folder with small files, gone at the end.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder(params string[] files)
    {
        foreach (string file in files)
        {
            Write(file, $"The file {file} says that tea is steeped at 70 degrees.");
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("local-retrieval-").FullName;

    public void Write(string file, string text)
    {
        string path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
