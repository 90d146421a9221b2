using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>Finds the same passages for every query.</summary>
internal sealed class FakeRetriever(params RetrievedPassage[] passages) : IPassageRetriever
{
    public List<string> Queries { get; } = [];

    public RetrievalOptions? LastOptions { get; private set; }

    public bool GivesNull { get; init; }

    public bool CountsTokens { get; init; } = true;

    public Task<RetrievalResult> RetrieveAsync(string query, RetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Queries.Add(query);
        LastOptions = options;
        return Task.FromResult(GivesNull ? null! : new RetrievalResult(query, passages));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ITokenCounter) && CountsTokens ? new WordTokenCounter()
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public static RetrievedPassage Passage(string text, string? source = "a.md", string? headingPath = null) =>
        new() { Key = "key-" + text.Length, Text = text, Source = source, HeadingPath = headingPath, Score = 1, Rank = 1 };
}
