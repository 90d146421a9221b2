using LocalRetrieval;

namespace ConsoleRag.Tests.Chat;

/// <summary>Finds the same passages for each query, keyed by their number from 1, and counts a token for each four characters.</summary>
internal sealed class FixedRetriever(params string[] texts) : IPassageRetriever, ITokenCounter
{
    public int? MaxTokens => null;

    public Task<RetrievalResult> RetrieveAsync(string query, RetrievalOptions? options, CancellationToken cancellationToken) =>
        Task.FromResult(new RetrievalResult(query, [.. texts.Select((text, index) => new RetrievedPassage
        {
            Key = $"{index + 1}",
            Text = text,
            Source = $"{index + 1}.md",
            Score = -index,
            Rank = index + 1,
        })]));

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public int CountTokens(ReadOnlySpan<char> text) => text.Length / 4;

    public int IndexOfTokenLimit(ReadOnlySpan<char> text, int maxTokens, out int tokenCount)
    {
        int end = Math.Min(text.Length, maxTokens * 4);
        tokenCount = end / 4;
        return end;
    }
}
