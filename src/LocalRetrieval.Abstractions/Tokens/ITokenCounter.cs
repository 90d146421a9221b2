namespace LocalRetrieval;

/// <summary>
/// Counts text in a model's own tokens. An encoder gives it through <c>GetService(typeof(ITokenCounter))</c>, so that a chunker
/// cuts where the model would cut without knowing the model.
/// </summary>
/// <remarks>Counts leave out the special tokens that a model adds around a text. Safe for concurrent use.</remarks>
public interface ITokenCounter
{
    /// <summary>
    /// The longest text that the model reads whole, in tokens: its special tokens and its longest prompt are taken off; null where there is no
    /// limit. For a model of pairs, both texts have it together.
    /// </summary>
    int? MaxTokens { get; }

    /// <summary>The number of tokens of <paramref name="text"/>, without special tokens and without truncation.</summary>
    int CountTokens(ReadOnlySpan<char> text);

    /// <summary>
    /// The length in UTF-16 units of the longest start of <paramref name="text"/> that holds at most <paramref name="maxTokens"/> tokens.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="maxTokens">The limit in tokens, 0 or more.</param>
    /// <param name="tokenCount">The number of tokens of that start.</param>
    /// <returns>An index from 0 to the text's length, never inside a surrogate pair.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxTokens"/> is negative.</exception>
    int IndexOfTokenLimit(ReadOnlySpan<char> text, int maxTokens, out int tokenCount);
}
