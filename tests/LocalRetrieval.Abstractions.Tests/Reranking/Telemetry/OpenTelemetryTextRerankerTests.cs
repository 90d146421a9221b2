using System.Collections.Concurrent;
using System.Diagnostics;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Abstractions.Tests.Reranking.Telemetry;

public sealed class OpenTelemetryTextRerankerTests
{
    private readonly ConcurrentQueue<Activity> _activities = [];
    private readonly ConcurrentQueue<(string Instrument, double Value, KeyValuePair<string, object?>[] Tags)> _measurements = [];

    [Fact]
    public async Task RerankAsync_Listened_IsOneActivityAndItsMeasurements()
    {
        using IDisposable listeners = Listen(nameof(RerankAsync_Listened_IsOneActivityAndItsMeasurements));
        using ITextReranker reranker = new MeteredReranker().AsBuilder().UseOpenTelemetry(nameof(RerankAsync_Listened_IsOneActivityAndItsMeasurements)).Build();

        await reranker.RerankAsync("a secret query", ["a secret document", "b"], new RerankingOptions { TopN = 1 });

        Activity activity = Assert.Single(_activities);
        Assert.Equal(("rerank metered", ActivityKind.Client, ActivityStatusCode.Unset), (activity.DisplayName, activity.Kind, activity.Status));
        Assert.Equal(
            new SortedDictionary<string, object?>(StringComparer.Ordinal)
            {
                ["gen_ai.operation.name"] = "rerank",
                ["gen_ai.provider.name"] = "a server",
                ["gen_ai.request.model"] = "metered",
                ["gen_ai.request.top_k"] = 1,
                ["gen_ai.response.model"] = "metered-v2",
                ["gen_ai.usage.input_tokens"] = 42L,
                ["localretrieval.documents.count"] = 2,
                ["localretrieval.documents.returned"] = 1,
                ["server.address"] = "rerank.test",
                ["server.port"] = 8080,
            },
            new SortedDictionary<string, object?>(activity.TagObjects.ToDictionary(tag => tag.Key, tag => tag.Value), StringComparer.Ordinal));
        Assert.Equal(["gen_ai.client.operation.duration", "gen_ai.client.token.usage"], _measurements.Select(told => told.Instrument).Order(StringComparer.Ordinal));
        Assert.Equal(42, _measurements.Single(told => told.Instrument == "gen_ai.client.token.usage").Value);
        Assert.All(_measurements, told => Assert.Contains(new KeyValuePair<string, object?>("gen_ai.operation.name", "rerank"), told.Tags));
        Assert.All(_measurements, told => Assert.Contains(new KeyValuePair<string, object?>("gen_ai.request.model", "metered"), told.Tags));
    }

    [Fact]
    public async Task RerankAsync_Failure_IsToldByItsTypeAlone()
    {
        using IDisposable listeners = Listen(nameof(RerankAsync_Failure_IsToldByItsTypeAlone));
        using OpenTelemetryTextReranker reranker = new(new FakeReranker { Gives = _ => throw new InvalidDataException("a secret document") }, nameof(RerankAsync_Failure_IsToldByItsTypeAlone));

        await Assert.ThrowsAsync<InvalidDataException>(() => reranker.RerankAsync("q", ["a secret document"]));

        Activity activity = Assert.Single(_activities);
        Assert.Equal(("rerank", ActivityStatusCode.Error, null), (activity.DisplayName, activity.Status, activity.StatusDescription));
        Assert.Equal("System.IO.InvalidDataException", activity.GetTagItem("error.type"));
        Assert.Contains(new KeyValuePair<string, object?>("error.type", "System.IO.InvalidDataException"), Assert.Single(_measurements).Tags);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RerankAsync_Texts_AreToldOnlyWhereThatIsAllowed(bool isAllowed)
    {
        string source = $"{nameof(RerankAsync_Texts_AreToldOnlyWhereThatIsAllowed)}{isAllowed}";
        using IDisposable listeners = Listen(source);
        using ITextReranker reranker = new FakeReranker(document => document == "b" ? float.NaN : 0).AsBuilder().UseOpenTelemetry(source, stage => stage.EnableSensitiveData = isAllowed).Build();

        await reranker.RerankAsync("a secret query", ["b", "a secret document"]);

        Activity activity = Assert.Single(_activities);
        Assert.Equal(isAllowed ? "a secret query" : null, activity.GetTagItem("gen_ai.retrieval.query.text"));
        Assert.Equal(
            isAllowed ? """[{"id":1,"score":0.5,"content":"a secret document"},{"id":0,"content":"b"}]""" : null, activity.GetTagItem("gen_ai.retrieval.documents"));
        Assert.Equal(isAllowed, activity.TagObjects.Any(tag => $"{tag.Value}".Contains("secret", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task RerankAsync_NobodyListens_HandsTheCallOn()
    {
        using TaskReranker inner = new();
        using OpenTelemetryTextReranker reranker = new(inner, nameof(RerankAsync_NobodyListens_HandsTheCallOn));
        string[] documents = ["a"];
        Assert.Same(inner.Task, reranker.RerankAsync("q", documents));

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            _ = reranker.RerankAsync("q", documents);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        using IDisposable listeners = Listen(nameof(RerankAsync_NobodyListens_HandsTheCallOn));
        await reranker.RerankAsync("q", documents);
        Assert.Single(_activities);
    }

    [Fact]
    public void GetService_Source_IsItsOwn()
    {
        using FakeReranker inner = new();
        using OpenTelemetryTextReranker named = new(inner, "a name");
        using OpenTelemetryTextReranker unnamed = new(inner);

        Assert.Equal("a name", named.GetService<ActivitySource>()!.Name);
        Assert.Equal("Experimental.Microsoft.Extensions.AI", unnamed.GetService<ActivitySource>()!.Name);
        Assert.Null(named.GetService<ActivitySource>("key"));
        Assert.Same(inner, named.GetService<FakeReranker>());
    }

    private Listeners Listen(string source) => new(source, _activities.Enqueue, (instrument, value, tags) => _measurements.Enqueue((instrument.Name, value, tags)));

    /// <summary>A reranker on a server, which counts tokens.</summary>
    private sealed class MeteredReranker() : DelegatingTextReranker(new FakeReranker
    {
        Gives = _ => new RerankingResult([new RerankedDocument(1, 0.5f)]) { ModelId = "metered-v2", Usage = new UsageDetails { InputTokenCount = 42 } },
    })
    {
        public override object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(TextRerankerMetadata) ? new TextRerankerMetadata("a server", new Uri("http://rerank.test:8080/"), "metered") : base.GetService(serviceType, serviceKey);
    }

    /// <summary>A reranker whose answer is there already.</summary>
    private sealed class TaskReranker : ITextReranker
    {
        public Task<RerankingResult> Task { get; } = System.Threading.Tasks.Task.FromResult(new RerankingResult([]));

        public Task<RerankingResult> RerankAsync(string query, IReadOnlyList<string> documents, RerankingOptions? options = null, CancellationToken cancellationToken = default) => Task;

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
