using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Hosting.Tests;

/// <summary>What becomes of calls that wait for encoders when their host shuts down.</summary>
public sealed class EncoderShutdownTests
{
    private static readonly string[] Texts = [.. Enumerable.Range(0, 200).Select(i => $"The chain of bicycle {i} is oiled every month, and washed twice a year.")];

    [Fact]
    public async Task StopAsync_TimeThatSuffices_AnswersAllThatWaits()
    {
        using IHost host = await StartAsync(TimeSpan.FromMinutes(10));
        Task[] calls = Load(host, embeddings: 10, rerankings: 5);

        await host.StopAsync().OrHang();
        host.Dispose();

        await Task.WhenAll(calls).OrHang();
    }

    [Fact]
    public async Task StopAsync_TimeThatDoesNotSuffice_EndsEachCallByAnAnswerOrAnError()
    {
        using RecordingLoggerFactory logs = new();
        using IHost host = await StartAsync(TimeSpan.FromMilliseconds(1), logs);
        Task[] calls = Load(host, embeddings: 60, rerankings: 20);

        await host.StopAsync().OrHang();
        host.Dispose();

        Exception?[] errors = await Task.WhenAll(calls.Select(call => Record.ExceptionAsync(() => call.OrHang())));
        Assert.Contains(errors, error => error is not null);
        Assert.All(errors.OfType<Exception>(), error => Assert.Contains("was stopped, and this call has no answer", Assert.IsType<ObjectDisposedException>(error).Message, StringComparison.Ordinal));
        Assert.Contains(logs.Messages, message => message.Contains("ShutdownTimeout was over", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StopAsync_ServicesThatStillEncodeWhileTheyStop_AreAnswered()
    {
        float[]? vector = null;
        using IHost host = await StartAsync(TimeSpan.FromMinutes(10), add: services => services.AddHostedService(provider => new AtStop(async token =>
            vector = (await Generator(provider).GenerateVectorAsync("the last words", cancellationToken: token)).ToArray())));

        await host.StopAsync().OrHang();

        Assert.NotNull(vector);
        Assert.Contains("takes no more calls", (await Assert.ThrowsAsync<ObjectDisposedException>(() => Generator(host.Services).GenerateAsync(["late"]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopAsync_ServiceThatAwaitsAnEncoderWithoutItsToken_IsNotWaitedForWithoutEnd()
    {
        Exception? error = null;
        using IHost host = await StartAsync(TimeSpan.FromMilliseconds(1), add: services => services.AddHostedService(provider => new AtStop(async _ =>
            error = await Record.ExceptionAsync(() => Generator(provider).GenerateAsync(Enumerable.Repeat(Texts, 100).SelectMany(texts => texts), cancellationToken: CancellationToken.None)))));

        await host.StopAsync().OrHang();

        Assert.IsType<ObjectDisposedException>(error);
    }

    [Fact]
    public async Task StopAsync_NothingLoaded_LoadsNothing()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddLocalRetrieval();
        using IHost host = builder.Build();
        await host.StartAsync();

        await host.StopAsync();

        Assert.All(Loading.RegisteredEncoder.Of(host.Services), encoder => Assert.True(encoder.Model is null or { IsLoaded: false }));
    }

    private static IEmbeddingGenerator<string, Embedding<float>> Generator(IServiceProvider services) => services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

    private static async Task<IHost> StartAsync(TimeSpan shutdown, ILoggerFactory? logs = null, Action<IServiceCollection>? add = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = shutdown);
        if (logs is not null)
        {
            builder.Services.AddSingleton(logs);
        }

        add?.Invoke(builder.Services);
        builder.AddLocalRetrieval(configure: options => options.WarmUp = WarmUpMode.BeforeStart);
        IHost host = builder.Build();
        await host.StartAsync();
        return host;
    }

    // Of more texts than are run in a moment.
    private static Task[] Load(IHost host, int embeddings, int rerankings) =>
    [
        .. Enumerable.Range(0, embeddings).Select(_ => Generator(host.Services).GenerateAsync(Texts)),
        .. Enumerable.Range(0, rerankings).Select(_ => host.Services.GetRequiredService<ITextReranker>().RerankAsync("How often is the chain oiled?", Texts[..20])),
    ];

    /// <summary>Does something while it stops.</summary>
    private sealed class AtStop(Func<CancellationToken, Task> act) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => act(cancellationToken);
    }
}
