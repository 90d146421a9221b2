namespace LocalRetrieval.ModelContextProtocol.Tests.Fakes;

/// <summary>Finds what it is given, and reads sources of which each passage is the whole.</summary>
internal sealed class FakeRetriever(params RetrievedPassage[] passages) : IPassageRetriever, ISourceReader
{
    public bool ReadsSources { get; init; } = true;

    public List<(string Query, int? Top)> Asked { get; } = [];

    public Task<RetrievalResult> RetrieveAsync(string query, RetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        Asked.Add((query, options?.Top));
        return Task.FromResult(new RetrievalResult(query, passages));
    }

    public Task<SourceText?> ReadSourceAsync(string key, string? collection = null, RetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        RetrievedPassage? passage = Array.Find(passages, passage => passage.Key == key && passage.Collection == collection);
        return Task.FromResult(passage is null ? null : new SourceText { Key = key, Source = passage.Source, Title = passage.Title, Text = passage.Text, Passages = 1 });
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ISourceReader) && !ReadsSources ? null
        : serviceType == typeof(ITokenCounter) ? new WordTokenCounter()
        : serviceType.IsInstanceOfType(this) ? this : null;

    public static RetrievedPassage Passage(string key, string text, string? source = null, string? title = null) =>
        new() { Key = key, Text = text, Source = source, Title = title, Score = 1, Rank = 1 };
}
