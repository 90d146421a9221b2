namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>Keeps what it is asked, and finds by a function; nothing where there is none.</summary>
internal sealed class RecordingRetriever(Func<string, RetrievalOptions<Note>?, CancellationToken, Task<RetrievalResult<Note>>>? find = null) : IPassageRetriever<Note>
{
    private readonly Lock _lock = new();

    public List<string> Queries { get; } = [];

    public List<RetrievalOptions<Note>?> Options { get; } = [];

    /// <summary>The services that it has, by type.</summary>
    public Dictionary<Type, object> Services { get; } = [];

    public Task<RetrievalResult<Note>> RetrieveAsync(string query, RetrievalOptions<Note>? options = null, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            Queries.Add(query);
            Options.Add(options);
        }

        return find?.Invoke(query, options, cancellationToken) ?? Task.FromResult(new RetrievalResult<Note>(query, []));
    }

    async Task<RetrievalResult> IPassageRetriever.RetrieveAsync(string query, RetrievalOptions? options, CancellationToken cancellationToken) =>
        await RetrieveAsync(query, options?.For<Note>(), cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null ? Services.GetValueOrDefault(serviceType) : null;
}
