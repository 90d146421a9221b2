using System.Linq.Expressions;
using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Internal;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Rag.Tests.Retrieval.Caching;

public sealed class CachingPassageRetrieverTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly FakeVersion _version = new() { Version = "1" };
    private readonly MemoryCache _cache;
    private readonly RecordingRetriever _inner;

    public CachingPassageRetrieverTests()
    {
        _cache = new MemoryCache(new MemoryCacheOptions { Clock = _clock, SizeLimit = 100 });
        _inner = new RecordingRetriever((query, options, _) => Task.FromResult(Found(query, options)));
        _inner.Services[typeof(ICollectionVersion)] = _version;
    }

    [Fact]
    public async Task RetrieveAsync_EqualRequest_GivesTheSameRecordsAndSaysSo()
    {
        IPassageRetriever<Note> retriever = Build();

        RetrievalResult<Note> first = await retriever.RetrieveAsync("a", new RetrievalOptions<Note> { Top = 3 });
        RetrievalResult<Note> second = await retriever.RetrieveAsync("a", new RetrievalOptions<Note> { Top = 3 });
        RetrievalResult throughTheBase = await ((IPassageRetriever)retriever).RetrieveAsync("a", new RetrievalOptions { Top = 3 });

        Assert.Single(_inner.Queries);
        Assert.Same(first.Passages, second.Passages);
        Assert.Same(first.Passages, Assert.IsType<RetrievalResult<Note>>(throughTheBase).Passages);
        Assert.Null(first.Notes);
        Assert.Equal(RetrievalStage.Cache, Assert.Single(second.Notes!).Stage);
        Assert.Equal([RetrievalStage.Cache], second.Timings.Select(timing => timing.Stage));
    }

    [Fact]
    public void Key_EveryOption_Counts()
    {
        RetrievalOptions<Note> filled = new()
        {
            Top = 3,
            Candidates = 7,
            Rerank = true,
            MinimumVectorScore = double.NegativeInfinity,
            MinimumRerankerScore = 0.2,
            MinimumRelevance = 0.3,
            Selection = new SelectionOptions { DuplicateSimilarity = 0.5 },
            Conversation = [new ChatMessage(ChatRole.User, "before")],
            Queries = ["other words"],
            HypotheticalDocuments = ["an answer"],
            CacheScope = "tenant",
            Explain = ["key"],
            Filter = note => note.Id == 1,
        };
        string plain = RetrievalCacheKey.Of("a", new RetrievalOptions<Note>())!;
        List<string?> keys = [plain, RetrievalCacheKey.Of<Note>("b", null)];

        foreach (System.Reflection.PropertyInfo property in typeof(RetrievalOptions<Note>).GetProperties())
        {
            RetrievalOptions<Note> one = new() { CacheScope = property.Name == nameof(filled.Filter) ? "tenant" : null };
            Assert.True(property.GetValue(filled) is not null, $"{property.Name} is not filled here.");
            property.SetValue(one, property.GetValue(filled));
            keys.Add(RetrievalCacheKey.Of("a", one));
        }

        Assert.Equal(plain, RetrievalCacheKey.Of<Note>("a", null));
        Assert.Null(RetrievalCacheKey.Of("a", new RetrievalOptions<Note> { Selection = new() { TokenBudget = 9, TokenCounter = new WordTokenCounter() } }));
        Assert.DoesNotContain(null, keys);
        Assert.Equal(keys.Count, keys.Distinct().Count());
    }

    [Fact]
    public async Task RetrieveAsync_Conversations_AreToldByTheirMessages()
    {
        IPassageRetriever<Note> retriever = Build();

        foreach (string[] texts in (string[][])[["a", "b"], ["ab"], ["a"], ["a", "b"]])
        {
            await retriever.RetrieveAsync("q", new RetrievalOptions<Note> { Conversation = [.. texts.Select(text => new ChatMessage(ChatRole.User, text))] });
        }

        Assert.Equal(3, _inner.Queries.Count);
    }

    [Fact]
    public async Task RetrieveAsync_FilterWithoutScope_IsNotKept()
    {
        IPassageRetriever<Note> retriever = Build();

        await retriever.RetrieveAsync("q", TenantRequest("a", scope: null));
        await retriever.RetrieveAsync("q", TenantRequest("a", scope: null));

        Assert.Equal(2, _inner.Queries.Count);
        Assert.Equal(0, _cache.Count);
    }

    [Fact]
    public async Task RetrieveAsync_Tenants_NeverSeeEachOthers()
    {
        IPassageRetriever<Note> retriever = Build();
        string[] tenants = ["a", "b", "", "a b", "A"];

        for (int round = 0; round < 3; round++)
        {
            RetrievalResult<Note>[] results = await Task.WhenAll(tenants.Select(tenant => retriever.RetrieveAsync("q", TenantRequest(tenant, $"scope of {tenant}"))));
            Assert.Equal(tenants, results.Select(result => Assert.Single(result.Passages).Text));
        }

        Assert.Equal(tenants.Length, _inner.Queries.Count);
        Assert.Equal("b", (await retriever.RetrieveAsync("q", TenantRequest("b", "scope of a"))).Passages[0].Text);
        Assert.Equal("everyone's", (await retriever.RetrieveAsync("q", new RetrievalOptions<Note> { CacheScope = "scope of a" })).Passages[0].Text);
        Assert.Equal("everyone's", (await retriever.RetrieveAsync("q")).Passages[0].Text);
    }

    [Fact]
    public async Task RetrieveAsync_FilterThatCannotBeTold_IsNotKept()
    {
        IPassageRetriever<Note> retriever = Build();
        object owner = new();

        await retriever.RetrieveAsync("q", new RetrievalOptions<Note> { CacheScope = "s", Filter = note => note.Body.Equals(owner) });

        Assert.Equal(0, _cache.Count);
    }

    [Fact]
    public async Task RetrieveAsync_CapturedValueThatChangesMeanwhile_IsTheOneOfTheKey()
    {
        TaskCompletionSource go = new();
        RecordingRetriever inner = new(async (query, options, _) =>
        {
            await go.Task;
            return new RetrievalResult<Note>(query, [new RetrievedPassage<Note>(new Note()) { Text = $"{options!.Filter!.Compile()(new Note { Body = "a" })}", Score = 1, Rank = 1 }]);
        });
        inner.Services[typeof(ICollectionVersion)] = _version;
        IPassageRetriever<Note> retriever = inner.AsBuilder<Note>().UseCaching(_cache).Build();
        string tenant = "a";
        List<string> tenants = ["a"];

        Task<RetrievalResult<Note>> one = retriever.RetrieveAsync("q", new RetrievalOptions<Note> { CacheScope = "one", Filter = note => note.Body == tenant });
        Task<RetrievalResult<Note>> several = retriever.RetrieveAsync("q", new RetrievalOptions<Note> { CacheScope = "several", Filter = note => tenants.Contains(note.Body) });
        tenant = "b";
        tenants[0] = "b";
        go.SetResult();

        Assert.Equal(["True", "True"], [(await one).Passages[0].Text, (await several).Passages[0].Text]);
    }

    [Fact]
    public async Task RetrieveAsync_ExpirationWithoutEnd_Keeps()
    {
        IPassageRetriever<Note> retriever = _inner.AsBuilder<Note>().UseCaching(_cache, caching => caching.Expiration = TimeSpan.MaxValue).Build();

        await retriever.RetrieveAsync("q");
        await retriever.RetrieveAsync("q");

        Assert.Single(_inner.Queries);
    }

    [Fact]
    public async Task RetrieveAsync_CollectionChanged_EndsItsEntries()
    {
        WatchedCache cache = new(_cache);
        IPassageRetriever<Note> retriever = _inner.AsBuilder<Note>().UseCaching(cache).Build();

        await retriever.RetrieveAsync("q");
        _version.Version = "2";
        await retriever.RetrieveAsync("q");

        Assert.Equal(2, _inner.Queries.Count);
        Assert.Equal([true, false], cache.Entries.Select(entry => entry.ExpirationTokens.Single().HasChanged));
    }

    [Fact]
    public async Task RetrieveAsync_CollectionChangesMeanwhile_IsKeptForNoLaterVersion()
    {
        TaskCompletionSource<RetrievalResult<Note>> found = new();
        RecordingRetriever inner = new((_, _, _) => found.Task);
        inner.Services[typeof(ICollectionVersion)] = _version;
        IPassageRetriever<Note> retriever = inner.AsBuilder<Note>().UseCaching(_cache).Build();

        Task<RetrievalResult<Note>> before = retriever.RetrieveAsync("q");
        _version.Version = "2";
        Task<RetrievalResult<Note>> after = retriever.RetrieveAsync("q");
        found.SetResult(Found("q", null));
        await Task.WhenAll(before, after);

        // The second one did not join the run of the version before.
        Assert.Equal(2, inner.Queries.Count);
    }

    [Fact]
    public async Task RetrieveAsync_CollectionWithoutVersion_IsKeptForATimeAlone()
    {
        RecordingLoggerFactory logs = new();
        IServiceProvider services = new ServiceCollection().AddSingleton<ILoggerFactory>(logs).AddSingleton<IMemoryCache>(_cache).BuildServiceProvider();
        _inner.Services.Clear();
        IPassageRetriever<Note> without = _inner.AsBuilder<Note>().UseCaching().Build(services);
        IPassageRetriever<Note> with = _inner.AsBuilder<Note>().UseCaching(configure: caching => caching.Expiration = TimeSpan.FromMinutes(5)).Build(services);

        for (int round = 0; round < 4; round++)
        {
            await without.RetrieveAsync("q");
        }

        Assert.Equal(4, _inner.Queries.Count);
        Assert.Contains("Set an Expiration", Assert.Single(logs.Messages), StringComparison.Ordinal);
        await with.RetrieveAsync("q");
        await with.RetrieveAsync("q");
        Assert.Equal(5, _inner.Queries.Count);
        _clock.UtcNow += TimeSpan.FromMinutes(6);
        await with.RetrieveAsync("q");
        Assert.Equal(6, _inner.Queries.Count);
    }

    [Fact]
    public async Task RetrieveAsync_FailedRun_IsNotKept()
    {
        int runs = 0;
        RecordingRetriever inner = new((query, options, _) => runs++ == 0 ? Task.FromException<RetrievalResult<Note>>(new IOException()) : Task.FromResult(Found(query, options)));
        inner.Services[typeof(ICollectionVersion)] = _version;
        IPassageRetriever<Note> retriever = inner.AsBuilder<Note>().UseCaching(_cache).Build();

        await Assert.ThrowsAsync<IOException>(() => retriever.RetrieveAsync("q"));

        Assert.Single((await retriever.RetrieveAsync("q")).Passages);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task RetrieveAsync_NoteOfAFailure_IsNotKept(bool isFailure, int runs)
    {
        RecordingRetriever inner = new((query, options, _) =>
            Task.FromResult(Found(query, options) with { Notes = [new RetrievalNote { Stage = RetrievalStage.MultiQuery, Text = "x", IsFailure = isFailure }] }));
        inner.Services[typeof(ICollectionVersion)] = _version;
        IPassageRetriever<Note> retriever = inner.AsBuilder<Note>().UseCaching(_cache).Build();

        await retriever.RetrieveAsync("q");
        await retriever.RetrieveAsync("q");

        Assert.Equal(runs, inner.Queries.Count);
    }

    [Fact]
    public async Task RetrieveAsync_TwoRetrieversOverOneCache_ShareNothing()
    {
        await Build().RetrieveAsync("q");
        await Build().RetrieveAsync("q");

        Assert.Equal(2, _inner.Queries.Count);
    }

    [Fact]
    public async Task RetrieveAsync_OptionsChangedByTheCallerMeanwhile_AreNotSeen()
    {
        TaskCompletionSource<RetrievalResult<Note>> found = new();
        RecordingRetriever inner = new((_, _, _) => found.Task);
        inner.Services[typeof(ICollectionVersion)] = _version;
        RetrievalOptions<Note> options = TenantRequest("a", "a");

        Task<RetrievalResult<Note>> running = inner.AsBuilder<Note>().UseCaching(_cache).Build().RetrieveAsync("q", options);
        options.Filter = null;
        found.SetResult(Found("q", null));
        await running;

        Assert.NotNull(inner.Options[0]!.Filter);
    }

    [Fact]
    public async Task UseCaching_WithoutRecords_KeepsWhatHasNoFilter()
    {
        QueryRetriever inner = new();
        IPassageRetriever retriever = inner.AsBuilder().UseCaching(_cache, caching => caching.Expiration = TimeSpan.FromMinutes(1)).Build();

        await retriever.RetrieveAsync("q", new RetrievalOptions { Top = 2 });
        await retriever.RetrieveAsync("q", new RetrievalOptions { Top = 2 });
        await retriever.RetrieveAsync("q", new RetrievalOptions<Note> { Top = 2 });
        await retriever.RetrieveAsync("q", new RetrievalOptions<Note> { Top = 2 });

        Assert.Equal(3, inner.Queries.Count);
    }

    [Fact]
    public async Task Members_WrongArguments_AreRefused()
    {
        Assert.Throws<ArgumentNullException>(() => new CachingPassageRetriever<Note>(_inner, null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CachingPassageRetriever<Note>(_inner, _cache) { Expiration = TimeSpan.Zero });
        Assert.Contains("AddMemoryCache", Assert.Throws<InvalidOperationException>(() => _inner.AsBuilder<Note>().UseCaching().Build()).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => Build().RetrieveAsync(" "));
    }

    public void Dispose() => _cache.Dispose();

    private IPassageRetriever<Note> Build() => _inner.AsBuilder<Note>().UseCaching(_cache).Build();

    private static RetrievalOptions<Note> TenantRequest(string tenant, string? scope) => new() { CacheScope = scope, Filter = note => note.Body == tenant };

    /// <summary>Finds the tenant's note, as a store would: the one that the filter lets through.</summary>
    private static RetrievalResult<Note> Found(string query, RetrievalOptions<Note>? options)
    {
        Func<Note, bool>? allows = ((Expression<Func<Note, bool>>?)options?.Filter)?.Compile();
        Note note = allows is null ? new Note { Body = "everyone's" } : new[] { "a", "b", "", "a b", "A" }.Select(body => new Note { Body = body }).FirstOrDefault(allows) ?? new Note();
        return new RetrievalResult<Note>(query, [new RetrievedPassage<Note>(note) { Text = note.Body, Score = 1, Rank = 1 }]);
    }

    private sealed class FakeClock : ISystemClock
    {
        public DateTimeOffset UtcNow { get; set; } = DateTimeOffset.UnixEpoch;
    }

    private sealed class WatchedCache(IMemoryCache inner) : IMemoryCache
    {
        public List<ICacheEntry> Entries { get; } = [];

        public ICacheEntry CreateEntry(object key)
        {
            Entries.Add(inner.CreateEntry(key));
            return Entries[^1];
        }

        public bool TryGetValue(object key, out object? value) => inner.TryGetValue(key, out value);

        public void Remove(object key) => inner.Remove(key);

        public void Dispose() => inner.Dispose();
    }

    private sealed class FakeVersion : ICollectionVersion
    {
        public string? Version { get; set; }

        public ValueTask<string?> GetVersionAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(Version);
    }
}
