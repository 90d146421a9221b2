using LocalRetrieval.Testing;

namespace LocalRetrieval.Onnx.Tests;

/// <summary>The names of the tiny models, by what expected.json says they are.</summary>
internal static class TinyModelNames
{
    /// <summary>Those that are committed with the tests.</summary>
    public static TheoryData<string> Committed(string kind) => [.. Names(TestModels.Tiny(""), kind)];

    /// <summary>All that lie beside the checkout, or a name that is never looked up where there are none.</summary>
    public static TheoryData<string> Shared(string kind) => SharedData.Root is null ? [kind] : [.. Names(SharedData.Path("models-tiny"), kind)];

    /// <summary>The names in a folder of models.</summary>
    public static IEnumerable<string> Names(string folder, string kind) => Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
        .Where(path => TestModels.ReadJson(Path.Combine(path, "expected.json")).GetProperty("kind").GetString() == kind).Select(path => Path.GetFileName(path)!);
}
