using System.Diagnostics;
using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.VectorData;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace LocalRetrieval.Hosting.Tests;

public sealed class LocalRetrievalHostApplicationBuilderExtensionsTests
{
    [Fact]
    public async Task AddLocalRetrieval_Section_SetsTheParts()
    {
        using IHost host = Build(configuration => configuration["LocalRetrieval:Embeddings:MaxTokens"] = "128");
        await host.StartAsync();

        Assert.Equal(128, host.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GetRequiredService<EncoderInfo>().MaxTokens);
        Assert.NotNull(host.Services.GetRequiredService<IPassageRetriever>());
        await host.StopAsync();
    }

    [Fact]
    public async Task AddLocalRetrieval_Twice_IsCheckedOnce()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddLocalRetrieval(configure: options => options.DisableHealthChecks = true);
        builder.AddLocalRetrieval();
        builder.AddLocalRetrieval();
        using IHost host = builder.Build();

        HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(["localretrieval", "localretrieval.encoders"], report.Entries.Keys);
    }

    [Theory]
    [InlineData("LocalRetrieval:Embedings:MaxTokens")]
    [InlineData("LocalRetrieval:Embeddings:MaxTokes")]
    public async Task AddLocalRetrieval_KeyThatIsNoOption_IsRefusedWhenTheHostStarts(string key)
    {
        using IHost host = Build(configuration => configuration[key] = "128");

        Exception exception = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());

        Assert.Contains(key.Split(':')[^1] == "MaxTokes" ? "MaxTokes" : "Embedings", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddLocalRetrieval_RetrievalThatIsTraced_ReachesTheExportersOfTheApplication()
    {
        List<Activity> activities = [];
        List<Metric> metrics = [];
        using IHost host = Build(add: builder => builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddInMemoryExporter(activities)).WithMetrics(reader => reader.AddInMemoryExporter(metrics)));
        await host.StartAsync();
        await IndexAsync(host.Services);

        await host.Services.GetRequiredService<IPassageRetriever>().RetrieveAsync("How is the chain oiled?");
        host.Services.GetRequiredService<TracerProvider>().ForceFlush();
        host.Services.GetRequiredService<MeterProvider>().ForceFlush();
        await host.StopAsync();

        // Disposed of, it hears nothing more of what other tests do.
        host.Dispose();
        Assert.Contains(activities, activity => activity.DisplayName == "retrieval passages");
        Assert.Contains(activities, activity => activity.OperationName == RetrievalStage.Reranker);
        Assert.Contains(metrics, metric => metric.Name == "gen_ai.client.operation.duration");
    }

    [Fact]
    public async Task AddLocalRetrieval_AllDisabled_RegistersRetrievalAlone()
    {
        using IHost host = Build(configure: options => (options.DisableHealthChecks, options.DisableMetrics, options.DisableTracing, options.CollectionName) = (true, true, true, "docs"));
        await host.StartAsync();

        Assert.Null(host.Services.GetService<HealthCheckService>());
        Assert.Null(host.Services.GetService<TracerProvider>());
        Assert.Null(host.Services.GetService<MeterProvider>());
        Assert.NotNull(host.Services.GetRequiredService<IPassageRetriever>());
        await host.StopAsync();
    }

    [Fact]
    public async Task AddLocalRetrieval_Again_IsCheckedOnceByItsLastRetriever()
    {
        using IHost host = Build(add: builder => builder.AddLocalRetrieval(configure: options => options.CollectionName = "docs"));
        await host.StartAsync();

        HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(["localretrieval", "localretrieval.encoders"], report.Entries.Keys);
        Assert.Equal("Nothing is indexed yet in the collection 'docs': questions find nothing, and fail where there is no such collection yet.", report.Entries["localretrieval"].Description);
        await host.StopAsync();
    }

    [Fact]
    public async Task AddLocalRetrieval_CheckedBefore_KeepsThatCheck()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddHealthChecks().AddLocalRetrieval(tags: ["live"]);
        builder.AddLocalRetrieval();
        using IHost host = builder.Build();

        Assert.Equal(["live"], (await CheckAsync(host.Services)).Tags);
    }

    [Fact]
    public async Task AddKeyedLocalRetrieval_BesideOthers_HasPartsAndChecksOfItsOwn()
    {
        using IHost host = Build(
            configuration => configuration["Faq:Embeddings:MaxTokens"] = "64",
            builder => builder.AddKeyedLocalRetrieval("faq", "Faq", options => options.CollectionName = "faq").AddKeyedLocalRetrieval("news", "News"));
        await host.StartAsync();
        await IndexAsync(host.Services);

        HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(64, host.Services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("faq").GetRequiredService<EncoderInfo>().MaxTokens);
        Assert.NotSame(host.Services.GetRequiredService<IPassageRetriever>(), host.Services.GetRequiredKeyedService<IPassageRetriever>("news"));
        Assert.Equal(
            ["localretrieval", "localretrieval-faq", "localretrieval-news", "localretrieval.encoders", "localretrieval.encoders-faq", "localretrieval.encoders-news"], report.Entries.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            (HealthStatus.Healthy, "Nothing is indexed yet in the collection 'faq': questions find nothing, and fail where there is no such collection yet."),
            (report.Entries["localretrieval"].Status, report.Entries["localretrieval-faq"].Description));
        await host.StopAsync();
    }

    [Fact]
    public void Options_BlankCollection_IsRefused() => Assert.Throws<ArgumentException>(() => new LocalRetrievalHostingOptions { CollectionName = " " });

    [Fact]
    public async Task HealthCheck_IndexedOrNot_IsHealthyOrDegraded()
    {
        using IHost host = Build();
        await host.StartAsync();

        HealthReportEntry empty = await CheckAsync(host.Services);
        await IndexAsync(host.Services);
        HealthReportEntry indexed = await CheckAsync(host.Services);

        Assert.Equal((HealthStatus.Degraded, "Nothing is indexed yet in the collection 'passages': questions find nothing, and fail where there is no such collection yet."), (empty.Status, empty.Description));
        Assert.Equal(HealthStatus.Healthy, indexed.Status);
        Assert.Contains("ready", indexed.Tags);
        await host.StopAsync();
    }

    [Fact]
    public async Task HealthCheck_ModelWithoutFiles_IsUnhealthyAndSaysWhy()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("local-retrieval-no-model-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "config.json"), "{}");
        using IHost host = Build(configuration => configuration["LocalRetrieval:Embeddings:ModelPath"] = folder.FullName);
        await host.StartAsync();

        HealthReportEntry entry = await CheckAsync(host.Services);

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Contains(folder.Name, entry.Exception!.Message, StringComparison.Ordinal);
        Assert.Equal($"Retrieval cannot be asked: {entry.Exception.Message}", entry.Description);
        await host.StopAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task HealthCheck_FolderThatIsKeptInStep_TellsOfItsRuns()
    {
        string folder = Directory.CreateTempSubdirectory("local-retrieval-hosting-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "bike.md"), "# Bike\n\nOil the chain.");
        using IHost host = Build(add: builder => builder.Services.AddPassageSync("passages", options => options.Folder = folder));
        HealthReportEntry before = await CheckAsync(host.Services);
        await host.StartAsync();
        await host.Services.GetRequiredService<PassageSync>().ReadyAsync();

        HealthReportEntry after = await CheckAsync(host.Services);

        Assert.Equal(HealthStatus.Degraded, before.Status);
        Assert.StartsWith("A folder is synchronised for the first time", before.Description, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Healthy, after.Status);
        await host.StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static IHost Build(Action<IConfiguration>? set = null, Action<HostApplicationBuilder>? add = null, Action<LocalRetrievalHostingOptions>? configure = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection();
        set?.Invoke(builder.Configuration);
        builder.AddLocalRetrieval(configure: configure);
        add?.Invoke(builder);
        return builder.Build();
    }

    private static async Task IndexAsync(IServiceProvider services)
    {
        PassageIndexer indexer = services.GetRequiredService<PassageIndexer>();
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(services.GetRequiredService<VectorStore>(), "passages");
        (await indexer.IndexAsync(collection, [new SourceDocument("bike.md", "Oil the chain every month."), new SourceDocument("pasta.md", "Boil the pasta in salted water.")])).ThrowIfFailed();
    }

    private static async Task<HealthReportEntry> CheckAsync(IServiceProvider services) =>
        (await services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["localretrieval"];
}
