using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Onnx.Loading;

/// <summary>Finds how many tokens a model reads, special tokens included.</summary>
internal static class MaxTokensReader
{
    // These families number positions from pad_token_id + 1, so that as many rows of the position table are never used for text.
    private static readonly HashSet<string> OffsetFamilies = new(StringComparer.Ordinal)
    {
        "roberta", "xlm-roberta", "xlm-roberta-xl", "camembert", "roberta-prelayernorm", "mpnet", "longformer", "data2vec-text",
    };

    /// <summary>
    /// The first of: <paramref name="requested"/>, sentence_bert_config.json's max_seq_length, tokenizer_config.json's model_max_length,
    /// config.json's positions, tokenizer.json's truncation. A file's value never exceeds the model's positions.
    /// </summary>
    /// <exception cref="InvalidDataException">No file gives a length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">More is requested than the model has positions.</exception>
    public static int Read(ModelFolder folder, ModelJson config, Tokenizer tokenizer, int? requested)
    {
        int? positions = Positions(config);
        if (requested is { } wanted)
        {
            return positions is null || wanted <= positions ? wanted : throw new ArgumentOutOfRangeException(
                nameof(requested), wanted, $"MaxTokens is {wanted}, but {config.File} gives the model {positions} positions. Set at most {positions}.");
        }

        int found = folder.ReadJson("sentence_bert_config.json")?.Limit("max_seq_length")
            ?? folder.ReadJson("tokenizer_config.json")?.Limit("model_max_length")
            ?? positions
            ?? tokenizer.Truncation?.MaxLength
            ?? throw new InvalidDataException(
                $"{folder.Path} does not say how many tokens the model reads (sentence_bert_config.json max_seq_length, tokenizer_config.json model_max_length, config.json max_position_embeddings, tokenizer.json truncation). Set MaxTokens in the options.");
        return Math.Min(found, positions ?? found);
    }

    private static int? Positions(ModelJson config)
    {
        int? rows = config.Limit("max_position_embeddings");
        int unused = OffsetFamilies.Contains(config.String("model_type") ?? "") ? (config.Integer("pad_token_id") ?? 1) + 1 : 0;
        return rows - unused;
    }
}
