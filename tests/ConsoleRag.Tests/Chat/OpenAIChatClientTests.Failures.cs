using System.ClientModel;
using System.Net;
using ConsoleRag.Chat;
using Microsoft.Extensions.AI;

namespace ConsoleRag.Tests.Chat;

public partial class OpenAIChatClientTests
{
    [Theory]
    [InlineData(401, "401 (Unauthorized). It refused the API key.")]
    [InlineData(404, "404 (NotFound). It does not know the path, or the model 'small'.")]
    [InlineData(429, "429 (TooManyRequests).")]
    [InlineData(500, "500 (InternalServerError).")]
    public async Task GetResponse_ErrorStatus_NamesEndpointStatusAndReason(int status, string expected)
    {
        using StubEndpoint endpoint = StubEndpoint.Answering(
            """{ "error": { "message": "It is\nso.", "type": "some_type", "code": "some_code" } }""", status);
        using OpenAIChatClient client = ClientOf(endpoint.Address);

        await AssertFailsAsync(client, exception =>
        {
            Assert.Contains($"{endpoint.Address} answered {expected}", exception.Message, StringComparison.Ordinal);
            Assert.Contains("It is so.", exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', exception.Message);
            Assert.Equal((HttpStatusCode)status, exception.StatusCode);
            Assert.IsType<ClientResultException>(exception.InnerException);
        });
    }

    [Theory]
    [InlineData("<html>Welcome</html>")]
    [InlineData("""{ "error": "no such thing" }""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task GetResponseAsync_AnotherBody_SaysThatItIsNoCompletion(string body)
    {
        using StubEndpoint endpoint = StubEndpoint.Answering(body);
        using OpenAIChatClient client = ClientOf(endpoint.Address);

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetResponseAsync("a?"));

        Assert.Contains($"{endpoint.Address} gave an answer that is not a chat completion", exception.Message, StringComparison.Ordinal);
        Assert.NotNull(exception.InnerException);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_BrokenEvent_SaysThatItIsNoCompletion()
    {
        using StubEndpoint endpoint = StubEndpoint.Streaming(Chunk("""{ "content": "For" }"""), "{ broken");
        using OpenAIChatClient client = ClientOf(endpoint.Address);
        List<string> pieces = [];

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("a?"))
            {
                pieces.Add(update.Text);
            }
        });

        Assert.Equal(["For"], pieces);
        Assert.Contains("not a chat completion", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task GetResponse_NothingListens_NamesTheEndpoint(int retries)
    {
        Uri address = StubEndpoint.Unused();
        using OpenAIChatClient client = ClientOf(address, retries);

        await AssertFailsAsync(client, exception =>
        {
            Assert.Contains($"{address} could not be reached", exception.Message, StringComparison.Ordinal);
            Assert.Null(exception.StatusCode);
            Assert.NotNull(exception.InnerException);
        });
    }

    [Fact]
    public async Task GetResponseAsync_AddressWithSecrets_DoesNotShowThem()
    {
        UriBuilder address = new(StubEndpoint.Unused()) { UserName = "me", Password = "secret" };
        using OpenAIChatClient client = ClientOf(address.Uri);

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetResponseAsync("a?"));

        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponse_EndpointIsSilent_SaysThatItTookTooLong()
    {
        using StubEndpoint endpoint = StubEndpoint.Silent();
        using OpenAIChatClient client = ClientOf(endpoint.Address, timeout: TimeSpan.FromMilliseconds(200));

        await AssertFailsAsync(client, exception =>
            Assert.Contains($"{endpoint.Address} did not answer in time.", exception.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponse_CancelledMeanwhile_IsCancelled(bool streaming)
    {
        using StubEndpoint endpoint = StubEndpoint.Silent();
        using OpenAIChatClient client = ClientOf(endpoint.Address, retries: 3);
        using CancellationTokenSource source = new();

        Task answer = streaming
            ? ListAsync(client.GetStreamingResponseAsync("a?", cancellationToken: source.Token))
            : client.GetResponseAsync("a?", cancellationToken: source.Token);
        await endpoint.Requested.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    private static async Task AssertFailsAsync(OpenAIChatClient client, Action<HttpRequestException> assert)
    {
        assert(await Assert.ThrowsAsync<HttpRequestException>(() => client.GetResponseAsync("a?")));
        assert(await Assert.ThrowsAsync<HttpRequestException>(() => ListAsync(client.GetStreamingResponseAsync("a?"))));
    }
}
