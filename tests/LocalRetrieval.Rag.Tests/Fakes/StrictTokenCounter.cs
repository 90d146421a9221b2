using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>Refuses lone surrogates, as a model's own tokenizer does.</summary>
internal sealed class StrictTokenCounter : ITokenCounter
{
    private readonly WordTokenCounter _inner = new();

    public int? MaxTokens => null;

    public int CountTokens(ReadOnlySpan<char> text) => _inner.CountTokens(WellFormed(text));

    public int IndexOfTokenLimit(ReadOnlySpan<char> text, int maxTokens, out int tokenCount) =>
        _inner.IndexOfTokenLimit(WellFormed(text), maxTokens, out tokenCount);

    private static ReadOnlySpan<char> WellFormed(ReadOnlySpan<char> text)
    {
        for (int index = 0; index < text.Length; index++)
        {
            if (index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]))
            {
                index++;
            }
            else if (char.IsSurrogate(text[index]))
            {
                throw new ArgumentException($"A lone surrogate at {index}.", nameof(text));
            }
        }

        return text;
    }
}
