using System.Runtime.CompilerServices;

namespace LocalRetrieval.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>How many special tokens are added to one text, or to a pair.</summary>
    public int CountSpecialTokens(bool pair) => _postProcessor.CountSpecialTokens(pair);

    /// <summary>Writes the model's inputs for one text: its ids with the special tokens around them.</summary>
    /// <param name="ids">The ids of the content, as <see cref="EncodeToIds(ReadOnlySpan{char}, bool)"/> gives them, or a part of them.</param>
    /// <param name="destination">Where the ids go; as long as <paramref name="ids"/> and the special tokens.</param>
    /// <param name="typeIds">Where the type ids go; of the same length.</param>
    /// <exception cref="ArgumentException">A destination has another length.</exception>
    public void BuildInputs(ReadOnlySpan<int> ids, Span<int> destination, Span<int> typeIds)
    {
        int length = _postProcessor.InputLength(ids.Length, null);
        ThrowIfLengthIsNot(length, destination);
        ThrowIfLengthIsNot(length, typeIds);
        _postProcessor.BuildInputs(ids, destination, typeIds);
    }

    /// <summary>Writes the model's inputs for a pair: the ids of both texts with the special tokens around them.</summary>
    /// <param name="first">The ids of the first text's content.</param>
    /// <param name="second">The ids of the second text's content.</param>
    /// <param name="destination">Where the ids go; as long as both contents and the special tokens.</param>
    /// <param name="typeIds">Where the type ids go; of the same length.</param>
    /// <exception cref="ArgumentException">A destination has another length.</exception>
    public void BuildInputs(ReadOnlySpan<int> first, ReadOnlySpan<int> second, Span<int> destination, Span<int> typeIds)
    {
        int length = _postProcessor.InputLength(first.Length, second.Length);
        ThrowIfLengthIsNot(length, destination);
        ThrowIfLengthIsNot(length, typeIds);
        _postProcessor.BuildInputs(first, second, destination, typeIds);
    }

    private static void ThrowIfLengthIsNot(
        int length, ReadOnlySpan<int> span, [CallerArgumentExpression(nameof(span))] string? parameter = null)
    {
        if (span.Length != length)
        {
            throw new ArgumentException($"The inputs are {length} tokens, but there is room for {span.Length}. Pass {length}.", parameter);
        }
    }
}
