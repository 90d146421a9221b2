using System.Text.Json.Nodes;

namespace LocalRetrieval.Testing;

/// <summary>A copy of a model in a folder of its own, to be changed.</summary>
public sealed class TemporaryModel : IDisposable
{
    /// <param name="folder">The model to copy.</param>
    public TemporaryModel(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            Write(System.IO.Path.GetRelativePath(folder, file), System.IO.File.ReadAllBytes(file));
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("local-retrieval-model-").FullName;

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

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
