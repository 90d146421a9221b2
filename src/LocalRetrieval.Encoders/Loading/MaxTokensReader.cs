using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Encoders;

/// <summary>Finds how many tokens a model reads, special tokens included.</summary>
internal static class MaxTokensReader
{
    /// <summary>
    /// The first of: <paramref name="maxTokens"/>, sentence_bert_config.json's max_seq_length, tokenizer_config.json's model_max_length,
    /// config.json's positions, tokenizer.json's truncation. A file's value never exceeds the model's positions.
    /// </summary>
    /// <exception cref="InvalidDataException">No file gives a length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">More is requested than the model has positions.</exception>
    public static int Read(ModelFolder folder, ModelJson config, SentenceConfig sentence, TokenizerSettings settings, Tokenizer tokenizer, int? maxTokens)
    {
        int? positions = PositionTable.Length(config);
        if (maxTokens is { } wanted)
        {
            return positions is null || wanted <= positions ? wanted : throw new ArgumentOutOfRangeException(
                nameof(maxTokens), wanted, $"MaxTokens is {wanted}, but {config.File} gives the model {positions} positions. Set at most {positions}.");
        }

        int found = sentence.MaxSequenceLength
            ?? settings.ModelMaxLength
            ?? positions
            ?? tokenizer.Truncation?.MaxLength
            ?? throw new InvalidDataException(
                $"{folder.Path} does not say how many tokens the model reads (sentence_bert_config.json max_seq_length, tokenizer_config.json model_max_length, config.json max_position_embeddings, tokenizer.json truncation). Set MaxTokens in the options.");
        return Math.Min(found, positions ?? found);
    }
}
