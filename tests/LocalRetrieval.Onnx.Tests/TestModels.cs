using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalRetrieval.Onnx;

/// <summary>The models and goldens of these tests.</summary>
internal static class TestModels
{
    public static string Tiny(string name) => Path.Combine(AppContext.BaseDirectory, "Models", name);

    public static JsonElement Golden(string name) => ReadJson(Path.Combine(AppContext.BaseDirectory, "Goldens", name));

    public static JsonElement ReadJson(string path) => JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;

    public static float[] Floats(this JsonElement element) => [.. element.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Array ? value[0].GetSingle() : value.GetSingle())];

    public static string[] Strings(this JsonElement element) => [.. element.EnumerateArray().Select(value => value.GetString()!)];

    /// <summary>A copy of a tiny model in a folder of its own, to be damaged.</summary>
    public static TemporaryModel Copy(string name) => new(Tiny(name));

    internal sealed class TemporaryModel : IDisposable
    {
        public TemporaryModel(string source)
        {
            Path = Directory.CreateTempSubdirectory("local-retrieval-model-").FullName;
            foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
            {
                string target = File(System.IO.Path.GetRelativePath(source, file));
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
                System.IO.File.Copy(file, target);
            }
        }

        public string Path { get; }

        public string File(string name) => System.IO.Path.Combine(Path, name);

        public void Edit(string file, Action<JsonNode> edit)
        {
            JsonNode json = JsonNode.Parse(System.IO.File.ReadAllText(File(file)))!;
            edit(json);
            System.IO.File.WriteAllText(File(file), json.ToJsonString());
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
