using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Encoders;

/// <summary>A tokenizer with a model's length limit: what turns texts and pairs into what the model reads.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
internal sealed class EncoderTokenizer : ITextTokenizer
{
    private readonly Tokenizer _tokenizer;
    private readonly int _maxTokens;
    private readonly int _specialTokens;
    private readonly int? _appended;

    /// <param name="files">The model's tokenizer and its limit.</param>
    /// <param name="pairs">Whether the model reads pairs, whose first text also takes its share of <see cref="MaxTokens"/>.</param>
    /// <param name="longestPrompt">The longest prompt that is put before a text.</param>
    /// <exception cref="InvalidDataException">The prompt leaves no room for a text.</exception>
    public EncoderTokenizer(EncoderFiles files, bool pairs, string longestPrompt)
    {
        _tokenizer = files.Tokenizer;
        _maxTokens = files.MaxTokens;
        _appended = pairs ? null : files.AppendedToken;
        _specialTokens = _tokenizer.CountSpecialTokens(pairs) + (_appended is null ? 0 : 1);
        MaxTokens = _maxTokens - _specialTokens - _tokenizer.CountTokens(longestPrompt);
        if (MaxTokens < 1)
        {
            string prompt = longestPrompt.Length == 0 ? "" : $" and the prompt '{longestPrompt}'";
            throw new InvalidDataException(
                $"The model of {files.Config.File} reads {_maxTokens} tokens, in which {_specialTokens} special tokens{prompt} leave no room for a text. Raise MaxTokens in the options, or the limit in the model's files.");
        }
    }

    /// <inheritdoc />
    public int? MaxRowTokens => _maxTokens;

    /// <inheritdoc />
    public int? MaxTokens { get; }

    /// <inheritdoc />
    public int CountTokens(ReadOnlySpan<char> text) => _tokenizer.CountTokens(text);

    /// <inheritdoc />
    public int IndexOfTokenLimit(ReadOnlySpan<char> text, int maxTokens, out int tokenCount) => _tokenizer.IndexOfTokenLimit(text, maxTokens, out tokenCount);

    /// <inheritdoc />
    public TokenizedText Tokenize(string text)
    {
        int[] content = _tokenizer.EncodeToIds(text);
        int kept = Math.Min(content.Length, _maxTokens - _specialTokens);
        return Build(content.AsSpan(0, kept), content.Length - kept);
    }

    /// <inheritdoc />
    public TokenizedText[] TokenizeWindows(string text, int[] prompt, ChunkWindows windows) =>
        windows.Cut(_tokenizer.EncodeToIds(text), prompt, _maxTokens - _specialTokens, ids => Build(ids, droppedTokens: 0));

    /// <inheritdoc />
    public int[] Encode(string text) => _tokenizer.EncodeToIds(text);

    /// <summary>A pair; what is too long is cut longest first.</summary>
    public TokenizedText TokenizePair(int[] first, string text)
    {
        int[] second = _tokenizer.EncodeToIds(text);
        (int firstKept, int secondKept) = TruncationOptions.TruncationLengths(first.Length, second.Length, _maxTokens - _specialTokens);
        int[] ids = new int[firstKept + secondKept + _specialTokens];
        int[] typeIds = new int[ids.Length];
        _tokenizer.BuildInputs(first.AsSpan(0, firstKept), second.AsSpan(0, secondKept), ids, typeIds);
        return new TokenizedText(ids, typeIds, first.Length - firstKept + second.Length - secondKept);
    }

    /// <inheritdoc />
    // As sentence-transformers counts them: the prompt alone, without the special token at its end.
    public int CountPromptTokens(string prompt)
    {
        if (prompt.Length == 0)
        {
            return 0;
        }

        int[] ids = Tokenize(prompt).Ids;
        return ids.Length - (ids.Length > 0 && _tokenizer.AddedTokens.Any(token => token.Special && token.Id == ids[^1]) ? 1 : 0);
    }

    private TokenizedText Build(ReadOnlySpan<int> content, int droppedTokens)
    {
        int[] ids = new int[content.Length + _specialTokens];
        int[] typeIds = new int[ids.Length];
        int built = _appended is null ? ids.Length : ids.Length - 1;
        _tokenizer.BuildInputs(content, ids.AsSpan(0, built), typeIds.AsSpan(0, built));
        if (_appended is { } last)
        {
            ids[^1] = last;
        }

        return new TokenizedText(ids, typeIds, droppedTokens);
    }
}
