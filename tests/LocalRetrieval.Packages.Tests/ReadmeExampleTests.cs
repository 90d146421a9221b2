using System.Text.Json;

namespace LocalRetrieval.Packages.Tests;

[Collection(PackageFeedCollection.Name)]
public sealed class ReadmeExampleTests(PackageFeed feed)
{
    private const string Completion = """
        {"id":"1","object":"chat.completion","created":1700000000,"model":"small","choices":[{"index":0,"finish_reason":"stop",
        "message":{"role":"assistant","content":"It multiplies the load [1]."}}],"usage":{"prompt_tokens":9,"completion_tokens":5,"total_tokens":14}}
        """;

    [Fact]
    public async Task Console_Example_FindsTheArticle()
    {
        Application application = await Application.CreateAsync(feed, "console", ReadmeExample.Under("In a console application"));

        string output = await application.RunAsync();

        Assert.Matches(@"^2 documents indexed, 0 failed;.*\n\S+  retries\.md  Retries", output);
    }

    [Fact]
    public async Task Web_Example_AnswersARequest()
    {
        Application application = await Application.CreateAsync(feed, "web", ReadmeExample.Under("In a web application"));
        using WebServer server = await WebServer.StartAsync(await application.BuildAsync(), application.Folder);

        JsonElement result = JsonDocument.Parse(await server.Client.GetStringAsync("/search?q=Why%20does%20a%20retry%20make%20an%20outage%20worse%3F")).RootElement;

        Assert.Equal("retries.md", result.GetProperty("passages")[0].GetProperty("source").GetString());
    }

    [Fact]
    public async Task Chat_Example_AnswersWithASource()
    {
        Application application = await Application.CreateAsync(feed, "chat", ReadmeExample.Under("With a chat model"));
        using StubEndpoint endpoint = StubEndpoint.Answering(Completion);

        string output = await application.RunAsync(new("OPENAI_BASE_URL", endpoint.Address.ToString()), new("OPENAI_API_KEY", "key"), new("OPENAI_MODEL", "small"));

        Assert.Equal("Bearer key", Assert.Single(endpoint.Keys));
        Assert.Contains("A retry multiplies the load", endpoint.Requests[0].ToString(), StringComparison.Ordinal);
        Assert.StartsWith("It multiplies the load [1].", output, StringComparison.Ordinal);
        Assert.Contains("retries.md", output, StringComparison.Ordinal);
    }
}
