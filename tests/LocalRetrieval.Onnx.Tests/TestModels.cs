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

    /// <summary>A copy of a tiny model in a folder of its own, to be damaged.</summary>
    public static TemporaryModel Copy(string name) => new(Tiny(name));
}
