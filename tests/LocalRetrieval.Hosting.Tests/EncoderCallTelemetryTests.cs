using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.Hosting.Tests;

/// <summary>Every call is told once, whoever listens to what.</summary>
public sealed class EncoderCallTelemetryTests
{
    private const string Duration = "gen_ai.client.operation.duration";
    private const string ModelTag = "gen_ai.request.model";

    [Fact]
    public async Task Calls_AllSourcesAndMetersHeard_AreToldOnceEach()
    {
        ConcurrentQueue<Activity> activities = [];
        ConcurrentQueue<(Instrument Instrument, string? Model)> measurements = [];
        using Activity parent = new Activity("test").Start();
        using ServiceProvider services = Services();
        IEmbeddingGenerator<string, Embedding<float>> generator = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        ITextReranker reranker = services.GetRequiredService<ITextReranker>();
        using (new Listeners(name: null, activities.Enqueue, (instrument, _, tags) => measurements.Enqueue((instrument, tags.FirstOrDefault(tag => tag.Key == ModelTag).Value as string))))
        {
            await generator.GenerateAsync(["the chain", "is oiled"]);
            await reranker.RerankAsync("the chain", ["is oiled", "pasta", "a wheel"]);
        }

        Assert.Equal(
            ["embeddings told-embeddings", "rerank told-reranker"],
            activities.Where(activity => activity.TraceId == parent.TraceId && activity != parent).Select(activity => activity.DisplayName).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["told-embeddings", "told-reranker"],
            measurements.Where(told => told.Instrument.Name == Duration && told.Model?.StartsWith("told-", StringComparison.Ordinal) is true).Select(told => told.Model!).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["told-embeddings", "told-reranker"],
            measurements.Where(told => told.Instrument.Name == "localretrieval.encoder.wait" && told.Model?.StartsWith("told-", StringComparison.Ordinal) is true)
                .Select(told => told.Model!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Instruments_OfOneName_AreAlikeWhoeverMadeThem()
    {
        ConcurrentQueue<Instrument> instruments = [];
        using ServiceProvider services = Services();
        using (new Listeners(name: null, _ => { }, (instrument, _, _) => instruments.Enqueue(instrument)))
        {
            await services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync(["the chain"]);
            await services.GetRequiredService<ITextReranker>().RerankAsync("the chain", ["is oiled"]);
        }

        IGrouping<string, Instrument>[] shared = [.. instruments.Where(instrument => instrument.Name.StartsWith("gen_ai.", StringComparison.Ordinal)).Distinct().GroupBy(instrument => instrument.Name)];

        Assert.Equal([Duration, "gen_ai.client.token.usage"], shared.Select(group => group.Key).Order(StringComparer.Ordinal));
        Assert.All(shared, group =>
        {
            Assert.True(group.Count() > 1);
            Assert.Single(group.Select(instrument => (instrument.Unit, instrument.Description, instrument.GetType())).Distinct());
            Assert.Single(group.Cast<Instrument>().Select(Boundaries).Distinct());
        });
    }

    private static string Boundaries(Instrument instrument) => instrument switch
    {
        Histogram<double> histogram => string.Join(' ', histogram.Advice!.HistogramBucketBoundaries!),
        Histogram<int> histogram => string.Join(' ', histogram.Advice!.HistogramBucketBoundaries!),
        _ => "",
    };

    private static ServiceProvider Services() => new ServiceCollection()
        .AddLocalEmbeddings(options => (options.ModelId, options.Pipeline) = ("told-embeddings", builder => builder.UseOpenTelemetry()))
        .AddLocalReranker(options => (options.ModelId, options.Pipeline) = ("told-reranker", builder => builder.UseOpenTelemetry()))
        .BuildServiceProvider();
}
