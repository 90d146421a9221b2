namespace LocalRetrieval.Encoders;

/// <summary>Tells who loads a folder as one kind of model that it looks like another, and how that is loaded.</summary>
internal static class OtherKind
{
    /// <summary>Loads a folder as one kind; where it cannot be loaded and looks like another kind, the error says so.</summary>
    /// <exception cref="InvalidDataException">The folder says that it is a cross-encoder's, or it cannot be loaded and looks like another kind.</exception>
    public static T Load<T>(ModelFolder folder, ModelKind wanted, Func<T> load)
    {
        // A cross-encoder of modules has hidden states, and would give vectors that mean nothing.
        if (wanted != ModelKind.CrossEncoder && Declared(folder) is (ModelKind.CrossEncoder, _) declared)
        {
            throw new InvalidDataException(Describe(folder, declared));
        }

        try
        {
            return load();
        }
        catch (Exception exception) when (exception is InvalidDataException or FileNotFoundException && Guess(folder, wanted) is not null)
        {
            throw new InvalidDataException($"{exception.Message} {Guess(folder, wanted)}", exception);
        }
    }

    /// <summary>What a folder looks like, and how that is loaded; null where nothing speaks for another kind than <paramref name="wanted"/>.</summary>
    public static string? Guess(ModelFolder folder, ModelKind wanted)
    {
        try
        {
            return (Declared(folder) ?? OfModules(folder) ?? OfConfig(folder)) is { } found && found.Kind != wanted ? Describe(folder, found) : null;
        }
        catch (InvalidDataException)
        {
            // A file that cannot be read speaks for nothing; whoever needs it says so.
            return null;
        }
    }

    private static (ModelKind Kind, string Evidence)? Declared(ModelFolder folder)
    {
        ModelJson? config = folder.ReadJson("config_sentence_transformers.json");
        string? type = config?.String("model_type");
        ModelKind? kind = type switch
        {
            "SentenceTransformer" => ModelKind.BiEncoder,
            "SparseEncoder" => ModelKind.SparseEncoder,
            "CrossEncoder" => ModelKind.CrossEncoder,
            "ColBERT" => ModelKind.LateInteraction,
            _ => null,
        };
        return kind is not null ? (kind.Value, $"config_sentence_transformers.json model_type is '{type}'")
            : config?.Names.Contains("query_prefix") == true ? (ModelKind.LateInteraction, "config_sentence_transformers.json has query_prefix")
            : null;
    }

    private static (ModelKind Kind, string Evidence)? OfModules(ModelFolder folder)
    {
        foreach (ModuleEntry module in folder.Modules ?? [])
        {
            ModelKind? kind = module.Kind switch
            {
                ModuleEntry.StaticEmbedding => ModelKind.Static,
                ModuleEntry.SpladePooling => ModelKind.SparseEncoder,
                ModuleEntry.MultiVectorMask => ModelKind.LateInteraction,
                ModuleEntry.Pooling => ModelKind.BiEncoder,
                _ => null,
            };
            if (kind is not null)
            {
                return (kind.Value, $"modules.json names {module.Json.String("type")}");
            }
        }

        return null;
    }

    private static (ModelKind Kind, string Evidence)? OfConfig(ModelFolder folder)
    {
        ModelJson? config = folder.ReadJson("config.json");
        return config?.String("model_type") == "model2vec" ? (ModelKind.Static, "config.json model_type is 'model2vec'")
            : config?.StringList("architectures") is not [string architecture, ..] ? null
            : architecture == "HF_ColBERT" ? (ModelKind.LateInteraction, $"config.json architectures is '{architecture}'")
            : architecture.EndsWith("ForSequenceClassification", StringComparison.Ordinal) ? (ModelKind.CrossEncoder, $"config.json architectures is '{architecture}'")
            : null;
    }

    private static string Describe(ModelFolder folder, (ModelKind Kind, string Evidence) found) => $"The folder {folder.Path} looks like that of {found.Kind switch
    {
        ModelKind.BiEncoder => $"a bi-encoder ({found.Evidence}): load it as OnnxEmbeddingGenerator, or register it by AddLocalEmbeddings.",
        ModelKind.SparseEncoder => $"a sparse encoder ({found.Evidence}): load it as OnnxSparseEmbeddingGenerator, or register it by AddLocalSparseEmbeddings.",
        ModelKind.LateInteraction => $"a late interaction encoder ({found.Evidence}): load it as OnnxMultiVectorEmbeddingGenerator or OnnxLateInteractionReranker, or register it by AddLocalMultiVectorEmbeddings or AddLocalLateInteractionReranker.",
        ModelKind.CrossEncoder => $"a cross-encoder ({found.Evidence}): load it as OnnxTextReranker, or register it by AddLocalReranker.",
        _ => $"a static model ({found.Evidence}): load it as StaticEmbeddingGenerator, or register it by AddLocalEmbeddings.",
    }}";
}
