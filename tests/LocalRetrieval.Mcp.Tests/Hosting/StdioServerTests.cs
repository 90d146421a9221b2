using System.Text.Json;
using LocalRetrieval.Documents.Office.Tests.Fixtures;
using LocalRetrieval.Documents.Pdf.Tests;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace LocalRetrieval.Mcp.Tests.Hosting;

/// <summary>The SDK's client over the standard streams of the real process.</summary>
public sealed class StdioServerTests : IDisposable
{
    private readonly Documents _documents = new();

    [Theory]
    [InlineData("2026-07-28")]
    [InlineData("2025-11-25")]
    public async Task Client_EachVersion_SearchesFetchesAndReads(string version)
    {
        await using McpClient client = await StartAsync(version);

        await ClientSteps.RunAsync(client, version);
    }

    [Fact]
    public async Task Client_ChatEndpoint_IsAskedForAnAnswer()
    {
        using StubEndpoint endpoint = StubEndpoint.Answering(
            """{"id":"1","object":"chat.completion","created":1700000000,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Every 500 hours [1]."},"finish_reason":"stop"}]}""");
        await using McpClient client = await StartAsync("2025-11-25", ("OPENAI_API_KEY", "key"), ("OPENAI_BASE_URL", endpoint.Address.AbsoluteUri), ("OPENAI_MODEL", "small"));

        CallToolResult result = await client.CallToolAsync("ask", new Dictionary<string, object?> { ["question"] = "How often is the pump P-4711 oiled?" }).AsTask().OrHang();

        Assert.False(result.IsError ?? false);
        Assert.Equal("Every 500 hours [1].", result.StructuredContent!.Value.GetProperty("answer").GetString());
        Assert.Equal("localretrieval://source/pumps.md", Assert.Single(result.StructuredContent!.Value.GetProperty("sources").EnumerateArray()).GetProperty("url").GetString());
        Assert.Equal("small", Assert.Single(endpoint.Requests).GetProperty("model").GetString());
    }

    [Fact]
    public async Task Client_ChatEndpointRefuses_IsToldWhyAndWhatElseThereIs()
    {
        using StubEndpoint endpoint = StubEndpoint.Answering("""{"error":{"message":"No such key."}}""", status: 401);
        await using McpClient client = await StartAsync("2025-11-25", ("OPENAI_API_KEY", "key"), ("OPENAI_BASE_URL", endpoint.Address.AbsoluteUri));

        CallToolResult result = await client.CallToolAsync("ask", new Dictionary<string, object?> { ["question"] = "How often is the pump oiled?" }).AsTask().OrHang();

        Assert.True(result.IsError);
        string text = Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
        Assert.Contains("No such key.", text, StringComparison.Ordinal);
        Assert.Contains("Use search and fetch instead", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_OfficeAndPdf_AreFoundAndRead()
    {
        _documents.Write("leave.docx", WordFile.Create(WordFile.P("Holidays", "berschrift1") + WordFile.P("Unused holidays are carried over until the end of March.")).ToBytes());
        _documents.Write("tariffs.xlsx", ExcelFile.Create(("Tariffs", ExcelFile.Row(1, "parcel", "price") + ExcelFile.Row(2, "oversized parcel to Norway", "77"))).ToBytes());
        _documents.Write("roadmap.pptx", PowerPointFile.Create(PowerPointFile.Slide(PowerPointFile.Shape("title", "Roadmap") + PowerPointFile.Shape("body", "The satellite is launched from Kiruna."))).ToBytes());
        _documents.Write("vault.pdf", new TestPdf().Page().Line(50, 700, "The vault opens at nine o'clock.").Page().Line(50, 700, "Its key is kept by the porter.").ToBytes());
        await using McpClient client = await StartAsync("2026-07-28");

        foreach ((string query, string name, string text) in new[]
        {
            ("Are unused holidays carried over?", "leave.docx", "end of March"),
            ("price of an oversized parcel to Norway", "tariffs.xlsx", "77"),
            ("Where is the satellite launched?", "roadmap.pptx", "Kiruna"),
            ("When does the vault open?", "vault.pdf", "kept by the porter"),
        })
        {
            JsonElement first = (await ClientSteps.SearchAsync(client, query)).GetProperty("results")[0];
            Assert.Equal($"localretrieval://source/{name}", first.GetProperty("url").GetString());
            Assert.Contains(text, (await ClientSteps.FetchAsync(client, first.GetProperty("id").GetString()!)).GetProperty("text").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Client_FolderIsEmpty_FindsNothing()
    {
        foreach (string path in Directory.EnumerateFileSystemEntries(_documents.Folder))
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }

        await using McpClient client = await StartAsync("2026-07-28");

        Assert.Empty((await ClientSteps.SearchAsync(client, "pump")).GetProperty("results").EnumerateArray());
        Assert.Empty(await client.ListResourcesAsync());
    }

    [Fact]
    public async Task Client_FolderChanges_FindsWhatIsNewAndNoLongerWhatIsGone()
    {
        await using McpClient client = await StartAsync("2026-07-28");
        await ClientSteps.SearchAsync(client, "pump");

        _documents.Write("new/valve.txt", "The valve V-12 is shut by the blue wheel.");
        File.Delete(Path.Combine(_documents.Folder, "pumps.md"));

        JsonElement found;
        do
        {
            found = await ClientSteps.SearchAsync(client, "valve V-12");
        }
        while (!Urls(found).Contains("localretrieval://source/new/valve.txt") || Urls(found).Contains("localretrieval://source/pumps.md"));
    }

    public void Dispose() => _documents.Dispose();

    private static IEnumerable<string?> Urls(JsonElement found) => found.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("url").GetString());

    private async Task<McpClient> StartAsync(string version, params (string Name, string Value)[] environment)
    {
        StdioClientTransport transport = new(new StdioClientTransportOptions
        {
            Command = ServerProcess.Executable,
            Arguments = ["--docs", _documents.Folder, "--name", "the handbook"],
            EnvironmentVariables = ServerProcess.Environment.Concat(environment.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value)))
                .GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value),
        });
        return await McpClient.CreateAsync(transport, ClientSteps.Options(version)).OrHang();
    }
}
