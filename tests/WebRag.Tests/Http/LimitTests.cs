using System.Net;

namespace WebRag.Tests.Http;

/// <summary>Whoever asks too much waits, and others do not.</summary>
public class LimitTests
{
    [Theory]
    [InlineData("WebRag:SearchesPerSecond=1", "/api/suggest", 10)]
    [InlineData("WebRag:QuestionsPerMinute=3", "/api/search", 3)]
    [InlineData("WebRag:QuestionsPerMinute=2", "/api/chat", 2)]
    [InlineData("WebRag:UploadsPerMinute=2", "/api/uploads", 2)]
    public async Task BeyondTheLimitOneWaitsWhileOthersGoOn(string setting, string path, int allowed)
    {
        await using WebRagServer server = await WebRagServer.StartAsync(null, setting, $"WebRag:Folder={AppContext.BaseDirectory}/corpus/data");
        using Visitor ann = await server.VisitAsync();
        using Visitor ben = await server.VisitAsync();
        Task<HttpResponseMessage> AskAsync(Visitor visitor) => path == "/api/uploads"
            ? visitor.SendAsync("a.md", "text"u8.ToArray())
            : visitor.PostAsync(path, new { query = "drill", question = "drill" });

        List<HttpResponseMessage> responses = [];
        for (int index = 0; index < allowed + 15 && responses.All(response => response.IsSuccessStatusCode); index++)
        {
            responses.Add(await AskAsync(ann));
        }

        HttpResponseMessage refused = responses[^1];
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.True(responses.Count > allowed, $"Only {responses.Count - 1} were answered.");
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Contains("Try again in", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True((await AskAsync(ben)).IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("/api/suggest")]
    [InlineData("/api/search")]
    [InlineData("/api/chat")]
    public async Task ABodyLongerThanAnyQuestionIsNotRead(string path)
    {
        await using WebRagServer server = await WebRagServer.StartAsync(null, $"WebRag:Folder={AppContext.BaseDirectory}/corpus/data");
        using Visitor ann = await server.VisitAsync();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await ann.PostAsync(path, new { query = "drill", question = "drill", filter = new { tag = new string('y', 1 << 20) } })).StatusCode);
        // The longest question, each of its units escaped, is.
        Assert.True((await ann.PostAsync(path, new { query = new string('\u05D0', 500), question = new string('\u05D0', 500) })).IsSuccessStatusCode);
    }
}
