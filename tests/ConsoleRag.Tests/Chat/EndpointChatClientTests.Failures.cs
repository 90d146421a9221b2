using Microsoft.Extensions.AI;
using Samples.Chat;

namespace ConsoleRag.Tests.Chat;

public partial class EndpointChatClientTests
{
    [Theory]
    [InlineData(401, "answered 401 (Unauthorized). It refused the API key. ")]
    [InlineData(404, "answered 404 (NotFound). It does not know the path, or the model 'small'. ")]
    [InlineData(429, "answered 429 (TooManyRequests). It limits requests, or the account has no credit. ")]
    [InlineData(500, "answered 500 (InternalServerError). ")]
    public async Task GetResponseAsync_ErrorStatus_NamesEndpointStatusAndReason(int status, string expected)
    {
        using StubEndpoint endpoint = StubEndpoint.Answering(
            """{ "error": { "message": "It is\nso.", "type": "some_type", "code": "some_code" } }""", status);

        string error = await FailAsync(endpoint.Address);

        Assert.StartsWith($"The chat endpoint {endpoint.Address} {expected}", error, StringComparison.Ordinal);
        Assert.EndsWith("It is so.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponseAsync_ErrorStatusWithAPage_QuotesItsStart()
    {
        using StubEndpoint endpoint = StubEndpoint.Answering($"<html>\n<h1>Bad gateway</h1>{new string('x', 1000)}", 400, "text/html");

        string error = await FailAsync(endpoint.Address);

        Assert.Contains("answered 400 (BadRequest). It sent: <html> <h1>Bad gateway</h1>xxx", error, StringComparison.Ordinal);
        Assert.EndsWith("xx…", error, StringComparison.Ordinal);
        Assert.InRange(error.Length, 200, 400);
    }

    [Theory]
    [InlineData("<!DOCTYPE html>\n<html>Log in</html>", "text/html; charset=utf-8", "<!DOCTYPE html> <html>Log in</html>")]
    [InlineData("{\n  \"error\": \"no such thing\"\n}", "application/json", "{ \"error\": \"no such thing\" }")]
    [InlineData("data: hello\n\n", "text/event-stream", "data: hello")]
    [InlineData("hello", "text/event-stream", "hello")]
    [InlineData("", "text/event-stream", "nothing")]
    public async Task GetResponseAsync_NoStreamOfCompletions_SaysWhatCameInstead(string body, string contentType, string quoted)
    {
        using StubEndpoint endpoint = StubEndpoint.Answering(body, contentType: contentType);

        Assert.Equal(
            $"The chat endpoint {endpoint.Address} answered 200 (OK). The answer is {contentType}, not a stream of chat completions. "
            + $"Is the path of the address right? It often ends in /v1. It begins: {quoted}",
            await FailAsync(endpoint.Address));
    }

    [Theory]
    [InlineData("""{"id":"c","choices":[]}""", "\"choices\":[]")]
    [InlineData("""{"id":"c","choices":[{"index":0,"delta":{"content":" "},"finish_reason":"stop"}]}""", "\"content\":\" \"")]
    [InlineData("""{"error":{"message":"too long"}}""", "too long")]
    [InlineData("[DONE]", "nothing")]
    public async Task GetResponseAsync_StreamWithoutAText_QuotesItsStart(string data, string quoted)
    {
        using StubEndpoint endpoint = StubEndpoint.Streaming(data, "[DONE]");

        string error = await FailAsync(endpoint.Address);

        Assert.Contains($"{endpoint.Address} answered 200 (OK) without a text. Its stream begins: ", error, StringComparison.Ordinal);
        Assert.Contains(quoted, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "content": "Forty" }""", "null", "broke off before the end of its answer.")]
    [InlineData("""{ "content": "Forty" }""", "\"length\"", "ended its answer early, for the reason 'length'.")]
    [InlineData("""{ "content": "Forty" }""", "\"content_filter\"", "ended its answer early, for the reason 'content_filter'.")]
    [InlineData("""{ "refusal": "I can\nnot." }""", Stop, "refused: I can not.")]
    public async Task GetResponseAsync_AnswerIsNotWhole_SaysSo(string delta, string reason, string expected)
    {
        using StubEndpoint endpoint = StubEndpoint.Streaming(StubEndpoint.Chunk(delta, reason));

        Assert.Equal($"The chat endpoint {endpoint.Address} {expected}", await FailAsync(endpoint.Address));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ConnectionBreaks_KeepsWhatHadCome()
    {
        using StubEndpoint endpoint = StubEndpoint.BreakingOff($"data: {StubEndpoint.Chunk("""{ "content": "For" }""")}\n\n");
        using IChatClient client = ClientOf(endpoint.Address);

        ChatResponse response = await client.GetResponseAsync("a?");

        Assert.Equal("For", response.Text);
        Assert.Contains($"{endpoint.Address} could not be reached, or broke off.", ErrorOf(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponseAsync_BrokenEvent_KeepsWhatHadCome()
    {
        using StubEndpoint endpoint = StubEndpoint.Streaming(StubEndpoint.Chunk("""{ "content": "For" }"""), "{ broken");
        using IChatClient client = ClientOf(endpoint.Address);

        ChatResponse response = await client.GetResponseAsync("a?");

        Assert.Equal("For", response.Text);
        Assert.Contains("answered 200 (OK) with what is no chat completion.", ErrorOf(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponseAsync_NothingListens_NamesTheEndpoint()
    {
        Uri address = StubEndpoint.Unused();

        Assert.StartsWith($"The chat endpoint {address} could not be reached", await FailAsync(address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponseAsync_AddressWithSecrets_DoesNotShowThem()
    {
        UriBuilder address = new(StubEndpoint.Unused()) { UserName = "me", Password = "secret" };

        Assert.DoesNotContain("secret", await FailAsync(address.Uri), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponseAsync_TimeOutOfTheClient_SaysThatItTookTooLong()
    {
        using EndpointChatClient client = new(
            InnerOf(Answers(Task.FromException<bool>(new TaskCanceledException()))).Object, _ => { }, TimeProvider.System);

        Assert.EndsWith("did not answer in time.", ErrorOf(await client.GetResponseAsync("a?")), StringComparison.Ordinal);
    }

    private static async Task<string> FailAsync(Uri endpoint)
    {
        using IChatClient client = ClientOf(endpoint);
        string error = ErrorOf(await client.GetResponseAsync("a?"))!;
        Assert.DoesNotContain('\n', error);
        return error;
    }
}
