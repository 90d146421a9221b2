using LocalRetrieval.Testing;

namespace LocalRetrieval.Onnx.Tests;

/// <summary>The names of the tiny models, by what expected.json says they are.</summary>
internal static class TinyModelNames
{
    /// <summary>Those that are committed with the tests.</summary>
    public static TheoryData<string> Committed(string kind) => [.. Names(TestModels.Tiny(""), kind)];

    /// <summary>Those that are not supported yet, with the field that their refusal names.</summary>
    public static IReadOnlyDictionary<string, string> Unsupported { get; } = new Dictionary<string, string>
    {
        ["reranker-modular"] = "transformer_task",
        ["sparse-router"] = "Router",
        ["decoder-left-padding"] = "padding_side",
    };

    /// <summary>All that lie beside the checkout and are supported, or a name that is never looked up where there are none.</summary>
    public static TheoryData<string> Shared(string kind) => [.. SharedNames(kind)];

    /// <inheritdoc cref="Shared"/>
    public static IEnumerable<string> SharedNames(string kind) => SharedData.Root is null ? [kind] : Names(SharedData.Path("models-tiny"), kind).Except(Unsupported.Keys);

    /// <summary>The names in a folder of models.</summary>
    public static IEnumerable<string> Names(string folder, string kind) => Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
        .Where(path => TestModels.ReadJson(Path.Combine(path, "expected.json")).GetProperty("kind").GetString() == kind).Select(path => Path.GetFileName(path)!);
}
