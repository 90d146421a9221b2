using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Onnx.Loading;

/// <summary>What every kind of encoder reads from its folder beside the graph.</summary>
internal sealed record EncoderFiles(string ModelId, ModelJson Config, Tokenizer Tokenizer, int MaxTokens, long PadTokenId)
{
    /// <exception cref="InvalidDataException">A file cannot be read, or the files contradict each other.</exception>
    public static EncoderFiles Read(ModelFolder folder, OnnxEncoderOptions options)
    {
        ModelJson config = folder.RequireJson("config.json");
        Tokenizer tokenizer = Tokenizers.Tokenizer.Load(folder.TokenizerPath, new TokenizerOptions { LoneSurrogates = options.LoneSurrogates });
        if (config.Limit("vocab_size") is { } rows && tokenizer.MaxTokenId >= rows)
        {
            throw new InvalidDataException(
                $"{folder.TokenizerPath} has token ids up to {tokenizer.MaxTokenId}, but {config.File} gives the model {rows} rows (vocab_size). The two files are of different models.");
        }

        RefuseOtherReadings(folder, tokenizer);
        int maxTokens = MaxTokensReader.Read(folder, config, tokenizer, options.MaxTokens);
        return new EncoderFiles(options.ModelId ?? folder.Name, config, tokenizer, maxTokens, config.Integer("pad_token_id") ?? 0);
    }

    // Settings that change what the model reads, and so its numbers: not supported, so not to be passed over.
    private static void RefuseOtherReadings(ModelFolder folder, Tokenizer tokenizer)
    {
        ModelJson? sentenceBert = folder.ReadJson("sentence_bert_config.json");
        if (sentenceBert?.Boolean("do_lower_case") == true)
        {
            throw sentenceBert.Unsupported("do_lower_case", "true", "false (the tokenizer's own normalizer lower-cases where the model wants it)");
        }

        ModelJson? tokenizerConfig = folder.ReadJson("tokenizer_config.json");
        if (tokenizerConfig?.String("truncation_side") is { } side and not "right")
        {
            throw tokenizerConfig.Unsupported("truncation_side", $"'{side}'", "'right'");
        }

        if (tokenizer.Truncation is { Direction: TruncationDirection.Left })
        {
            throw new InvalidDataException($"{folder.TokenizerPath}: truncation.direction is 'Left', which is not supported. Supported: 'Right'.");
        }

        if (tokenizer.CountSpecialTokens(pair: false) == 0)
        {
            throw new InvalidDataException($"{folder.TokenizerPath} adds no special tokens (post_processor), which is not supported: an empty text would have nothing to read.");
        }
    }
}
