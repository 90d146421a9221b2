using System.Diagnostics;
using System.Diagnostics.Metrics;
using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Retrieval.Telemetry;

public sealed class OpenTelemetryPassageRetrieverTests : IDisposable
{
    private const string MicrosoftSource = "Experimental.Microsoft.Extensions.AI";

    private readonly string _source = $"test-{Guid.NewGuid()}";
    private readonly FakeEmbeddingGenerator _generator = new();
    private readonly LocalVectorStore _store = new();

    [Fact]
    public async Task RetrieveAsync_Stages_AreUnderOneParent()
    {
        PassageRetriever<string, Passage> retriever = await IndexAsync();
        using RecordedTelemetry telemetry = new(_source);

        await retriever.AsBuilder<Passage>().UseOpenTelemetry(_source).UseQueryRewriting(new AnsweringChatClient("oil the chain")).Build()
            .RetrieveAsync("and that?", new RetrievalOptions<Passage> { Top = 2, Conversation = [new(ChatRole.User, "chains")] });

        Activity parent = telemetry.Retrieval;
        Assert.Equal(("retrieval docs", ActivityKind.Client, ActivityStatusCode.Unset), (parent.DisplayName, parent.Kind, parent.Status));
        Assert.Equal("retrieval", parent.GetTagItem("gen_ai.operation.name"));
        Assert.Equal("localretrieval", parent.GetTagItem("gen_ai.provider.name"));
        Assert.Equal("docs", parent.GetTagItem("gen_ai.data_source.id"));
        Assert.Equal(2, parent.GetTagItem("gen_ai.request.top_k"));
        Assert.Equal((2, 3), (parent.GetTagItem("localretrieval.passages.count"), parent.GetTagItem("localretrieval.candidates.count")));
        Activity[] stages = [.. telemetry.Activities.Where(activity => activity != parent)];
        Assert.All(stages, stage => Assert.Equal(parent.SpanId, stage.ParentSpanId));

        // The keyword stage finds, and then says what it thinks of the passages that the vectors found.
        Assert.Equal(["embed", "keyword", "keyword", "query-rewriting", "reranker", "selection", "vector"], stages.Select(stage => stage.OperationName).Order());
        Assert.Equal(3, stages.Single(stage => stage.OperationName == "reranker").GetTagItem("localretrieval.candidates.count"));
    }

    [Fact]
    public async Task RetrieveAsync_RequestWithoutTop_SaysTheRetrievers()
    {
        PassageRetriever<string, Passage> retriever = await IndexAsync();
        using RecordedTelemetry telemetry = new(_source);

        await retriever.AsBuilder<Passage>().UseOpenTelemetry(_source).Build().RetrieveAsync("oil the chain");

        Assert.Equal(5, telemetry.Retrieval.GetTagItem("gen_ai.request.top_k"));
    }

