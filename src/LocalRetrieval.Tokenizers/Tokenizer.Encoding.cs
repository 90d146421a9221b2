using LocalRetrieval.Tokenizers.PostProcessors;
using LocalRetrieval.Tokenizers.Truncation;

namespace LocalRetrieval.Tokenizers;

public sealed partial class Tokenizer
{
    private static readonly EncodeOptions DefaultOptions = new();

    /// <summary>Turns a text, or a pair, into tokens with everything that is known about them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pair">The second text of a pair, or null.</param>
    /// <param name="options">
    /// Options, or null for the defaults: with special tokens, cut as <see cref="Truncation"/> says and filled up as
    /// <see cref="Padding"/> says.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A text holds a lone surrogate and <see cref="TokenizerOptions.LoneSurrogates"/> does not replace it, or what truncation asks for
    /// cannot be done.
    /// </exception>
    public TokenEncoding Encode(string text, string? pair = null, EncodeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        EncodedSequence encoded = EncodeUnpadded(text, pair, options ?? DefaultOptions);
        if ((options?.Padding ?? Padding) is { } padding)
        {
            encoded.Pad(padding.TargetLength(encoded.Count), padding);
        }

        return encoded.ToEncoding();
    }

    private EncodedSequence EncodeUnpadded(string text, string? pair, EncodeOptions options)
    {
        EncodedSequence first = EncodeContent(text, nameof(text), sequence: 0);
        EncodedSequence? second = pair is null ? null : EncodeContent(pair, nameof(pair), sequence: 1);
        if ((options.Truncation ?? Truncation) is { } truncation)
        {
            int special = options.AddSpecialTokens ? CountSpecialTokens(pair is not null) : 0;
            (first, second) = Truncate(first, second, truncation, special);
        }

        EncodedSequence encoded = _postProcessor.Process(first, second, options.AddSpecialTokens);
        if (options.OffsetUnit != OffsetUnit.Utf16Units)
        {
            encoded.ConvertOffsets(OffsetUnits.Places(text, options.OffsetUnit), OffsetUnits.Places(pair, options.OffsetUnit));
        }

        return encoded;
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
        using WellFormedText wellFormed = WellFormed(text, parameter);
        using Workspace workspace = Workspace.Rent(text.Length);
        List<string> tokenTexts = [];
        _content.Tokenize(wellFormed.Chars, workspace, withOffsets: true, tokenTexts);
        EncodedSequence encoded = new() { Text = text };
        for (int i = 0; i < workspace.Tokens.Count; i++)
        {
            encoded.AddToken(workspace.Tokens.Ids[i], tokenTexts[i], workspace.Tokens.Ranges[i], sequence);
        }

        return encoded;
    }
}
