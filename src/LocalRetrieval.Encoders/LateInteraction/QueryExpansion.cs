
namespace LocalRetrieval.Encoders;

/// <summary>How queries are made longer: tokens without content, whose vectors the model fills with what the query implies.</summary>
/// <param name="Length">How many tokens a query has at least.</param>
/// <param name="IsFixed">Whether it has no more either: longer queries are cut.</param>
/// <param name="IsAttended">Whether the query's own tokens attend to those put behind them.</param>
/// <param name="TokenId">The token that is put behind.</param>
internal sealed record QueryExpansion(int Length, bool IsFixed, bool IsAttended, int TokenId)
{
    /// <summary>What sentence_bert_config.json says, or what PyLate's config_sentence_transformers.json does; null where queries are not expanded.</summary>
    /// <exception cref="InvalidDataException">A field is not supported, or no token is known for the purpose.</exception>
    public static QueryExpansion? Read(EncoderFiles files, LateInteractionConfig config)
    {
        if (files.Sentence.Json?.Object("query_expansion") is { } expansion)
        {
            string strategy = expansion.String("strategy") ?? throw expansion.Missing("strategy", "'fixed' or 'min'");
            return new QueryExpansion(
                expansion.Limit("length") ?? throw expansion.Missing("length", "a number of at least 1"),
                strategy switch { "fixed" => true, "min" => false, _ => throw expansion.Unsupported("strategy", $"'{strategy}'", "'fixed' or 'min'") },
                expansion.Boolean("attend") ?? false,
                Token(files, expansion.String("token")));
        }

        return config.Expands ? new QueryExpansion(config.QueryLength ?? 32, IsFixed: true, config.AttendsToExpansion, Token(files, null)) : null;
    }

    // An encoder's mask token, or a decoder's end of sequence.
    private static int Token(EncoderFiles files, string? named)
    {
        string?[] candidates = named is not null ? [named] : [files.Settings.SpecialToken("mask_token"), "[MASK]", "<mask>", files.Settings.SpecialToken("eos_token")];
        return candidates.Select(token => token is null ? null : files.Tokenizer.TokenToId(token)).FirstOrDefault(id => id is not null) ?? throw new InvalidDataException(
            $"The tokenizer beside {files.Config.File} has no token to expand queries with: " +
            (named is null ? "neither mask_token nor eos_token is known (tokenizer_config.json)." : $"'{named}' is not in its vocabulary."));
    }
}