    [Fact]
    public async Task RetrieveAsync_Measures_DurationsAndCandidates()
    {
        PassageRetriever<string, Passage> retriever = await IndexAsync();
        using RecordedTelemetry telemetry = new(_source);

        await retriever.AsBuilder<Passage>().UseOpenTelemetry(_source).Build().RetrieveAsync("oil the chain");

        (Instrument instrument, double seconds, KeyValuePair<string, object?>[] tags) = telemetry.Measurements.Single(measured => measured.Instrument.Name == "gen_ai.client.operation.duration");
        Assert.Equal(("s", "Measures the duration of a GenAI operation"), (instrument.Unit, instrument.Description));
        Assert.IsType<Histogram<double>>(instrument);
        Assert.InRange(seconds, 0, 60);
        Assert.Equal(
            [new("gen_ai.operation.name", "retrieval"), new("gen_ai.provider.name", "localretrieval"), new("gen_ai.data_source.id", "docs")], tags);
        Assert.Equal(
            ["embed", "keyword", "keyword", "reranker", "selection", "vector"],
            telemetry.Measurements.Where(measured => measured.Instrument.Name == "localretrieval.stage.duration").Select(measured => (string)measured.Tags[0].Value!).Order());
        Assert.Equal(
            [("keyword", 1), ("reranker", 3), ("selection", 3), ("vector", 3)],
            telemetry.Measurements.Where(measured => measured.Instrument.Name == "localretrieval.stage.candidates").Select(measured => ((string)measured.Tags[0].Value!, (int)measured.Value)).Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RetrieveAsync_Texts_AreToldWhereSensitiveDataIsSwitchedOn(bool isSensitive)
    {
        PassageRetriever<string, Passage> retriever = await IndexAsync();
        using RecordedTelemetry telemetry = new(_source);

        RetrievalResult<Passage> result = await retriever.AsBuilder<Passage>().UseOpenTelemetry(_source, configure: told => told.EnableSensitiveData = isSensitive)
            .UseHypotheticalDocument(new AnsweringChatClient("Hypothetically, wax.")).Build().RetrieveAsync("oil the chain");

        Assert.Equal(isSensitive, telemetry.Text.Contains("oil the chain", StringComparison.Ordinal));
        Assert.Equal(isSensitive, telemetry.Text.Contains("Boil pasta", StringComparison.Ordinal));
        Assert.DoesNotContain("wax", telemetry.Text, StringComparison.Ordinal);
        Assert.Equal(isSensitive ? "oil the chain" : null, telemetry.Retrieval.GetTagItem("gen_ai.retrieval.query.text"));
        Assert.Equal(isSensitive, (telemetry.Retrieval.GetTagItem("gen_ai.retrieval.documents") as string)?.StartsWith($$"""[{"id":"{{result.Passages[0].Key}}","score":""", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task RetrieveAsync_Failure_IsToldByItsType()
    {
        PassageRetriever<string, Passage> retriever = await IndexAsync();
        _generator.FailOn = "chain";
        using RecordedTelemetry telemetry = new(_source);

        await Assert.ThrowsAsync<IOException>(() => retriever.AsBuilder<Passage>().UseOpenTelemetry(_source).Build().RetrieveAsync("oil the chain"));

        Activity[] failed = [.. telemetry.Activities.Where(activity => activity.Status == ActivityStatusCode.Error)];
        Assert.Equal(["embed", "retrieval"], failed.Select(activity => activity.OperationName).Order());
        Assert.All(failed, activity => Assert.Equal("System.IO.IOException", activity.GetTagItem("error.type")));
        Assert.DoesNotContain("chain", telemetry.Text, StringComparison.Ordinal);
        Assert.Contains(
            new KeyValuePair<string, object?>("error.type", "System.IO.IOException"),
            telemetry.Measurements.Single(measured => measured.Instrument.Name == "gen_ai.client.operation.duration").Tags);
    }

    [Fact]
    public async Task RetrieveAsync_FailedStage_IsNamed()
    {
        PassageRetriever<string, Passage> retriever = await IndexAsync();
        using RecordedTelemetry telemetry = new(_source);

        await retriever.AsBuilder<Passage>().UseOpenTelemetry(_source).UseMultiQuery(chatClient: new AnsweringChatClient(new IOException())).Build().RetrieveAsync("oil the chain");

        Assert.Equal(["multi-query"], Assert.IsType<string[]>(telemetry.Retrieval.GetTagItem("localretrieval.stages.failed")));
        Assert.Equal(ActivityStatusCode.Unset, telemetry.Retrieval.Status);
    }

    [Fact]
    public async Task RetrieveAsync_RetrieverAlone_TellsUnderTheNameOfMicrosoftExtensionsAI()
    {
        PassageRetriever<string, Passage> retriever = await IndexAsync();
        using RecordedTelemetry telemetry = new(MicrosoftSource);

        await retriever.RetrieveAsync("oil the chain");

        Assert.Equal("retrieval docs", telemetry.Retrieval.DisplayName);
        Assert.All(telemetry.Activities.Where(activity => activity != telemetry.Retrieval), stage => Assert.Equal(telemetry.Retrieval.SpanId, stage.ParentSpanId));
        Assert.DoesNotContain("chain", telemetry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RetrieveAsync_OtherSourceName_TellsNothingTwice()
    {
        PassageRetriever<string, Passage> retriever = await IndexAsync();
        using RecordedTelemetry telemetry = new(MicrosoftSource);

        await retriever.AsBuilder<Passage>().UseOpenTelemetry(_source).Build().RetrieveAsync("oil the chain");
        Assert.Empty(telemetry.Activities);
        await retriever.AsBuilder<Passage>().UseOpenTelemetry().Build().RetrieveAsync("oil the chain");

        Assert.NotNull(telemetry.Retrieval);
    }

    [Fact]
    public async Task RetrieveAsync_Kept_IsARetrievalOfItsCollectionAlone()
    {
        PassageRetriever<string, Passage> retriever = await IndexAsync();
        using MemoryCache cache = new(new MemoryCacheOptions());
        IPassageRetriever<Passage> pipeline = retriever.AsBuilder<Passage>().UseOpenTelemetry(_source).UseCaching(cache).Build();
        await pipeline.RetrieveAsync("oil the chain");
        using RecordedTelemetry telemetry = new(_source);

        await pipeline.RetrieveAsync("oil the chain");

        Assert.Equal("retrieval docs", Assert.Single(telemetry.Activities).DisplayName);
    }

    [Fact]
    public async Task RetrieveAsync_AtOnce_EachHasItsOwnStages()
    {
        PassageRetriever<string, Passage> retriever = await IndexAsync();
        IPassageRetriever<Passage> pipeline = retriever.AsBuilder<Passage>().UseOpenTelemetry(_source).Build();
        using RecordedTelemetry telemetry = new(_source);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(index => Task.Run(() => pipeline.RetrieveAsync($"chain {index}"))));

        Activity[] parents = [.. telemetry.Activities.Where(activity => activity.OperationName == "retrieval")];
        Assert.Equal(20, parents.Length);
        Assert.All(parents, parent => Assert.Equal(
            ["embed", "keyword", "keyword", "reranker", "selection", "vector"],
            telemetry.Activities.Where(activity => activity.ParentSpanId == parent.SpanId).Select(activity => activity.OperationName).Order()));
    }

    [Fact]
    public async Task UseOpenTelemetry_WithoutRecords_TellsTheSame()
    {
        QueryRetriever inner = new();
        using RecordedTelemetry telemetry = new(_source);
        IPassageRetriever retriever = inner.AsBuilder().UseOpenTelemetry(_source).Build();

        await retriever.RetrieveAsync("a");

        Assert.Equal("retrieval", Assert.Single(telemetry.Activities).DisplayName);
        Assert.Equal(_source, retriever.GetService<ActivitySource>()!.Name);
    }

    [Fact]
    public async Task IndexAsync_Listener_SeesItUnderTheSameName()
    {
        using RecordedTelemetry telemetry = new(MicrosoftSource);

        await IndexAsync();

        Assert.Contains(telemetry.Activities, activity => activity.OperationName == "index");
    }

    public void Dispose()
    {
        _store.Dispose();
        _generator.Dispose();
    }

    private async Task<PassageRetriever<string, Passage>> IndexAsync()
    {
        PassageIndexer indexer = new(_generator);
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(_store, "docs");
        await indexer.IndexAsync(
            collection,
            [new SourceDocument("bike.md", "Oil the chain after rain."), new SourceDocument("food.md", "Boil pasta in salted water."), new SourceDocument("other.md", "Nothing of note.")]);
        return new PassageRetriever<string, Passage>(collection, _generator, new FakeReranker(text => text.Length));
    }
}
