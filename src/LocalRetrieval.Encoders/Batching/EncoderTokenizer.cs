using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Encoders;

/// <summary>A tokenizer with a model's length limit: what turns texts and pairs into what the model reads.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
internal sealed class EncoderTokenizer : ITokenCounter
{
    // Below this many texts a parallel loop costs more than it gains: a short text takes a few microseconds.
    private const int ParallelFrom = 16;

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

    /// <summary>What the model reads at most, special tokens included.</summary>
    public int MaxTokensWithSpecial => _maxTokens;

    /// <inheritdoc />
    public int? MaxTokens { get; }

    /// <inheritdoc />
    public int CountTokens(ReadOnlySpan<char> text) => _tokenizer.CountTokens(text);

    /// <inheritdoc />
    public int IndexOfTokenLimit(ReadOnlySpan<char> text, int maxTokens, out int tokenCount) => _tokenizer.IndexOfTokenLimit(text, maxTokens, out tokenCount);

    /// <summary>Tokenizes every text with <paramref name="prompt"/> before it.</summary>
    /// <exception cref="ArgumentException">A text has no tokens.</exception>
    public TokenizedText[] Tokenize(IReadOnlyList<string> texts, string prompt, CancellationToken cancellationToken)
    {
        TokenizedText[] tokenized = ForEach(texts, text => Single(prompt.Length == 0 ? text : prompt + text, _maxTokens), cancellationToken);
        EmptyTextRefusal.Check(tokenized, "values");
        return tokenized;
    }

    /// <summary>Tokenizes every text with <paramref name="prompt"/> before it, and what is longer than the model reads in windows.</summary>
    /// <exception cref="ArgumentException">A text has no tokens.</exception>
    public TokenizedText[][] TokenizeWindows(IReadOnlyList<string> texts, string prompt, ChunkWindows windows, CancellationToken cancellationToken)
    {
        int[] promptIds = prompt.Length == 0 ? [] : _tokenizer.EncodeToIds(prompt);
        TokenizedText[][] tokenized = ForEach(texts, text => windows.Cut(_tokenizer.EncodeToIds(prompt + text), promptIds, _maxTokens - _specialTokens, ids => Build(ids, droppedTokens: 0)), cancellationToken);
        EmptyTextRefusal.Check(Array.ConvertAll(tokenized, text => text[0]), "values");
        return tokenized;
    }

    /// <summary>Tokenizes <paramref name="first"/> with each of the texts; what is too long is cut longest first.</summary>
    /// <exception cref="ArgumentException">A pair has no tokens.</exception>
    public TokenizedText[] TokenizePairs(string first, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        int[] firstIds = _tokenizer.EncodeToIds(first);
        int budget = _maxTokens - _specialTokens;
        TokenizedText[] tokenized = ForEach(texts, text => Pair(firstIds, _tokenizer.EncodeToIds(text), budget), cancellationToken);
        EmptyTextRefusal.Check(tokenized, "documents");
        return tokenized;
    }

    /// <summary>How many of a text's first tokens are the prompt's, as sentence-transformers counts them: the prompt alone, without the special token at its end.</summary>
    public int CountPromptTokens(string prompt)
    {
        if (prompt.Length == 0)
        {
            return 0;
        }

        int[] ids = Single(prompt, _maxTokens).Ids;
        return ids.Length - (ids.Length > 0 && _tokenizer.AddedTokens.Any(token => token.Special && token.Id == ids[^1]) ? 1 : 0);
    }

    /// <summary>Tokenizes each text by a function, in parallel where there are many.</summary>
    public static T[] ForEach<T>(IReadOnlyList<string> texts, Func<string, T> tokenize, CancellationToken cancellationToken)
    {
        T[] tokenized = new T[texts.Count];
        if (texts.Count < ParallelFrom)
        {
            for (int i = 0; i < tokenized.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                tokenized[i] = tokenize(texts[i]);
            }
        }
        else
        {
            Parallel.For(0, tokenized.Length, new ParallelOptions { CancellationToken = cancellationToken }, i => tokenized[i] = tokenize(texts[i]));
        }

        return tokenized;
    }

    /// <summary>One text with its special tokens, cut to <paramref name="maxTokens"/>.</summary>
    public TokenizedText Single(string text, int maxTokens)
    {
        int[] content = _tokenizer.EncodeToIds(text);
        int kept = Math.Min(content.Length, maxTokens - _specialTokens);
        return Build(content.AsSpan(0, kept), content.Length - kept);
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

    private TokenizedText Pair(int[] first, int[] second, int budget)
    {
        (int firstKept, int secondKept) = TruncationOptions.TruncationLengths(first.Length, second.Length, budget);
        int[] ids = new int[firstKept + secondKept + _specialTokens];
        int[] typeIds = new int[ids.Length];
        _tokenizer.BuildInputs(first.AsSpan(0, firstKept), second.AsSpan(0, secondKept), ids, typeIds);
        return new TokenizedText(ids, typeIds, first.Length - firstKept + second.Length - secondKept);
    }
}
