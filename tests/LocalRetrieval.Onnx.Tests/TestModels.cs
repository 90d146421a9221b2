using System.Text.Json;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Onnx.Tests;

/// <summary>The models and goldens of these tests.</summary>
internal static class TestModels
{
    public static string Tiny(string name) => Path.Combine(AppContext.BaseDirectory, "Models", name);

    public static JsonElement Golden(string name) => ReadJson(Path.Combine(AppContext.BaseDirectory, "Goldens", name));

    public static JsonElement ReadJson(string path) => JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;

    public static float[] Floats(this JsonElement element) => [.. element.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Array ? value[0].GetSingle() : value.GetSingle())];

    public static string[] Strings(this JsonElement element) => [.. element.EnumerateArray().Select(value => value.GetString()!)];

    /// <summary>The options of a bi-encoder: what a folder without modules.json does not say is what its user would say.</summary>
    public static OnnxEmbeddingGeneratorOptions Options(string folder)
    {
        OnnxEmbeddingGeneratorOptions options = new();
        if (!File.Exists(Path.Combine(folder, "modules.json")))
        {
            JsonElement expected = ReadJson(Path.Combine(folder, "expected.json"));
            // A graph that pools by itself needs to be told nothing of it.
            options.Pooling = expected.TryGetProperty("pooling", out JsonElement pooling) ? Enum.Parse<PoolingMode>(pooling[0].GetString()!, ignoreCase: true) : null;
            options.Normalize = Normalizes(expected);
        }

        return options;
    }

    /// <summary>Whether expected.json has vectors of unit length.</summary>
    public static bool Normalizes(JsonElement expected) => !expected.TryGetProperty("normalize", out JsonElement normalize) || normalize.GetBoolean();

    /// <summary>A copy of a tiny model in a folder of its own, to be damaged.</summary>
    public static TemporaryModel Copy(string name) => new(Tiny(name));
}
