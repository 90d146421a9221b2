using System.Text.Json;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Static.Tests;

/// <summary>The goldens of these tests.</summary>
internal static class StaticModels
{
    /// <summary>The cases of a golden file: a text and its vector each.</summary>
    public static (string Text, float[] Vector)[] Cases(string path)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. json.RootElement.Cases()
            .Select(golden => (golden.GetProperty("text").GetString()!, golden.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle()).ToArray()))];
    }

    public static StaticEmbeddingGenerator Load(this TemporaryModel model, StaticEmbeddingGeneratorOptions? options = null) => StaticEmbeddingGenerator.Load(model.Path, options);

    public static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Goldens", name);
}
