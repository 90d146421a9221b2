using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Encoders;

/// <summary>What every kind of encoder reads from its folder beside the graph.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="ModelId">The model's id in results.</param>
/// <param name="Config">config.json.</param>
/// <param name="Sentence">sentence_bert_config.json.</param>
/// <param name="Settings">tokenizer_config.json and special_tokens_map.json.</param>
/// <param name="Tokenizer">tokenizer.json.</param>
/// <param name="MaxTokens">What the model reads at most, special tokens included.</param>
internal sealed record EncoderFiles(ModelFolder Folder, string ModelId, ModelJson Config, SentenceConfig Sentence, TokenizerSettings Settings, Tokenizer Tokenizer, int MaxTokens)
{
    /// <summary>The token that fills shorter texts up.</summary>
    public int PadTokenId => Config.Integer("pad_token_id") is >= 0 and int id ? id : 0;

    /// <summary>Whether the model tells the texts of a pair apart by type ids.</summary>
    public bool HasTypeIds => Settings.HasTypeIds && Config.Limit("type_vocab_size") != 1;

    /// <summary>Where model and tokenizer come from.</summary>
    public ModelSource Source => new(Folder, Config, [$"{Sentence.LowerCase}", $"{AppendedToken}"], [.. Folder.TokenizerFiles]);

    /// <summary>The token that is put after each text's own and special tokens, or null.</summary>
    public int? AppendedToken { get; private init; }

    /// <summary>The highest type id of one text, or of a pair.</summary>
    public int MaxTypeId(bool pair)
    {
        int[] ids = new int[Tokenizer.CountSpecialTokens(pair) + (pair ? 2 : 1)];
        int[] typeIds = new int[ids.Length];
        if (pair)
        {
            Tokenizer.BuildInputs([PadTokenId], [PadTokenId], ids, typeIds);
        }
        else
        {
            Tokenizer.BuildInputs([PadTokenId], ids, typeIds);
        }

        return HasTypeIds ? typeIds.Max() : 0;
    }

    /// <param name="folder">The model's folder.</param>
    /// <param name="options">The caller's options.</param>
    /// <param name="task">The transformer_task of sentence-transformers that the caller runs.</param>
    /// <exception cref="InvalidDataException">A file cannot be read, or the files contradict each other.</exception>
    public static EncoderFiles Read(ModelFolder folder, EncoderOptions options, string task)
    {
        ModelJson config = folder.RequireJson("config.json");
        if (config.String("model_type") is null)
        {
            throw config.Missing("model_type", "the name of the model's family, for instance 'bert', which says how it counts positions", "Take config.json from the model's page again.");
        }

        SentenceConfig sentence = SentenceConfig.Read(folder, task);
        TokenizerOptions tokenizerOptions = new() { LoneSurrogates = options.LoneSurrogates };
        Tokenizer tokenizer = sentence.LowerCase
            ? LowerCasedTokenizer.Load(folder.Require("tokenizer.json"), tokenizerOptions)
            : Tokenizer.Load(folder.TokenizerFolder, tokenizerOptions);
        if (config.Limit("vocab_size") is { } rows && tokenizer.MaxTokenId >= rows)
        {
            throw new InvalidDataException(
                $"{folder.TokenizerPath} has token ids up to {tokenizer.MaxTokenId}, but {config.File} gives the model {rows} rows (vocab_size). The two files are of different models.");
        }

        TokenizerSettings settings = TokenizerSettings.Read(folder, tokenizer);
        int? appended = EndOfSequence(settings, tokenizer);
        RefuseOtherReadings(folder, settings, tokenizer);
        int maxTokens = MaxTokensReader.Read(folder, config, sentence, settings, tokenizer, options.MaxTokens);
        return new EncoderFiles(folder, options.ModelId ?? folder.Name, config, sentence, settings, tokenizer, maxTokens) { AppendedToken = appended };
    }

    /// <exception cref="InvalidDataException">A token is to be appended to each text, which only an encoder of single texts does.</exception>
    public void RefuseAppendedToken()
    {
        if (AppendedToken is not null)
        {
            throw new InvalidDataException(
                $"The tokenizer_config.json beside {Config.File} sets add_eos_token, which is supported for embeddings alone. " +
                "Supported here: a tokenizer.json whose post_processor adds the token.");
        }
    }

    private static int? EndOfSequence(TokenizerSettings settings, Tokenizer tokenizer)
    {
        if (!settings.AddsEndOfSequence || settings.SpecialToken("eos_token") is not { } token || tokenizer.TokenToId(token) is not { } id)
        {
            return null;
        }

        int[] special = new int[tokenizer.CountSpecialTokens(pair: false)];
        tokenizer.BuildInputs([], special, new int[special.Length]);
        return special is [.., int last] && last == id ? null : id;
    }

    // Settings that change what the model reads, and so its numbers: not supported, so not to be passed over.
    private static void RefuseOtherReadings(ModelFolder folder, TokenizerSettings settings, Tokenizer tokenizer)
    {
        settings.RefuseLeftTruncation();
        if (settings.PadsLeft)
        {
            throw new InvalidDataException(
                $"The tokenizer in {folder.TokenizerFolder} pads on the left (tokenizer_config.json padding_side, tokenizer.json padding.direction), which is not supported: " +
                "where a model counts the places of a row, the padding of its batch would change a text's numbers. Supported: 'right'.");
        }

        if (tokenizer.Truncation is { Direction: TruncationDirection.Left })
        {
            throw new InvalidDataException($"{folder.TokenizerPath}: truncation.direction is 'Left', which is not supported. Supported: 'Right'.");
        }
    }
}
