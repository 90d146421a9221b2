using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Static.Tokens;

/// <summary>A tokenizer with what a static model reads of its tokens: neither special tokens nor, for model2vec, unknown ones.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
internal sealed class StaticTokenizer : ITextTokenizer
{
    private readonly Tokenizer _tokenizer;
    private readonly StaticTokenLimits _limits;

    /// <param name="tokenizer">The model's tokenizer; its own truncation does not count.</param>
    /// <param name="limits">What the model reads.</param>
    /// <param name="longestPrompt">The longest prompt that is put before a text.</param>
    /// <param name="folder">The model's folder, for errors.</param>
    /// <exception cref="InvalidDataException">The prompt leaves no room for a text.</exception>
    public StaticTokenizer(Tokenizer tokenizer, StaticTokenLimits limits, string longestPrompt, string folder)
    {
        _tokenizer = tokenizer;
        _limits = limits;
        MaxTokens = limits.MaxTokens - tokenizer.CountTokens(longestPrompt);
        if (MaxTokens < 1)
        {
            throw new InvalidDataException($"The model of {folder} reads {limits.MaxTokens} tokens, in which the prompt '{longestPrompt}' leaves no room for a text. Raise MaxTokens in the options, or max_length in config.json.");
        }
    }

    /// <inheritdoc />
    public int? MaxRowTokens => _limits.MaxTokens;

    /// <inheritdoc />
    public int? MaxTokens { get; }

    /// <inheritdoc />
    public int CountTokens(ReadOnlySpan<char> text) => _tokenizer.CountTokens(text);

    /// <inheritdoc />
    public int IndexOfTokenLimit(ReadOnlySpan<char> text, int maxTokens, out int tokenCount) => _tokenizer.IndexOfTokenLimit(text, maxTokens, out tokenCount);

    /// <inheritdoc />
    public TokenizedText Tokenize(string text)
    {
        ReadOnlySpan<char> start = text.AsSpan(0, IndexOfCharacterLimit(text));
        int[] ids = KnownIds(start);
        int[] kept = _limits.MaxTokens is { } limit && limit < ids.Length ? ids[..limit] : ids;
        // A cut by characters can fall inside a word, whose tokens are then not the text's own.
        int dropped = start.Length == text.Length ? ids.Length - kept.Length : DroppedTokens(text, kept);
        return new TokenizedText(kept, TypeIds: [], dropped);
    }

    /// <inheritdoc />
    public TokenizedText[] TokenizeWindows(string text, int[] prompt, ChunkWindows windows) =>
        windows.Cut(Encode(text), prompt, _limits.MaxTokens ?? int.MaxValue, static ids => new TokenizedText(ids, TypeIds: [], DroppedTokens: 0));

    /// <inheritdoc />
    public int[] Encode(string text) => KnownIds(text);

    /// <inheritdoc />
    public int CountPromptTokens(string prompt) => Encode(prompt).Length;

    private int DroppedTokens(string text, int[] kept)
    {
        int[] all = KnownIds(text);
        return all.Length - all.AsSpan().CommonPrefixLength(kept);
    }

    private int[] KnownIds(ReadOnlySpan<char> text)
    {
        int[] ids = _tokenizer.EncodeToIds(text);
        return _limits.UnknownId is { } unknown && ids.AsSpan().Contains(unknown) ? Array.FindAll(ids, id => id != unknown) : ids;
    }

    // In code points, as Python counts characters.
    private int IndexOfCharacterLimit(string text)
    {
        if (_limits.MaxCharacters is not { } limit || text.Length <= limit)
        {
            return text.Length;
        }

        int index = 0;
        for (long characters = 0; characters < limit && index < text.Length; characters++)
        {
            index += char.IsSurrogatePair(text, index) ? 2 : 1;
        }

        return index;
    }
}
