namespace LocalRetrieval.Encoders;

/// <summary>One entry of sentence-transformers' modules.json.</summary>
/// <param name="Kind">The class without its packages, for instance <c>pooling</c>; null where it is no class of sentence-transformers or PyLate.</param>
/// <param name="Path">The folder of its files; empty for the root.</param>
/// <param name="Json">The entry itself, for errors.</param>
internal sealed record ModuleEntry(string? Kind, string Path, ModelJson Json)
{
    public const string Transformer = "transformer";
    public const string MaskedLanguageModel = "mlmtransformer";
    public const string Pooling = "pooling";
    public const string Dense = "dense";
    public const string LayerNorm = "layernorm";
    public const string Normalize = "normalize";
    public const string Dropout = "dropout";
    public const string StaticEmbedding = "staticembedding";
    public const string SpladePooling = "spladepooling";
    public const string MultiVectorMask = "multivectormask";

    // Packages have moved between releases (models.Pooling, sentence_transformer.modules.pooling.Pooling), classes have not.
    private static readonly string[] Packages = ["sentence_transformers.", "pylate.models."];

    /// <exception cref="InvalidDataException">The entry names no class, or a folder elsewhere.</exception>
    public static ModuleEntry Read(ModelJson json)
    {
        string type = json.String("type")
            ?? throw json.Missing("type", "a module's class, for instance 'sentence_transformers.models.Pooling'", "Take modules.json from the model's page again.");
        string? kind = Packages.Any(package => type.StartsWith(package, StringComparison.Ordinal))
            ? type[(type.LastIndexOf('.') + 1)..].Replace("_", "", StringComparison.Ordinal).ToLowerInvariant()
            : null;
        return new ModuleEntry(kind, ReadPath(json), json);
    }

    public bool IsTransformer => Kind is Transformer or MaskedLanguageModel;

    /// <summary>The path of a file of the module, within the model's folder.</summary>
    public string File(string name) => Path.Length == 0 ? name : $"{Path}/{name}";

    /// <summary>The module's config.json, or null where it is missing.</summary>
    public ModelJson? Config(ModelFolder folder) => folder.ReadJson(File("config.json"));

    /// <summary>The refusal of this module.</summary>
    public UnsupportedModuleException Unsupported(string supported) => new(Json.Unsupported("type", $"'{Json.String("type")}'", supported));

    // Windows takes either separator, and a model is one folder on every system.
    private static string ReadPath(ModelJson json)
    {
        string path = (json.String("path") ?? "").Replace('\\', '/');
        bool isInside = !path.StartsWith('/') && !path.Contains(':', StringComparison.Ordinal) && !path.Split('/').Contains("..");
        return isInside ? path.TrimEnd('/') : throw json.Unsupported("path", $"'{path}', outside of the model's folder", "a folder within it");
    }
}
