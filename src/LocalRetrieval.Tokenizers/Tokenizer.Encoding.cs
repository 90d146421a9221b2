using LocalRetrieval.Tokenizers.PostProcessors;
using LocalRetrieval.Tokenizers.Truncation;

namespace LocalRetrieval.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>Turns a text, or a pair, into tokens with everything that is known about them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pair">The second text of a pair, or null.</param>
    /// <param name="options">Options, or null for the defaults: with special tokens, without truncation.</param>
    /// <exception cref="ArgumentException">
    /// A text holds a lone surrogate and <see cref="TokenizerOptions.LoneSurrogates"/> does not replace it, or what
    /// <see cref="EncodeOptions.Truncation"/> asks for cannot be done.
    /// </exception>
    public TokenEncoding Encode(string text, string? pair = null, EncodeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool addSpecialTokens = options?.AddSpecialTokens ?? true;
        EncodedSequence first = EncodeContent(text, nameof(text), sequence: 0);
        EncodedSequence? second = pair is null ? null : EncodeContent(pair, nameof(pair), sequence: 1);
        if (options?.Truncation is { } truncation)
        {
            int special = addSpecialTokens ? CountSpecialTokens(pair is not null) : 0;
            (first, second) = Truncate(first, second, truncation, special);
        }

        return _postProcessor.Process(first, second, addSpecialTokens).ToEncoding();
    }

    /// <summary>Turns ids back into text.</summary>
    /// <param name="ids">The ids; those that the tokenizer does not have are left out.</param>
    /// <param name="skipSpecialTokens">Whether special tokens are left out.</param>
    public string Decode(IReadOnlyList<int> ids, bool skipSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(ids);
        int[] copy = [.. ids];
        return Decode(copy.AsSpan(), skipSpecialTokens);
    }

    /// <summary>Turns ids back into text.</summary>
    /// <param name="ids">The ids; those that the tokenizer does not have are left out.</param>
    /// <param name="skipSpecialTokens">Whether special tokens are left out.</param>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = true)
    {
        List<string> tokens = new(ids.Length);
        foreach (int id in ids)
        {
            if (IdToToken(id) is { } token && !(skipSpecialTokens && Added.IsSpecial(token)))
            {
                tokens.Add(token);
            }
        }

        if (_decoder is null)
        {
            return string.Join(' ', tokens);
        }

        _decoder.Decode(tokens);
        return string.Concat(tokens);
    }

    private static (EncodedSequence First, EncodedSequence? Second) Truncate(
        EncodedSequence first, EncodedSequence? second, TruncationOptions options, int specialTokens)
    {
        int budget = options.MaxLength - specialTokens;
        if (budget < 0)
        {
            throw new ArgumentException(
                $"MaxLength is {options.MaxLength}, but the special tokens alone are {specialTokens}. "
                + $"Raise MaxLength or set {nameof(EncodeOptions.AddSpecialTokens)} to false.",
                nameof(options));
        }

        (int firstLength, int secondLength) =
            TruncationOptions.TruncationLengths(first.Count, second?.Count ?? 0, budget, options.Strategy);
        return (Cut(first, firstLength, options), second is null ? null : Cut(second, secondLength, options));
    }

    private static EncodedSequence Cut(EncodedSequence sequence, int maxLength, TruncationOptions options)
    {
        IReadOnlyList<Range> windows = TokenWindows.Cut(sequence.Count, maxLength, options);
        EncodedSequence kept = sequence.Slice(windows[0]);
        kept.Overflow.AddRange(windows.Skip(1).Select(sequence.Slice));
        return kept;
    }

    private EncodedSequence EncodeContent(string text, string parameter, int sequence)
    {
        ReadOnlySpan<char> wellFormed = WellFormed(text, parameter);
        using Workspace workspace = Workspace.Rent(text.Length);
        List<string> tokenTexts = [];
        _content.Tokenize(wellFormed, workspace, withOffsets: true, tokenTexts);
        EncodedSequence encoded = new() { Text = text };
        for (int i = 0; i < workspace.Tokens.Count; i++)
        {
            encoded.AddToken(workspace.Tokens.Ids[i], tokenTexts[i], workspace.Tokens.Ranges[i], sequence);
        }

        return encoded;
    }
}
