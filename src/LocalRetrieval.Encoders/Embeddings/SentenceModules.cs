
namespace LocalRetrieval.Encoders;

/// <summary>What a model's folder says happens to the hidden states, module by module, as sentence-transformers reads modules.json.</summary>
/// <param name="TokenModules">What happens to each token's vector before pooling.</param>
/// <param name="Pooling">How tokens are pooled; null where the graph has pooled.</param>
/// <param name="TextModules">What happens to each text's vector after it.</param>
internal sealed record SentenceModules(IVectorModule[] TokenModules, TextPooling? Pooling, IVectorModule[] TextModules)
{
    private const string Supported = "Transformer, then Pooling, Dense, LayerNorm, Normalize and Dropout, of sentence_transformers";

    /// <summary>Whether the vectors that come out are of unit length.</summary>
    public bool Normalizes => TextModules is [.., NormalizeModule];

    /// <exception cref="InvalidDataException">A module or its setting is not supported, or the folder says nothing and the options do not either.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read.</exception>
    public static SentenceModules Read(ModelFolder folder, OnnxEmbeddingGeneratorOptions options)
    {
        if (folder.Modules is not null)
        {
            SentenceModules modules = ReadModules(folder, folder.Modules);
            return (options.Pooling is { } mode ? modules with { Pooling = modules.Pooling! with { Modes = [mode] } } : modules).Normalized(options.Normalize);
        }

        PoolingMode pooling = options.Pooling ?? throw UnsupportedModule.Refusal(
            $"{folder.Path} has no modules.json, so nothing says how the model's tokens are pooled. Set Pooling in the options: the model's card names it.");
        return new SentenceModules([], new TextPooling([pooling], IncludesPrompt: true, TokenWidth: null), []).Normalized(options.Normalize);
    }

    /// <summary>The modules of a graph that pools by itself.</summary>
    public static SentenceModules OfGraph(OnnxEmbeddingGeneratorOptions options) => new SentenceModules([], null, []).Normalized(options.Normalize);

    private static SentenceModules ReadModules(ModelFolder folder, IReadOnlyList<ModuleEntry> modules)
    {
        List<IVectorModule> tokenModules = [];
        List<IVectorModule> textModules = [];
        TextPooling? pooling = null;
        for (int i = 0; i < modules.Count; i++)
        {
            ModuleEntry module = modules[i];
            if ((module.Kind == ModuleEntry.Transformer) != (i == 0) || (module.Kind == ModuleEntry.Pooling && pooling is not null))
            {
                throw module.Unsupported(Supported);
            }

            if (module.Kind == ModuleEntry.Pooling)
            {
                pooling = TextPooling.Read(folder.RequireJson($"{module.Path}/config.json"));
            }
            else if (module.Kind is not (ModuleEntry.Transformer or ModuleEntry.Dropout))
            {
                IVectorModule loaded = VectorModules.Load(folder, module) ?? throw module.Unsupported(Supported);
                bool isByToken = VectorModules.IsByToken(folder, module);
                // Tokens are changed before they are pooled, texts after it.
                if (isByToken != (pooling is null))
                {
                    throw module.Unsupported(Supported);
                }

                (isByToken ? tokenModules : textModules).Add(loaded);
            }
        }

        if (folder.ReadJson("config_sentence_transformers.json")?.Limit("truncate_dim") is { } truncated)
        {
            textModules.Add(new TruncateModule(truncated));
        }

        return pooling is null
            ? throw UnsupportedModule.Refusal(
                $"{Path.Combine(folder.Path, "modules.json")} has no Pooling module. Set Pooling in the options and remove the file, or load a bi-encoder.")
            : new SentenceModules([.. tokenModules], pooling, [.. textModules]);
    }

    private SentenceModules Normalized(bool? wanted) => wanted is null || wanted == Normalizes ? this
        : wanted.Value ? this with { TextModules = [.. TextModules, NormalizeModule.Instance] }
        : this with { TextModules = TextModules[..^1] };
}
