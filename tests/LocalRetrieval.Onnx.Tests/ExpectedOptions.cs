using System.Text.Json;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Onnx.Tests;

/// <summary>What expected.json says that a model's other files do not.</summary>
internal static class ExpectedOptions
{
    /// <summary>The options of a bi-encoder: what a folder without modules.json does not say is what its user would say.</summary>
    public static OnnxEmbeddingGeneratorOptions Of(string folder)
    {
        OnnxEmbeddingGeneratorOptions options = new();
        if (!File.Exists(Path.Combine(folder, "modules.json")))
        {
            JsonElement expected = TestModels.ReadJson(Path.Combine(folder, "expected.json"));
            // A graph that pools by itself needs to be told nothing of it.
            options.Pooling = expected.TryGetProperty("pooling", out JsonElement pooling) ? Enum.Parse<PoolingMode>(pooling[0].GetString()!, ignoreCase: true) : null;
            options.Normalize = Normalizes(expected);
        }

        return options;
    }

    /// <summary>Whether expected.json has vectors of unit length.</summary>
    public static bool Normalizes(JsonElement expected) => !expected.TryGetProperty("normalize", out JsonElement normalize) || normalize.GetBoolean();
}
