using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>Counts by a real WordPiece tokenizer, which refuses lone surrogates and reads a word of any length that it does not know as one token.</summary>
internal sealed class WordPieceTokenCounter(int? maxTokens = null) : ITokenCounter
{
    private static readonly Tokenizer Tokenizer = Tokenizer.Load(Path.Combine(AppContext.BaseDirectory, "Data", "synth-cased", "tokenizer.json"));

    public int? MaxTokens => maxTokens;

    public int CountTokens(ReadOnlySpan<char> text) => Tokenizer.CountTokens(text);

    public int IndexOfTokenLimit(ReadOnlySpan<char> text, int maxTokens, out int tokenCount) => Tokenizer.IndexOfTokenLimit(text, maxTokens, out tokenCount);
}
