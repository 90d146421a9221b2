using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Encoders;

/// <summary>What tokenizer_config.json and special_tokens_map.json say beside tokenizer.json.</summary>
internal sealed class TokenizerSettings
{
    private readonly ModelJson? _config;
    private readonly ModelJson? _specialTokens;

    private TokenizerSettings(ModelFolder folder, Tokenizer tokenizer)
    {
        _config = folder.ReadJson("tokenizer_config.json");
        _specialTokens = folder.ReadJson("special_tokens_map.json");
        PadsLeft = _config?.String("padding_side") is { } side ? side == "left" : tokenizer.Padding is { Direction: PaddingDirection.Left };
    }

    /// <exception cref="InvalidDataException">A file cannot be read.</exception>
    public static TokenizerSettings Read(ModelFolder folder, Tokenizer tokenizer) => new(folder, tokenizer);

    /// <summary>The longest input in tokens, or null.</summary>
    public int? ModelMaxLength => _config?.Limit("model_max_length");

    /// <summary>Whether the end-of-sequence token is put after each text, whatever tokenizer.json says.</summary>
    public bool AddsEndOfSequence => _config?.Boolean("add_eos_token") == true;

    /// <summary>Whether the tokenizer gives its model type ids; those of RoBERTa's kind do not.</summary>
    public bool HasTypeIds => _config?.StringList("model_input_names")?.Contains("token_type_ids") != false;

    /// <summary>Whether shorter texts are padded on the left.</summary>
    public bool PadsLeft { get; }

    /// <summary>The text of a special token, for instance of <c>mask_token</c>; null where neither file names it.</summary>
    public string? SpecialToken(string field) => _config?.Token(field) ?? _specialTokens?.Token(field);

    /// <exception cref="InvalidDataException">Long texts are to be cut from the left.</exception>
    public void RefuseLeftTruncation()
    {
        if (_config?.String("truncation_side") is { } side and not "right")
        {
            throw _config.Unsupported("truncation_side", $"'{side}'", "'right'");
        }
    }
}
