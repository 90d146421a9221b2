using LocalRetrieval.Testing;
using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>Counts by the tokenizer of the embedded bi-encoder.</summary>
internal sealed class EmbeddedTokenCounter : ITokenCounter
{
    private static readonly Tokenizer Tokenizer = Tokenizer.Load(Checkout.Path("models", "bi-encoder", "tokenizer.json"));

    public int? MaxTokens => null;

    public int CountTokens(ReadOnlySpan<char> text) => Tokenizer.CountTokens(text);

    public int IndexOfTokenLimit(ReadOnlySpan<char> text, int maxTokens, out int tokenCount) => Tokenizer.IndexOfTokenLimit(text, maxTokens, out tokenCount);
}
