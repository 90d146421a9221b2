using Microsoft.Playwright;

namespace WebRag.Tests.Browser;

/// <summary>One browser and one application for all tests in it; each test has a context of its own, and so is another visitor.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private WebRagServer? _server;

    internal WebRagServer Server => _server!;

    public async Task InitializeAsync()
    {
        if (Chromium.Path is null)
        {
            return;
        }

        // The tests of one collection come one after the other, but together faster than people do.
        _server = await (await WebRagServer.StartAsync(null, "WebRag:QuestionsPerMinute=10000", "WebRag:SearchesPerSecond=1000", "WebRag:UploadsPerMinute=1000")).ReadyAsync();
        // A machine under load takes its time.
        Assertions.SetDefaultExpectTimeout(60_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Path, Args = ["--no-sandbox"] });
    }

    /// <summary>A new visitor's page; it records whatever goes wrong in it.</summary>
    /// <param name="options">Its screen, language and the like.</param>
    /// <param name="path">What is opened.</param>
    /// <param name="prepare">What is done before that.</param>
    internal async Task<TestPage> OpenAsync(BrowserNewContextOptions? options = null, string path = "/", Func<IBrowserContext, Task>? prepare = null)
    {
        options ??= new BrowserNewContextOptions();
        options.BaseURL = Server.Address.ToString();
        IBrowserContext context = await _browser!.NewContextAsync(options);
        if (prepare is not null)
        {
            await prepare(context);
        }

        return await TestPage.OpenAsync(context, path);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
