using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using Moq;
using Samples.Chat;

namespace ConsoleRag.Tests.Chat;

public partial class EndpointChatClientTests
{
    private const string Stop = "\"stop\"";

    [Fact]
    public async Task GetStreamingResponseAsync_Events_PassAsTheyCome()
    {
        using StubEndpoint endpoint = StubEndpoint.Streaming(
            StubEndpoint.Chunk("""{ "role": "assistant", "content": "" }"""),
            StubEndpoint.Chunk("""{ "content": "For" }"""),
            StubEndpoint.Chunk("""{ "content": "ty." }""", Stop),
            "[DONE]");
        using IChatClient client = ClientOf(endpoint.Address);

        List<ChatResponseUpdate> updates = await client.GetStreamingResponseAsync("How many?").ToListAsync();

        Assert.Equal(["For", "ty."], updates.Select(update => update.Text).Where(text => text.Length > 0));
        Assert.Null(ErrorOf(updates.ToChatResponse()));
        Assert.Equal("Bearer key", Assert.Single(endpoint.Keys));
        Assert.True(Assert.Single(endpoint.Requests).GetProperty("stream").GetBoolean());
    }

    [Theory]
    [InlineData(": a comment first")]
    [InlineData("event: message")]
    [InlineData("\n\nid: 1")]
    [InlineData("\uFEFF")]
    public async Task GetResponseAsync_AnotherStartOfAStream_IsRead(string start)
    {
        using StubEndpoint endpoint = StubEndpoint.Answering(
            $"{start}{(start == "\uFEFF" ? "" : "\n")}data: {StubEndpoint.Chunk("""{ "content": "Forty." }""", Stop)}\n\ndata: [DONE]\n\n",
            contentType: "text/event-stream");
        using IChatClient client = ClientOf(endpoint.Address);

        ChatResponse response = await client.GetResponseAsync("How many?");

        Assert.Equal("Forty.", response.Text);
        Assert.Null(ErrorOf(response));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_NoAnswer_SaysEveryTenSecondsWhatIsWaitedFor()
    {
        FakeTimeProvider time = new();
        List<string> notices = [];
        TaskCompletionSource<bool> answer = new();
        Mock<IChatClient> inner = InnerOf(Answers(answer.Task));
        inner.Setup(client => client.GetService(typeof(ChatClientMetadata), null))
            .Returns(new ChatClientMetadata("openai", new Uri("http://localhost:8080/v1"), "small"));
        using EndpointChatClient client = new(inner.Object, notices.Add, time);

        Task<ChatResponse> response = client.GetResponseAsync("a?");
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(["Asking http://localhost:8080/v1 …"], notices);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("Still waiting for http://localhost:8080/v1 after 10 s; Ctrl+C ends it.", notices[^1]);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Contains("after 20 s", notices[^1], StringComparison.Ordinal);

        answer.SetResult(true);
        await response;
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(3, notices.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponse_CancelledMeanwhile_IsCancelled(bool streaming)
    {
        using StubEndpoint endpoint = StubEndpoint.Silent();
        using IChatClient client = ClientOf(endpoint.Address);
        using CancellationTokenSource source = new();

        Task answer = streaming
            ? client.GetStreamingResponseAsync("a?", cancellationToken: source.Token).ToListAsync().AsTask()
            : client.GetResponseAsync("a?", cancellationToken: source.Token);
        await endpoint.Requested.Task;
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task GetResponseAsync_ConnectionBreaksSinceItIsCancelled_IsNoFailureOfTheEndpoint()
    {
        using CancellationTokenSource source = new();
        TaskCompletionSource<bool> answer = new();
        using EndpointChatClient client = new(InnerOf(Answers(answer.Task)).Object, _ => { }, TimeProvider.System);

        Task<ChatResponse> response = client.GetResponseAsync("a?", cancellationToken: source.Token);
        await source.CancelAsync();
        answer.SetException(new IOException("The connection was closed."));

        await Assert.ThrowsAsync<IOException>(() => response);
    }

    private static IChatClient ClientOf(Uri endpoint) => ChatClientFactory.Create(
        variable => variable switch { "OPENAI_API_KEY" => "key", "OPENAI_BASE_URL" => endpoint.AbsoluteUri, _ => "small" },
        _ => { },
        TimeProvider.System);

    private static Mock<IChatClient> InnerOf(IAsyncEnumerable<ChatResponseUpdate> answer)
    {
        Mock<IChatClient> inner = new();
        inner
            .Setup(client => client.GetStreamingResponseAsync(It.IsAny<IEnumerable<ChatMessage>>(), It.IsAny<ChatOptions>(), It.IsAny<CancellationToken>()))
            .Returns(answer);
        return inner;
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Answers(Task<bool> when)
    {
        await when;
        yield return new ChatResponseUpdate(ChatRole.Assistant, "Forty.") { FinishReason = ChatFinishReason.Stop };
    }

    private static string? ErrorOf(ChatResponse response) =>
        response.Messages.SelectMany(message => message.Contents).OfType<ErrorContent>().SingleOrDefault()?.Message;
}
