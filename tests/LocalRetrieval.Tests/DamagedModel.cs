namespace LocalRetrieval;

/// <summary>A copy of a tiny model without its graph.</summary>
internal sealed class DamagedModel : IDisposable
{
    public DamagedModel(string model)
    {
        string source = System.IO.Path.Combine(AppContext.BaseDirectory, model);
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = System.IO.Path.Combine(Path, System.IO.Path.GetRelativePath(source, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        File.Move(Graph, Graph + ".away");
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("local-retrieval-damaged-").FullName;

    private string Graph => System.IO.Path.Combine(Path, "onnx", "model.onnx");

    public void Mend() => File.Move(Graph + ".away", Graph);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
