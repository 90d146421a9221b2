using LocalRetrieval.Onnx.Batching;
using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Onnx.Loading;

/// <summary>What every kind of encoder reads from its folder beside the graph.</summary>
internal sealed record EncoderFiles(string ModelId, ModelJson Config, EncoderTokenizer Tokenizer, long PadTokenId)
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

        int maxTokens = MaxTokensReader.Read(folder, config, tokenizer, options.MaxTokens);
        return new EncoderFiles(options.ModelId ?? folder.Name, config, new EncoderTokenizer(tokenizer, maxTokens), config.Integer("pad_token_id") ?? 0);
    }
}
