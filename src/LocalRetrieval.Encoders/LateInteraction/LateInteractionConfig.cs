namespace LocalRetrieval.Encoders;

/// <summary>
/// What config_sentence_transformers.json says of late interaction in PyLate's words, or artifact.metadata in those of Stanford's ColBERT.
/// </summary>
internal sealed class LateInteractionConfig
{
    private static readonly string[] Fields =
    [
        "query_prefix", "document_prefix", "query_length", "document_length", "do_query_expansion", "attend_to_expansion_tokens", "attend_to_mask_tokens", "skiplist_words",
    ];

    private static readonly string[] Punctuation = [.. "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".Select(character => character.ToString())];

    private LateInteractionConfig()
    {
    }

    /// <summary>Whether the folder is of PyLate or Stanford, whose vectors are always normalised and whose modules say less.</summary>
    public bool IsLegacy { get; private init; }

    /// <summary>Whether the folder is of Stanford's ColBERT, which keeps its projection in the model's own weights.</summary>
    public bool IsStanford { get; private init; }

    public bool Expands { get; private init; }

    public bool AttendsToExpansion { get; private init; }

    public int? QueryLength { get; private init; }

    public int? DocumentLength { get; private init; }

    /// <summary>What stands before a query: a token where the tokenizer knows it, otherwise text.</summary>
    public string? QueryPrefix { get; private init; }

    /// <summary>The same for a document.</summary>
    public string? DocumentPrefix { get; private init; }

    /// <summary>The tokens of documents that are not compared.</summary>
    public string[] SkippedWords { get; private init; } = [];

    /// <summary>Whether a score is the mean over a query's vectors, rather than the sum.</summary>
    public bool AveragesQuery { get; private init; }

    /// <exception cref="InvalidDataException">A file cannot be read.</exception>
    public static LateInteractionConfig Read(ModelFolder folder)
    {
        if (folder.RequireJson("config.json").StringList("architectures")?.Contains("HF_ColBERT") == true)
        {
            return OfStanford(folder.ReadJson("artifact.metadata"));
        }

        ModelJson? config = folder.ReadJson("config_sentence_transformers.json");
        bool averages = string.Equals(config?.String("similarity_fn_name"), "meanmaxsim", StringComparison.OrdinalIgnoreCase);
        if (config is null || !(config.String("model_type") == "ColBERT" || config.Names.Intersect(Fields).Any()))
        {
            return new LateInteractionConfig { AveragesQuery = averages };
        }

        return new LateInteractionConfig
        {
            IsLegacy = true,
            AveragesQuery = averages,
            Expands = config.Boolean("do_query_expansion") ?? true,
            AttendsToExpansion = config.Boolean("attend_to_expansion_tokens") ?? config.Boolean("attend_to_mask_tokens") ?? false,
            QueryLength = config.Limit("query_length"),
            DocumentLength = config.Limit("document_length"),
            QueryPrefix = config.String("query_prefix"),
            DocumentPrefix = config.String("document_prefix"),
            SkippedWords = config.StringList("skiplist_words") ?? Punctuation,
        };
    }

    // The defaults are those of Stanford's code for a folder without artifact.metadata.
    private static LateInteractionConfig OfStanford(ModelJson? metadata) => new()
    {
        IsLegacy = true,
        IsStanford = true,
        Expands = true,
        AttendsToExpansion = metadata?.Boolean("attend_to_mask_tokens") ?? false,
        QueryLength = metadata?.Limit("query_maxlen"),
        DocumentLength = metadata?.Limit("doc_maxlen"),
        QueryPrefix = (metadata?.String("query_token_id") ?? "[unused0]") + " ",
        DocumentPrefix = (metadata?.String("doc_token_id") ?? "[unused1]") + " ",
        SkippedWords = metadata?.Boolean("mask_punctuation") == false ? [] : Punctuation,
    };
}
