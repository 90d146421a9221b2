using LocalRetrieval.Encoders.Safetensors;
using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Encoders;

/// <summary>What happens to each token's vector, and which tokens are compared.</summary>
/// <param name="TokenModules">Projection and normalisation.</param>
/// <param name="SkippedTokens">The tokens that are left out.</param>
/// <param name="SkipsInQueries">Whether they are left out of queries.</param>
/// <param name="SkipsInDocuments">Whether they are left out of documents.</param>
internal sealed record LateInteractionModules(IVectorModule[] TokenModules, IReadOnlySet<int> SkippedTokens, bool SkipsInQueries, bool SkipsInDocuments)
{
    private const string Supported = "Transformer, then Dense, LayerNorm, MultiVectorMask and Normalize of token_embeddings, of sentence_transformers or pylate";

    /// <summary>Reads modules.json, or what stands for it in a folder of Stanford's ColBERT.</summary>
    /// <exception cref="FileNotFoundException">A file of a module is missing.</exception>
    /// <exception cref="InvalidDataException">A module is not supported, or nothing says that the model is one of late interaction.</exception>
    public static LateInteractionModules Read(ModelFolder folder, LateInteractionConfig config, Tokenizer tokenizer)
    {
        List<IVectorModule> modules = [];
        ModelJson? mask = null;
        bool isMasked = false;
        for (int i = 0; i < folder.Modules?.Count; i++)
        {
            ModuleEntry module = folder.Modules[i];
            if ((module.Kind == ModuleEntry.Transformer) != (i == 0))
            {
                throw module.Unsupported(Supported);
            }

            if (module.Kind == ModuleEntry.MultiVectorMask)
            {
                isMasked = true;
                mask = module.Config(folder);
            }
            else if (i > 0)
            {
                modules.Add(Load(folder, module));
            }
        }

        if (!config.IsLegacy && !isMasked)
        {
            throw new InvalidDataException(
                $"{folder.Path} says nothing of late interaction: neither a MultiVectorMask module (modules.json) nor query_prefix and its kin " +
                "(config_sentence_transformers.json). Load a bi-encoder as OnnxEmbeddingGenerator.");
        }

        if (config.IsStanford)
        {
            string weights = folder.Require("model.safetensors");
            modules.Add(DenseModule.Linear(SafetensorsFile.Open(weights), "linear.weight", weights));
        }

        if (config.IsLegacy && modules is not [.., NormalizeModule])
        {
            modules.Add(NormalizeModule.Instance);
        }

        if (mask?.Names.Contains("keep_only_token_ids") == true)
        {
            throw mask.Unsupported("keep_only_token_ids", "set", "null");
        }

        string[] tasks = mask?.StringList("skiplist_tasks") ?? [EmbeddingInputTypes.Document];
        string[] words = isMasked ? mask?.StringList("skiplist_words") ?? [] : config.SkippedWords;
        // A word that is no token of its own is none to skip: the reference's id of it would be that of unknown words.
        HashSet<int> skipped = [.. words.Select(tokenizer.TokenToId).OfType<int>()];
        return new LateInteractionModules([.. modules], skipped, tasks.Contains(EmbeddingInputTypes.Query), tasks.Contains(EmbeddingInputTypes.Document));
    }

    /// <summary>What is left to do with the vectors of a graph of that width: exports often project within the graph.</summary>
    public VectorModules After(int graphWidth)
    {
        bool isProjected = TokenModules is [DenseModule first, ..] && first.InputWidth != graphWidth && new VectorModules(TokenModules, first.InputWidth).OutputWidth == graphWidth;
        return new VectorModules(isProjected ? TokenModules.Where(module => module is NormalizeModule) : TokenModules, graphWidth);
    }

    // Before they could say which vectors they are for, Dense modules of late interaction were for those of tokens.
    private static IVectorModule Load(ModelFolder folder, ModuleEntry module)
    {
        bool isUnsaid = module.Kind == ModuleEntry.Dense && module.Config(folder)?.String("module_input_name") is null;
        return (isUnsaid || VectorModules.IsByToken(folder, module) ? VectorModules.Load(folder, module) : null) ?? throw module.Unsupported(Supported);
    }
}
