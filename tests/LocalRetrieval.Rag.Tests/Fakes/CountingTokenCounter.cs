using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>Sums up what it reads, and may tell of each call.</summary>
internal sealed class CountingTokenCounter(Action? onCall = null) : ITokenCounter
{
    private readonly WordTokenCounter _inner = new();

    public long Characters { get; private set; }

    public int LongestText { get; private set; }

    public int? MaxTokens => null;

    public int CountTokens(ReadOnlySpan<char> text)
    {
        Read(text);
        return _inner.CountTokens(text);
    }

    public int IndexOfTokenLimit(ReadOnlySpan<char> text, int maxTokens, out int tokenCount)
    {
        Read(text);
        return _inner.IndexOfTokenLimit(text, maxTokens, out tokenCount);
    }

    private void Read(ReadOnlySpan<char> text)
    {
        onCall?.Invoke();
        Characters += text.Length;
        LongestText = Math.Max(LongestText, text.Length);
    }
}
