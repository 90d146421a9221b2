using LocalRetrieval.Loading;
using LocalRetrieval.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace LocalRetrieval.Hosting.Tests;

public sealed class EncoderWarmUpTests
{
    [Fact]
    public async Task BeforeStart_Encoders_AreLoadedAndRanWhenOtherServicesStart()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        List<(bool IsLoaded, bool HasRun)> seen = [];
        builder.Services.AddHostedService(provider => new AtStart(() => seen.AddRange(RegisteredEncoder.Of(provider)
            .Select(encoder => (encoder.Model!.IsLoaded, encoder.Model.LoadedInfo?.Execution?.SinceLastRun is not null)))));
        builder.AddLocalRetrieval(configure: options => options.WarmUp = WarmUpMode.BeforeStart);
        using IHost host = builder.Build();

        await host.StartAsync();
        await host.StopAsync();

        Assert.Equal([(true, true), (true, true)], seen);
    }

    [Fact]
    public async Task BeforeStart_EncodersThatFail_KeepTheHostFromStartingByTheirNames()
    {
        using IHost host = Build(
            WarmUpMode.BeforeStart,
            new FakeEncoder().Register("Embeddings", warmUp: _ => throw new InvalidDataException("model.onnx is cut off.")),
            new FakeEncoder().Register("SparseEmbeddings"),
            new FakeEncoder().Register("Reranker", warmUp: _ => throw new FileNotFoundException("config.json is missing.")));

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());

        Assert.Equal("The host does not start, since encoders could not be warmed up: Embeddings: model.onnx is cut off. Reranker: config.json is missing.", exception.Message);
        Assert.Equal(2, Assert.IsType<AggregateException>(exception.InnerException).InnerExceptions.Count);
    }

    [Fact]
    public async Task BeforeStart_OneThatFails_IsTheCause()
    {
        using IHost host = Build(WarmUpMode.BeforeStart, new FakeEncoder().Register(warmUp: _ => throw new InvalidDataException("model.onnx is cut off.")));

        Assert.IsType<InvalidDataException>((await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync())).InnerException);
    }

    [Fact]
    public async Task InBackground_HostIsStartedMeanwhile_AndIsHealthyWhenAllAreLoaded()
    {
        TaskCompletionSource load = new(TaskCreationOptions.RunContinuationsAsynchronously);
        FakeEncoder unloaded = new() { IsLoaded = false };
        RegisteredEncoder encoder = unloaded.Register(warmUp: _ => load.Task);
        using IHost host = Build(WarmUpMode.InBackground, encoder);

        await host.StartAsync().OrHang();
        HealthReportEntry loading = await CheckAsync(host);
        encoder.Model = new FakeEncoder();
        load.SetResult();
        await WarmUp(host).Background.OrHang();
        HealthReportEntry loaded = await CheckAsync(host);
        await host.StopAsync();

        Assert.Equal((HealthStatus.Unhealthy, "Embeddings is being loaded."), (loading.Status, loading.Description));
        Assert.Equal(HealthStatus.Healthy, loaded.Status);
    }

    [Fact]
    public async Task InBackground_OneThatFails_IsLoggedAndToldByNameAndTheHostGoesOn()
    {
        using RecordingLoggerFactory logs = new();
        ManualClock clock = new();
        using IHost host = Build(WarmUpMode.InBackground, logs, clock, new FakeEncoder { IsLoaded = false }.Register("Reranker", warmUp: _ => throw new InvalidDataException("model.onnx is cut off.")));

        await host.StartAsync();
        await clock.NextTimerAsync();
        HealthReportEntry entry = await CheckAsync(host);
        await host.StopAsync();

        Assert.Equal((HealthStatus.Unhealthy, "Reranker cannot be loaded or run: model.onnx is cut off."), (entry.Status, entry.Description));
        Assert.Contains(logs.Messages, message => message.Contains("The encoder Reranker could not be warmed up.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task InBackground_OneThatFails_IsTriedAgainWithGrowingDelayUntilItWorks()
    {
        int tries = 0;
        ManualClock clock = new();
        using IHost host = Build(WarmUpMode.InBackground, logs: null, clock, new FakeEncoder().Register(warmUp: _ => ++tries <= 8 ? throw new IOException("not mounted") : Task.CompletedTask));
        List<double> delays = [];

        await host.StartAsync();
        for (int failed = 0; failed < 8; failed++)
        {
            ManualClock.PendingTimer timer = await clock.NextTimerAsync();
            Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(host)).Status);
            delays.Add(timer.Due.TotalSeconds);
            timer.Elapse();
        }

        await WarmUp(host).Background.OrHang();
        HealthReportEntry entry = await CheckAsync(host);
        await host.StopAsync();

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], delays);
        Assert.Equal(HealthStatus.Healthy, entry.Status);
    }

    [Fact]
    public async Task InBackground_HostThatStopsBetweenTwoTries_EndsThem()
    {
        ManualClock clock = new();
        using IHost host = Build(WarmUpMode.InBackground, logs: null, clock, new FakeEncoder { IsLoaded = false }.Register(warmUp: _ => throw new IOException("not mounted")));
        await host.StartAsync();
        await clock.NextTimerAsync();

        await host.StopAsync().OrHang();

        Assert.True(WarmUp(host).Background.IsCompleted);
    }

    [Fact]
    public async Task InBackground_HostThatIsDisposedWithoutAStop_EndsIt()
    {
        ManualClock clock = new();
        IHost host = Build(WarmUpMode.InBackground, logs: null, clock, new FakeEncoder { IsLoaded = false }.Register(warmUp: _ => throw new IOException("not mounted")));
        await host.StartAsync();
        await clock.NextTimerAsync();
        Task background = WarmUp(host).Background;

        host.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => background.OrHang());
    }

    [Fact]
    public async Task InBackground_HostThatStops_EndsIt()
    {
        using IHost host = Build(WarmUpMode.InBackground, new FakeEncoder { IsLoaded = false }.Register(warmUp: token => Task.Delay(Timeout.Infinite, token)));
        await host.StartAsync();

        await host.StopAsync().OrHang();

        Assert.True(WarmUp(host).Background.IsCompleted);
    }

    [Fact]
    public async Task AddEncoderWarmUp_Key_LoadsThatKeysAlone()
    {
        List<string> loaded = [];
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        foreach (string? key in new[] { null, "faq" })
        {
            builder.Services.AddSingleton(new FakeEncoder().Register(serviceKey: key, warmUp: _ =>
            {
                loaded.Add(key ?? "none");
                return Task.CompletedTask;
            }));
        }

        builder.Services.AddEncoderWarmUp(WarmUpMode.BeforeStart, "faq").AddEncoderWarmUp(WarmUpMode.OnFirstUse);
        using IHost host = builder.Build();
        await host.StartAsync();
        await host.StopAsync();

        Assert.Equal(["faq"], loaded);
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Services.AddEncoderWarmUp((WarmUpMode)9));
    }

    private static IHost Build(WarmUpMode mode, params RegisteredEncoder[] encoders) => Build(mode, logs: null, clock: null, encoders);

    private static IHost Build(WarmUpMode mode, RecordingLoggerFactory? logs, ManualClock? clock, params RegisteredEncoder[] encoders)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        Array.ForEach(encoders, encoder => builder.Services.AddSingleton(encoder));
        if (logs is not null)
        {
            builder.Services.AddSingleton<Microsoft.Extensions.Logging.ILoggerFactory>(logs);
        }

        if (clock is not null)
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
        }

        builder.Services.AddHealthChecks().AddLocalEncoders();
        builder.Services.AddEncoderWarmUp(mode);
        return builder.Build();
    }

    private static EncoderWarmUp WarmUp(IHost host) => host.Services.GetServices<IHostedService>().OfType<EncoderWarmUp>().Single();

    private static async Task<HealthReportEntry> CheckAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["localretrieval.encoders"];

    /// <summary>Looks when services start.</summary>
    private sealed class AtStart(Action look) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            look();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
