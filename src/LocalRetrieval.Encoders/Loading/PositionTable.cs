namespace LocalRetrieval.Encoders;

/// <summary>How a family of models numbers the positions of its tokens.</summary>
internal static class PositionTable
{
    // These families number positions from pad_token_id + 1, so that as many rows of the position table are never used for text.
    private static readonly HashSet<string> OffsetFamilies = new(StringComparer.Ordinal)
    {
        "roberta", "xlm-roberta", "xlm-roberta-xl", "camembert", "roberta-prelayernorm", "mpnet", "longformer", "data2vec-text",
    };

    // These number the places of a row from 0, padding on the left included, and add a vector for each number.
    private static readonly HashSet<string> PlaceFamilies = new(StringComparer.Ordinal) { "bert", "distilbert", "albert", "electra", "gpt2", "gpt_neo" };

    /// <summary>The position of a text's first token.</summary>
    public static int First(ModelJson config) => OffsetFamilies.Contains(Family(config)) ? (config.Integer("pad_token_id") ?? 1) + 1 : 0;

    /// <summary>The longest text that has a position for each token, or null where config.json does not say.</summary>
    public static int? Length(ModelJson config) =>
        // Below 0 says "no limit" in published files.
        config.IsNegative("max_position_embeddings") ? null
            : (config.Limit("max_position_embeddings") ?? (PlaceFamilies.Contains(Family(config)) ? config.Limit("n_positions") : null)) - First(config);

    private static string Family(ModelJson config) => config.String("model_type") ?? "";
}
