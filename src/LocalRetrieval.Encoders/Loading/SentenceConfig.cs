namespace LocalRetrieval.Encoders;

/// <summary>The Transformer module's own settings: sentence_bert_config.json, or one of the names that it had before.</summary>
internal sealed class SentenceConfig
{
    private static readonly string[] FileNames =
    [
        "sentence_bert_config.json", "sentence_roberta_config.json", "sentence_distilbert_config.json", "sentence_camembert_config.json",
        "sentence_albert_config.json", "sentence_xlm-roberta_config.json", "sentence_xlnet_config.json",
    ];

    private SentenceConfig(ModelJson? json) => Json = json;

    /// <summary>The file, or null where there is none.</summary>
    public ModelJson? Json { get; }

    /// <summary>The longest input in tokens, or null.</summary>
    public int? MaxSequenceLength => Json?.Limit("max_seq_length");

    /// <summary>Whether texts are lower-cased before the tokenizer's own normalizer.</summary>
    public bool LowerCase => Json?.Boolean("do_lower_case") == true;

    /// <summary>Refuses lengths that differ by role, which late interaction alone has.</summary>
    /// <exception cref="InvalidDataException">The file has such a length.</exception>
    public void RefuseLengthsByRole()
    {
        if (Json?.Names.Intersect(["query_length", "document_length", "query_expansion"]).FirstOrDefault() is { } field)
        {
            throw Json.Unsupported(field, "set", "null, but for late interaction");
        }
    }

    /// <summary>Reads the file and refuses what is not supported for <paramref name="task"/>.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="task">The transformer_task that the caller runs; a file that names none is of any.</param>
    /// <exception cref="InvalidDataException">The file asks for another task, a chat template, or processing that would change the numbers.</exception>
    public static SentenceConfig Read(ModelFolder folder, string task)
    {
        ModelJson? json = FileNames.Select(folder.ReadJson).FirstOrDefault(found => found is not null);
        if (json?.String("transformer_task") is { } other && other != task)
        {
            throw json.Unsupported("transformer_task", $"'{other}'", $"'{task}'");
        }

        if (json?.Object("modality_config")?.Names.Contains("message") == true)
        {
            throw json.Unsupported("modality_config", "a chat template ('message')", "'text'");
        }

        ModelJson? processing = json?.Object("processing_kwargs");
        string[] changed = [.. processing?.Names.Where(name => processing.Object(name)?.Names.Any() == true) ?? []];
        return changed.Length == 0
            ? new SentenceConfig(json)
            : throw json!.Unsupported("processing_kwargs", string.Join(" and ", changed), "none");
    }
}
