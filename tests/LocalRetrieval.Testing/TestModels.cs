using System.Text.Json;

namespace LocalRetrieval.Testing;

/// <summary>The tiny models of the folder Models, and the goldens of a project's own; both are copied by the projects whose files say so.</summary>
public static class TestModels
{
    public static string Tiny(string name) => Path.Combine(AppContext.BaseDirectory, "Models", name);

    /// <summary>A copy of a tiny model in a folder of its own, to be changed.</summary>
    public static TemporaryModel Copy(string name) => new(Tiny(name));

    public static JsonElement Golden(string name) => ReadJson(Path.Combine(AppContext.BaseDirectory, "Goldens", name));

    public static JsonElement ReadJson(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.Clone();
    }

    /// <summary>The cases of a golden, of which there is at least one.</summary>
    public static JsonElement[] Cases(this JsonElement golden)
    {
        JsonElement[] cases = [.. golden.GetProperty("cases").EnumerateArray()];
        Assert.NotEmpty(cases);
        return cases;
    }

    public static float[] Floats(this JsonElement element) => [.. element.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Array ? value[0].GetSingle() : value.GetSingle())];

    public static string[] Strings(this JsonElement element) => [.. element.EnumerateArray().Select(value => value.GetString()!)];
}
