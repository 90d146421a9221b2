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
    public const string SpladePooling = "spladepooling";
    public const string MultiVectorMask = "multivectormask";

    // Packages have moved between releases (models.Pooling, sentence_transformer.modules.pooling.Pooling), classes have not.
    private static readonly string[] Packages = ["sentence_transformers.", "pylate.models."];

    public static ModuleEntry Read(ModelJson json)
    {
        string type = json.String("type") ?? "missing";
        string? kind = Packages.Any(package => type.StartsWith(package, StringComparison.Ordinal))
            ? type[(type.LastIndexOf('.') + 1)..].Replace("_", "", StringComparison.Ordinal).ToLowerInvariant()
            : null;
        return new ModuleEntry(kind, (json.String("path") ?? "").Trim('/'), json);
    }

    public bool IsTransformer => Kind is Transformer or MaskedLanguageModel;

    /// <summary>The module's config.json, or null where it is missing.</summary>
    public ModelJson? Config(ModelFolder folder) => folder.ReadJson($"{Path}/config.json");

    /// <summary>The refusal of this module.</summary>
    public UnsupportedModuleException Unsupported(string supported) => new(Json.Unsupported("type", $"'{Json.String("type") ?? "missing"}'", supported));
}
