using System.Text.Json.Nodes;

namespace LocalRetrieval.Static.Loading;

/// <summary>A copy of a tiny model in a folder of its own, to be changed.</summary>
internal sealed class TemporaryModel : IDisposable
{
    public TemporaryModel(string name)
    {
        string source = StaticModels.Tiny(name);
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            Write(System.IO.Path.GetRelativePath(source, file), System.IO.File.ReadAllBytes(file));
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("local-retrieval-static-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllBytes(File(name), content);
    }

    public void Edit(string file, Action<JsonNode> edit)
    {
        JsonNode json = JsonNode.Parse(System.IO.File.ReadAllText(File(file)))!;
        edit(json);
        System.IO.File.WriteAllText(File(file), json.ToJsonString());
    }

    public StaticEmbeddingGenerator Load(StaticEmbeddingGeneratorOptions? options = null) => StaticEmbeddingGenerator.Load(Path, options);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
