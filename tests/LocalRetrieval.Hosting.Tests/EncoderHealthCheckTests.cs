using LocalRetrieval.Loading;
using LocalRetrieval.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LocalRetrieval.Hosting.Tests;

public sealed class EncoderHealthCheckTests
{
    [Theory]
    [InlineData(50, 0.5, 9.9, HealthStatus.Healthy, null)]
    [InlineData(50, 0.5, 10, HealthStatus.Degraded, "Nothing moves in the queue of Embeddings: 50 texts wait, and nothing has moved for 10 s.")]
    [InlineData(50, 0.5, 60, HealthStatus.Unhealthy, "Nothing moves in the queue of Embeddings: 50 texts wait, and nothing has moved for 60 s.")]
    [InlineData(80, 0.8, 0.1, HealthStatus.Degraded, "The queue of Embeddings is 80% full: 80 texts wait. Further calls wait outside or are refused.")]
    [InlineData(100, 1, 0.1, HealthStatus.Degraded, "The queue of Embeddings is 100% full: 100 texts wait. Further calls wait outside or are refused.")]
    public async Task Check_QueueThatIsSlowOrFull_IsToldByTheDefaults(int texts, double fill, double stall, HealthStatus status, string? description)
    {
        HealthReportEntry entry = await CheckAsync([new FakeEncoder { Execution = FakeEncoder.Queue(texts, fill, stall) }.Register()]);

        Assert.Equal((status, description), (entry.Status, entry.Description));
        Assert.Equal(["ready"], entry.Tags);
    }

