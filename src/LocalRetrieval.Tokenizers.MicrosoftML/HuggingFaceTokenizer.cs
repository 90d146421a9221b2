using System.Buffers;
using Microsoft.ML.Tokenizers;

namespace LocalRetrieval.Tokenizers.MicrosoftML;

/// <summary>A tokenizer.json as a tokenizer of Microsoft.ML.Tokenizers, for libraries that count or cut text with one.</summary>
/// <param name="tokenizer">The tokenizer that does the work.</param>
/// <remarks>
/// Immutable and thread-safe. Tokens are those of a text's content: no special tokens are added, and the file's truncation and padding are
/// left aside. Every offset, index and number of characters is of the text as it was given, in UTF-16 units, and the normalized text
/// that the base class can give back is always null. Normalization and pre-tokenization are part of the tokenizer, so the flags that
/// leave them out change nothing: without them the ids would not be the model's.
/// </remarks>
public sealed class HuggingFaceTokenizer(Tokenizer tokenizer) : Microsoft.ML.Tokenizers.Tokenizer
{
    private readonly Tokenizer _tokenizer = tokenizer ?? throw new ArgumentNullException(nameof(tokenizer));

    /// <summary>Turns ids back into text, special tokens included.</summary>
    /// <param name="ids">The ids; those that the tokenizer does not have are left out.</param>
    public override string Decode(IEnumerable<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return _tokenizer.Decode([.. ids], skipSpecialTokens: false);
    }

    /// <summary>Writes the text of ids, special tokens included.</summary>
    /// <param name="ids">The ids; those that the tokenizer does not have are left out.</param>
    /// <param name="destination">Where the text goes.</param>
    /// <param name="idsConsumed">The number of ids, or 0 where the destination is too small.</param>
    /// <param name="charsWritten">The length of the text, or 0 where the destination is too small.</param>
    /// <returns>Done, or DestinationTooSmall, in which case nothing was written.</returns>
    public override OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
    {
        ArgumentNullException.ThrowIfNull(ids);
        int[] copy = [.. ids];
        string text = _tokenizer.Decode(copy.AsSpan(), skipSpecialTokens: false);
        bool fits = text.TryCopyTo(destination);
        (idsConsumed, charsWritten) = fits ? (copy.Length, text.Length) : (0, 0);
        return fits ? OperationStatus.Done : OperationStatus.DestinationTooSmall;
    }

    /// <inheritdoc />
    protected override EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        ReadOnlySpan<char> start = Start(text, textSpan, settings);
        TokenEncoding encoding = _tokenizer.Encode(text?.Length == start.Length ? text : start.ToString(), options: new EncodeOptions
        {
            AddSpecialTokens = false, Truncation = TruncationOptions.None, Padding = PaddingOptions.None,
        });
        EncodedToken[] tokens = new EncodedToken[encoding.Count];
        for (int i = 0; i < tokens.Length; i++)
        {
            TokenOffset offset = encoding.Offsets[i];
            tokens[i] = new EncodedToken(encoding.Ids[i], encoding.Tokens[i], offset.Start..offset.End);
        }

        return new EncodeResults<EncodedToken> { Tokens = tokens, CharsConsumed = start.Length };
    }

    /// <inheritdoc />
    protected override EncodeResults<int> EncodeToIds(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        ReadOnlySpan<char> start = Start(text, textSpan, settings);
        return new EncodeResults<int> { Tokens = _tokenizer.EncodeToIds(start), CharsConsumed = start.Length };
    }

    /// <inheritdoc />
    protected override int CountTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        ReadOnlySpan<char> chars = text ?? textSpan;
        if (settings.MaxTokenCount == int.MaxValue)
        {
            return _tokenizer.CountTokens(chars);
        }

        _tokenizer.IndexOfTokenLimit(chars, settings.MaxTokenCount, out int tokenCount);
        return tokenCount;
    }

    /// <inheritdoc />
    protected override int GetIndexByTokenCount(
        string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings, bool fromEnd, out string? normalizedText, out int tokenCount)
    {
        normalizedText = null;
        ReadOnlySpan<char> chars = text ?? textSpan;
        if (fromEnd)
        {
            int start = _tokenizer.IndexOfTokenLimitFromEnd(chars, settings.MaxTokenCount, out tokenCount);
            return tokenCount == 0 && start > 0 ? chars.Length : start;
        }

        int end = _tokenizer.IndexOfTokenLimit(chars, settings.MaxTokenCount, out tokenCount);
        return tokenCount == 0 && end < chars.Length ? 0 : end;
    }

    /// <summary>The start of the text that has no more tokens than the settings allow.</summary>
    private ReadOnlySpan<char> Start(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        ReadOnlySpan<char> chars = text ?? textSpan;
        return settings.MaxTokenCount == int.MaxValue
            ? chars
            : chars[.._tokenizer.IndexOfTokenLimit(chars, settings.MaxTokenCount, out _)];
    }
}
