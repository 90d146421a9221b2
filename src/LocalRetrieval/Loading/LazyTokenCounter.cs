namespace LocalRetrieval.Loading;

/// <summary>A model's token counter that loads the model when it first counts.</summary>
internal sealed class LazyTokenCounter(Func<ITokenCounter> load) : ITokenCounter
{
    public int? MaxTokens => load().MaxTokens;

    public int CountTokens(ReadOnlySpan<char> text) => load().CountTokens(text);

    public int IndexOfTokenLimit(ReadOnlySpan<char> text, int maxTokens, out int tokenCount) => load().IndexOfTokenLimit(text, maxTokens, out tokenCount);
}
