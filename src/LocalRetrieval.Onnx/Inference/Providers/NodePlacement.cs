using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Onnx.Inference.Providers;

/// <summary>Counts which execution provider runs how many nodes of a graph, by a profile of runs.</summary>
internal static class NodePlacement
{
    /// <summary>Has a session write a profile, from when it is made until <see cref="Read"/>.</summary>
    public static void Record(SessionOptions options)
    {
        options.ProfileOutputPathPrefix = Path.Combine(Path.GetTempPath(), $"localretrieval-{Guid.NewGuid():N}");
        options.EnableProfiling = true;
    }

    /// <summary>The number of nodes by provider, of those that were run; the profile is deleted.</summary>
    public static Dictionary<string, int> Read(InferenceSession session)
    {
        string path = session.EndProfiling();
        try
        {
            return Count(File.ReadAllBytes(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The number of nodes by provider in a profile.</summary>
    public static Dictionary<string, int> Count(ReadOnlyMemory<byte> profile)
    {
        using JsonDocument document = JsonDocument.Parse(profile);
        HashSet<string> seen = new(StringComparer.Ordinal);
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (JsonElement entry in document.RootElement.EnumerateArray())
        {
            if (Provider(entry) is { } provider && seen.Add(entry.GetProperty("name").GetString()!))
            {
                counts[provider] = counts.GetValueOrDefault(provider) + 1;
            }
        }

        return counts;
    }

    // A node's kernel has an entry for each run.
    private static string? Provider(JsonElement entry) =>
        entry.TryGetProperty("cat", out JsonElement category) && category.ValueEquals("Node") && entry.GetProperty("name").GetString()!.EndsWith("_kernel_time", StringComparison.Ordinal)
            && entry.TryGetProperty("args", out JsonElement arguments) && arguments.TryGetProperty("provider", out JsonElement provider) && provider.GetString() is { Length: > 0 } name
            ? name : null;
}
