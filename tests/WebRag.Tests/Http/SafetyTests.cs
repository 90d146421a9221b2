using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WebRag.Tests.Http;

/// <summary>Headers, hosts, health, and logs that hold nothing of what people write.</summary>
[Collection(ServerCollection.Name)]
public class SafetyTests(ServerFixture fixture)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/app.js")]
    [InlineData("/api/session")]
    [InlineData("/api/documents")]
    [InlineData("/no/such/page")]
    [InlineData("/health/live")]
    public async Task EveryAnswerHasThePolicy(string path)
    {
        using HttpClient client = new() { BaseAddress = fixture.Server.Address };
        using HttpResponseMessage response = await client.GetAsync(path);
        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public async Task AnotherHostIsRefused()
    {
        using HttpClient client = new() { BaseAddress = fixture.Server.Address };
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/session");
        request.Headers.Host = "evil.example";
        using HttpResponseMessage response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task ItSaysThatItLivesAndIsReady()
    {
        using HttpClient client = new() { BaseAddress = fixture.Server.Address };
        Assert.Equal("Healthy", await client.GetStringAsync("/health/live"));
        Assert.Equal("Healthy", await client.GetStringAsync("/health/ready"));
    }

    [Fact]
    public async Task NoLogHoldsWhatPeopleWrite()
    {
        CollectedLogs logs = new();
        await using WebRagServer server = await (await WebRagServer.StartAsync(
            builder =>
            {
                builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
                builder.Services.Configure<LoggerFilterOptions>(options =>
                {
                    options.Rules.Clear();
                    options.MinLevel = LogLevel.Trace;
                });
            },
            $"WebRag:Folder={AppContext.BaseDirectory}/corpus/data")).ReadyAsync();
        using Visitor visitor = await server.VisitAsync();
        await visitor.UploadAsync("quorbix-letter.md", "# Letter\n\nThe zemblanity of my aunt is 4711."u8.ToArray());
        await visitor.UploadAsync("quorbix-broken.pdf", "%PDF-1.7 zemblanity"u8.ToArray());
        await visitor.PostJsonAsync("/api/suggest", new { query = "zemblanity of my aunt" });
        await visitor.PostJsonAsync("/api/search", new { query = "zemblanity of my aunt" });
        List<(string Name, JsonElement Data)> events = await visitor.AskAsync(new { question = "What is the zemblanity of my aunt?" });
        await visitor.Client.GetStringAsync($"/api/conversations/{events[0].Data.GetProperty("conversation").GetString()}");

        Assert.True(logs.Lines.Count > 50, "Next to nothing was logged, so that nothing was looked at.");
        Assert.DoesNotContain(logs.Lines, line => line.Contains("zemblanity", StringComparison.OrdinalIgnoreCase) || line.Contains("4711", StringComparison.Ordinal));
        Assert.DoesNotContain(logs.Lines, line => line.Contains("quorbix", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(logs.Lines, line => line.Contains("webrag-session=", StringComparison.Ordinal));
    }

    private sealed class CollectedLogs : ILoggerProvider, ILogger
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Lines.Enqueue(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            StringBuilder line = new(formatter(state, exception));
            line.Append(exception);
            Lines.Enqueue(line.ToString());
        }

        public void Dispose()
        {
        }
    }
}
