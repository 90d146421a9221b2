using LocalRetrieval.Onnx.Loading;

namespace LocalRetrieval.Static.Loading;

/// <summary>The types of modules.json: the class alone, since sentence-transformers has moved its classes between namespaces.</summary>
internal static class ModuleType
{
    public const string StaticEmbedding = "StaticEmbedding";

    public const string Normalize = "Normalize";

    /// <summary>The class of a module of sentence-transformers; null for one of somebody else.</summary>
    public static string? Of(ModelJson module) =>
        module.String("type") is { } type && type.StartsWith("sentence_transformers.", StringComparison.Ordinal) ? type[(type.LastIndexOf('.') + 1)..] : null;
}
