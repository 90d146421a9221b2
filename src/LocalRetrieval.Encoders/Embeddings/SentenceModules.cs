
namespace LocalRetrieval.Encoders;

/// <summary>What a model's folder says happens to the hidden states, module by module, as sentence-transformers reads modules.json.</summary>
/// <param name="TokenModules">What happens to each token's vector before pooling.</param>
/// <param name="Pooling">How tokens are pooled; null where the graph has pooled.</param>
/// <param name="TextModules">What happens to each text's vector after it.</param>
internal sealed record SentenceModules(IVectorModule[] TokenModules, TextPooling? Pooling, IVectorModule[] TextModules)
{
    private const string Supported = "Transformer, then Pooling, Dense, LayerNorm, Normalize and Dropout, of sentence_transformers; others where the graph does their work and gives sentence_embedding";

    /// <summary>Whether the graph has pooled its output to vectors of unit length.</summary>
    public bool GraphNormalizes { get; private init; }

    /// <summary>Whether the vectors that come out are of unit length.</summary>
    public bool Normalizes => TextModules is [.., NormalizeModule] || GraphNormalizes;

    /// <summary>What the folder says, whatever the options.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="pooling">The pooling of a folder without modules.json; null where nobody says it.</param>
    /// <exception cref="InvalidDataException">A file cannot be read, a module or its setting is not supported, or nothing says how tokens are pooled.</exception>
    public static SentenceModules Read(ModelFolder folder, PoolingMode? pooling) => folder.Modules is { } modules
        ? ReadModules(folder, modules)
        : new SentenceModules([], new TextPooling([pooling ?? throw new UnsupportedModuleException(
            $"{folder.Path} has no modules.json, so nothing says how the model's tokens are pooled. Set Pooling in the options: the model's card names it.")], IncludesPrompt: true, TokenWidth: null), []);

    /// <summary>These modules with the pooling and the length that the options ask for.</summary>
    public SentenceModules With(DenseEncoderOptions options) =>
        (options.Pooling is { } mode ? this with { Pooling = Pooling! with { Modes = [mode] } } : this).Normalized(options.Normalize);

    /// <summary>The modules of a graph that has applied them all by itself.</summary>
    /// <param name="named">The modules that the folder names; null where there are none, or some that are not supported.</param>
    /// <param name="options">The caller's options.</param>
    /// <param name="graph">The graph, for errors.</param>
    /// <exception cref="InvalidDataException">The options ask for what the graph has already done otherwise.</exception>
    public static SentenceModules OfGraph(SentenceModules? named, DenseEncoderOptions options, string graph)
    {
        bool normalizes = named?.Normalizes == true;
        if (options.Pooling is { } mode && !(named?.Pooling?.Modes is [var only] && only == mode))
        {
            throw new InvalidDataException($"The options set Pooling to {mode}, but {graph} pools by itself: its only output is sentence_embedding. Leave Pooling out.");
        }

        if (options.Normalize == false && normalizes)
        {
            throw new InvalidDataException($"The options set Normalize to false, but {graph} brings its vectors to unit length by itself. Leave Normalize out.");
        }

        SentenceModules modules = new([], null, []);
        return normalizes ? modules with { GraphNormalizes = true } : modules.Normalized(options.Normalize);
    }

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
                pooling = TextPooling.Read(folder.RequireJson(module.File("config.json")));
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
            ? throw new UnsupportedModuleException(
                $"{Path.Combine(folder.Path, "modules.json")} has no Pooling module. Set Pooling in the options and remove the file, or load a bi-encoder.")
            : new SentenceModules([.. tokenModules], pooling, [.. textModules]);
    }

    private SentenceModules Normalized(bool? wanted) => wanted is null || wanted == Normalizes ? this
        : wanted.Value ? this with { TextModules = [.. TextModules, NormalizeModule.Instance] }
        : this with { TextModules = TextModules[..^1] };
}
