using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WebRag.Documents;
using WebRag.Sessions;

namespace WebRag.Tests.Http;

/// <summary>A session that is not used ends, and its files with it.</summary>
public class ExpiryTests
{
    [Fact]
    public async Task AnIdleSessionIsForgottenWithItsFiles()
    {
        MovedClock clock = new();
        await using WebRagServer server = await (await WebRagServer.StartAsync(
            (WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(clock),
            "WebRag:SessionIdle=01:00:00", $"WebRag:Folder={AppContext.BaseDirectory}/corpus/data")).ReadyAsync();
        using Visitor idle = await server.VisitAsync();
        using Visitor active = await server.VisitAsync();
        await idle.UploadAsync("idle.md", "# Idle\n\nText."u8.ToArray());
        await active.UploadAsync("active.md", "# Active\n\nText."u8.ToArray());
        int before = await CountAsync(server);

        clock.Now += TimeSpan.FromMinutes(59);
        Assert.Equal(HttpStatusCode.OK, (await active.Client.GetAsync("/api/uploads")).StatusCode);
        clock.Now += TimeSpan.FromMinutes(2);
        await server.Services.GetServices<IHostedService>().OfType<SessionExpiry>().Single().ForgetIdleAsync(CancellationToken.None);

        Assert.Equal(HttpStatusCode.Unauthorized, (await idle.Client.GetAsync("/api/uploads")).StatusCode);
        Assert.Contains("active.md", await active.Client.GetStringAsync("/api/uploads"), StringComparison.Ordinal);
        Assert.Equal(before - 1, await CountAsync(server));
    }

    [Fact]
    public async Task ANewVisitorTakesThePlaceOfOneWithoutFiles()
    {
        await using WebRagServer server = await WebRagServer.StartAsync(null, "WebRag:MaxSessions=2", $"WebRag:Folder={AppContext.BaseDirectory}/corpus/data");
        using Visitor kept = await server.VisitAsync();
        await kept.UploadAsync("kept.md", "# Kept\n\nText."u8.ToArray());
        using Visitor second = await server.VisitAsync();
        using Visitor third = await server.VisitAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await second.Client.GetAsync("/api/uploads")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await kept.Client.GetAsync("/api/uploads")).StatusCode);

        await third.UploadAsync("third.md", "# Third\n\nText."u8.ToArray());
        using HttpClient fourth = new() { BaseAddress = server.Address };
        using HttpResponseMessage response = await fourth.GetAsync("/api/session");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    private static async Task<int> CountAsync(WebRagServer server)
    {
        var collection = await server.Services.GetRequiredService<Library>().OpenAsync(CancellationToken.None);
        return await collection.GetAsync(passage => passage.Ordinal == 0, int.MaxValue).CountAsync();
    }

    private sealed class MovedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
