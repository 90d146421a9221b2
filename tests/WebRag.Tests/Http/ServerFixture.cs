namespace WebRag.Tests.Http;

/// <summary>One application for the tests that ask it without a browser.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private WebRagServer? _server;

    internal WebRagServer Server => _server!;

    public async Task InitializeAsync() => _server = await (await WebRagServer.StartAsync(null, "WebRag:QuestionsPerMinute=10000", "WebRag:SearchesPerSecond=1000", "WebRag:UploadsPerMinute=1000")).ReadyAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
