using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace LocalRetrieval.Mcp.Tests;

/// <summary>What a client does with a server over <see cref="Documents"/>, by either transport.</summary>
internal static class ClientSteps
{
    // A loaded machine may take longer to start the server than the client would wait by itself.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static McpClientOptions Options(string? version) => new() { ProtocolVersion = version, DiscoverProbeTimeout = Limit, InitializationTimeout = Limit };

    public static async Task RunAsync(McpClient client, string version)
    {
        Assert.Equal(version, client.NegotiatedProtocolVersion);
        Assert.Equal("localretrieval-mcp", client.ServerInfo!.Name);
        IList<McpClientTool> tools = await client.ListToolsAsync();
        Assert.Equal(["fetch", "search"], tools.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.StartsWith("Searches the handbook for passages", tools.Single(tool => tool.Name == "search").Description, StringComparison.Ordinal);

        // One document of each of three readers; the fourth is broken, and keeps no one from the others.
        JsonElement pump = (await SearchAsync(client, "How often is the pump P-4711 oiled?")).GetProperty("results")[0];
        Assert.Equal("localretrieval://source/pumps.md", pump.GetProperty("url").GetString());
        Assert.Equal("localretrieval://source/manuals/leave.html", (await SearchAsync(client, "paid leave")).GetProperty("results")[0].GetProperty("url").GetString());
        Assert.Equal("localretrieval://source/mail/kitchen.eml", (await SearchAsync(client, "coffee machine")).GetProperty("results")[0].GetProperty("url").GetString());

        JsonElement fetched = await FetchAsync(client, pump.GetProperty("id").GetString()!);
        Assert.Contains("every 500 hours", fetched.GetProperty("text").GetString(), StringComparison.Ordinal);
        ListResourcesResult resources = await client.ListResourcesAsync(new ListResourcesRequestParams());
        Assert.Equal(["mail/kitchen.eml", "manuals/leave.html", "pumps.md"], resources.Resources.Select(resource => resource.Name));
        TextResourceContents read = Assert.IsType<TextResourceContents>(Assert.Single((await client.ReadResourceAsync(resources.Resources[2].Uri)).Contents));
        Assert.Equal(fetched.GetProperty("text").GetString(), read.Text);
        await Assert.ThrowsAsync<McpProtocolException>(async () => await client.ReadResourceAsync("file:///etc/hostname"));
    }

    public static Task<JsonElement> SearchAsync(McpClient client, string query) => CallAsync(client, "search", "query", query);

    public static Task<JsonElement> FetchAsync(McpClient client, string id) => CallAsync(client, "fetch", "id", id);

    private static async Task<JsonElement> CallAsync(McpClient client, string tool, string name, string value)
    {
        CallToolResult result = await client.CallToolAsync(tool, new Dictionary<string, object?> { [name] = value }).AsTask().OrHang();
        string text = Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
        Assert.False(result.IsError ?? false, text);
        Assert.True(JsonElement.DeepEquals(result.StructuredContent!.Value, JsonElement.Parse(text)));
        return result.StructuredContent!.Value;
    }
}