    [Fact]
    public async Task Check_OtherThresholds_Count()
    {
        RegisteredEncoder full = new FakeEncoder { Execution = FakeEncoder.Queue(texts: 100, fill: 1, stall: 2) }.Register();

        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync([full], options => options.UnhealthyQueueFill = 1)).Status);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync([full], options => options.DegradedQueueFill = null)).Status);
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync([full], options => options.UnhealthyStall = TimeSpan.FromSeconds(2))).Status);
        Assert.StartsWith("Nothing moves", (await CheckAsync([full], options => options.DegradedStall = TimeSpan.FromSeconds(2))).Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_SeveralEncoders_TellsTheWorstFirstAndTheFiguresOfAll()
    {
        HealthReportEntry entry = await CheckAsync(
        [
            new FakeEncoder { Execution = FakeEncoder.Queue(texts: 90, fill: 0.9) }.Register(),
            new FakeEncoder { Execution = FakeEncoder.Queue(texts: 1, stall: 100) }.Register("Reranker"),
            new FakeEncoder().Register("SparseEmbeddings"),
        ]);

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.StartsWith("Nothing moves in the queue of Reranker", entry.Description, StringComparison.Ordinal);
        Assert.EndsWith("The queue of Embeddings is 90% full: 90 texts wait. Further calls wait outside or are refused.", entry.Description, StringComparison.Ordinal);
        Assert.Equal(
            (true, "a model", 2, 90, 100, 0.9, TimeSpan.Zero, TimeSpan.FromSeconds(3)),
            (entry.Data["Embeddings.loaded"], entry.Data["Embeddings.model"], entry.Data["Embeddings.slots"], entry.Data["Embeddings.queuedTexts"],
                entry.Data["Embeddings.maxQueuedTexts"], entry.Data["Embeddings.queueFill"], entry.Data["Embeddings.queueStall"], entry.Data["Embeddings.sinceLastRun"]));
        Assert.Equal((TimeSpan.FromSeconds(100), true), (entry.Data["Reranker.queueStall"], entry.Data["SparseEmbeddings.loaded"]));
        Assert.DoesNotContain("SparseEmbeddings.queuedTexts", entry.Data.Keys);
    }

    [Fact]
    public async Task Check_NotLoaded_IsHealthyUnlessItIsToBe()
    {
        RegisteredEncoder lazy = new FakeEncoder { IsLoaded = false }.Register();
        RegisteredEncoder awaited = new FakeEncoder { IsLoaded = false }.Register();
        awaited.Await();

        HealthReportEntry healthy = await CheckAsync([lazy]);
        HealthReportEntry required = await CheckAsync([lazy], options => options.RequireLoaded = true);
        HealthReportEntry loading = await CheckAsync([awaited]);

        Assert.Equal((HealthStatus.Healthy, false), (healthy.Status, healthy.Data["Embeddings.loaded"]));
        Assert.Equal((HealthStatus.Unhealthy, "Embeddings is not loaded: have it warmed up, or use it."), (required.Status, required.Description));
        Assert.Equal((HealthStatus.Unhealthy, "Embeddings is being loaded."), (loading.Status, loading.Description));
    }

    [Fact]
    public async Task Check_LoadThatFailed_IsNamedUntilOneSucceeds()
    {
        RegisteredEncoder[] damaged = [new FakeEncoder { IsLoaded = false, Failure = new InvalidDataException("model.onnx is cut off.") }.Register(serviceKey: "faq")];

        HealthReportEntry entry = await CheckAsync(damaged, serviceKey: "faq");

        Assert.Equal((HealthStatus.Unhealthy, "Embeddings (faq) cannot be loaded or run: model.onnx is cut off."), (entry.Status, entry.Description));
        Assert.IsType<InvalidDataException>(entry.Exception);
        Assert.Empty((await CheckAsync(damaged)).Data);
    }

    [Fact]
    public async Task Check_WarmUpThatFailed_IsForgottenWhenOneSucceeds()
    {
        bool fails = true;
        RegisteredEncoder encoder = new FakeEncoder().Register(warmUp: _ => fails ? throw new InvalidOperationException("NaN") : Task.CompletedTask);
        await Assert.ThrowsAsync<InvalidOperationException>(() => encoder.WarmUpAsync(default));
        HealthReportEntry failed = await CheckAsync([encoder]);
        fails = false;
        await encoder.WarmUpAsync(default);

        Assert.Equal("Embeddings cannot be loaded or run: NaN", failed.Description);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync([encoder])).Status);
    }

    [Fact]
    public async Task Check_LoadThatFailedInAWarmUp_IsForgottenWhenSomethingElseLoadsTheModel()
    {
        RegisteredEncoder encoder = new FakeEncoder { IsLoaded = false }.Register(warmUp: _ => throw new IOException("not mounted"));
        await Assert.ThrowsAsync<IOException>(() => encoder.WarmUpAsync(default));
        HealthReportEntry failed = await CheckAsync([encoder]);
        encoder.Model = new FakeEncoder();

        Assert.Equal("Embeddings cannot be loaded or run: not mounted", failed.Description);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync([encoder])).Status);
    }

    [Fact]
    public async Task Check_RegistrationThatAnotherReplaced_DoesNotCount()
    {
        HealthReportEntry entry = await CheckAsync([new FakeEncoder { Failure = new InvalidDataException("damaged") }.Register(), new FakeEncoder().Register()]);

        Assert.Equal(HealthStatus.Healthy, entry.Status);
    }

    [Fact]
    public async Task AddLocalEncoders_OtherFailureStatus_IsReported()
    {
        ServiceCollection services = new();
        services.AddLogging().AddSingleton(new FakeEncoder { Execution = FakeEncoder.Queue(stall: 100) }.Register());
        services.AddHealthChecks().AddLocalEncoders("encoders", failureStatus: HealthStatus.Degraded, tags: ["live"]);
        using ServiceProvider provider = services.BuildServiceProvider();

        HealthReportEntry entry = (await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["encoders"];

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Equal(["live"], entry.Tags);
    }

    [Fact]
    public void Options_Copy_HasAll() => Assert.Empty(OptionsCopy.Faults(
        new EncoderHealthOptions
        {
            DegradedStall = TimeSpan.FromSeconds(1),
            UnhealthyStall = TimeSpan.FromSeconds(2),
            DegradedQueueFill = 0.1,
            UnhealthyQueueFill = 0.2,
            RequireLoaded = true,
        },
        options => new EncoderHealthOptions(options)));

    [Fact]
    public void Options_ValuesOutOfRange_AreRefusedByName()
    {
        EncoderHealthOptions options = new();

        Assert.Equal("DegradedStall", Assert.Throws<ArgumentOutOfRangeException>(() => options.DegradedStall = TimeSpan.Zero).ParamName);
        Assert.Equal("UnhealthyStall", Assert.Throws<ArgumentOutOfRangeException>(() => options.UnhealthyStall = -TimeSpan.FromSeconds(1)).ParamName);
        Assert.Equal("DegradedQueueFill", Assert.Throws<ArgumentOutOfRangeException>(() => options.DegradedQueueFill = 1.1).ParamName);
        Assert.Equal("UnhealthyQueueFill", Assert.Throws<ArgumentOutOfRangeException>(() => options.UnhealthyQueueFill = double.NaN).ParamName);
        Assert.Equal("WarmUp", Assert.Throws<ArgumentOutOfRangeException>(() => new LocalRetrievalHostingOptions { WarmUp = (WarmUpMode)9 }).ParamName);
    }

    private static async Task<HealthReportEntry> CheckAsync(RegisteredEncoder[] encoders, Action<EncoderHealthOptions>? configure = null, object? serviceKey = null)
    {
        ServiceCollection services = new();
        services.AddLogging();
        Array.ForEach(encoders, encoder => services.AddSingleton(encoder));
        services.AddHealthChecks().AddLocalEncoders(serviceKey: serviceKey, configure: configure);
        using ServiceProvider provider = services.BuildServiceProvider();
        return (await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["localretrieval.encoders"];
    }
}
