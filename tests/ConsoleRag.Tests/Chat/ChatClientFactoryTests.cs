using Microsoft.Extensions.AI;
using Samples.Chat;

namespace ConsoleRag.Tests.Chat;

public class ChatClientFactoryTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Create_NoKey_IsExtractive(string? key)
    {
        using IChatClient client = Create(key, "https://example.com/v1", "small");

        Assert.IsType<ExtractiveChatClient>(client);
    }

    [Fact]
    public void Create_KeyOnly_TakesDefaults()
    {
        using IChatClient client = Create("key", baseUrl: null, model: " ");

        ChatClientMetadata metadata = client.GetService<ChatClientMetadata>()!;
        Assert.Equal(("gpt-4o-mini", "api.openai.com"), (metadata.DefaultModelId, metadata.ProviderUri!.Host));
    }

    [Fact]
    public void Create_AllVariables_AreTaken()
    {
        using IChatClient client = Create("key", " http://localhost:8080/v1 ", "small");

        ChatClientMetadata metadata = client.GetService<ChatClientMetadata>()!;
        Assert.Equal(("small", new Uri("http://localhost:8080/v1")), (metadata.DefaultModelId, metadata.ProviderUri));
    }

    [Theory]
    [InlineData("localhost:8080/v1")]
    [InlineData("/v1")]
    [InlineData("ftp://example.com")]
    public void Create_MalformedBaseUrl_NamesTheVariable(string baseUrl)
    {
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => Create("key", baseUrl, model: null));

        Assert.Contains("OPENAI_BASE_URL", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"'{baseUrl}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_KeyWithLineBreak_IsTrimmed()
    {
        using StubEndpoint endpoint = StubEndpoint.Answering("{}", 401);
        using IChatClient client = Create("key\n", endpoint.Address.AbsoluteUri, model: null);

        await client.GetResponseAsync("a?");

        Assert.Equal("Bearer key", Assert.Single(endpoint.Keys));
    }

    [Fact]
    public async Task Create_EndpointFailsForAMoment_IsAskedAgainOnce()
    {
        using StubEndpoint endpoint = StubEndpoint.Answering("{}", 500);
        using IChatClient client = Create("key", endpoint.Address.AbsoluteUri, model: null);

        await client.GetResponseAsync("a?");

        Assert.Equal(2, endpoint.Requests.Count);
    }

    private static IChatClient Create(string? key, string? baseUrl, string? model) => ChatClientFactory.Create(
        variable => variable switch
        {
            "OPENAI_API_KEY" => key,
            "OPENAI_BASE_URL" => baseUrl,
            "OPENAI_MODEL" => model,
            _ => throw new ArgumentOutOfRangeException(nameof(variable), variable, "No such variable is read."),
        },
        _ => { },
        TimeProvider.System);
}
