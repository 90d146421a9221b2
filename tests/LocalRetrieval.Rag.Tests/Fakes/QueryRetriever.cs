using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>Finds for each query the passages that are named after it: "a b" finds a and b.</summary>
internal sealed class QueryRetriever : IPassageRetriever
{
    private readonly Lock _lock = new();

    public List<string> Queries { get; } = [];

    public List<RetrievalOptions?> Options { get; } = [];

    public Exception? Failure { get; set; }

    public Task<RetrievalResult> RetrieveAsync(string query, RetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            Queries.Add(query);
            Options.Add(options);
        }

        return Failure is null
            ? Task.FromResult(new RetrievalResult(query, [.. query.Split(' ').Where(name => name != "nothing").Select(Passage)]) { Timings = [new StageTiming { Stage = "s", Elapsed = TimeSpan.FromTicks(Random.Shared.Next(1, 1000)) }] })
            : Task.FromException<RetrievalResult>(Failure);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ITokenCounter) ? new WordTokenCounter() : null;

    public static RetrievedPassage Passage(string name, int index = 0) => new() { Key = $"key-{name}", Text = $"text of {name}", Source = $"{name}.md", Score = 1, Rank = index + 1 };
}
