// A program outside of these namespaces needs each of them.
#pragma warning disable IDE0005

// snippet
using LocalRetrieval;
using LocalRetrieval.ModelContextProtocol;
using LocalRetrieval.Rag;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
// end

namespace LocalRetrieval.ModelContextProtocol.Tests.Docs;

/// <summary>The code of docs/mcp.md compiles.</summary>
public sealed class McpPageTests
{
    [Fact]
    public void Page_Snippet_IsTheCompiledOne()
    {
        string source = File.ReadAllText(Checkout.Path("tests", "LocalRetrieval.ModelContextProtocol.Tests", "Docs", "McpPageTests.cs")).ReplaceLineEndings("\n");
        string[] parts = [.. source.Split("// snippet\n").Skip(1).Select(part => part.Split("// end")[0].Replace("\n        ", "\n", StringComparison.Ordinal).Trim())];
        string page = File.ReadAllText(Checkout.Path("docs", "mcp.md")).ReplaceLineEndings("\n");

        Assert.Equal([string.Join("\n\n", parts)], page.Split("```csharp\n").Skip(1).Select(part => part.Split("\n```")[0]));
    }

    /// <summary>Compiled alone: it reads the standard input.</summary>
    internal static async Task ServeAsync()
    {
        // snippet
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);   // the standard output is the protocol's
        builder.Services.AddLocalRetrieval("handbook");
        builder.Services.AddPassageSync("handbook", options => options.Folder = "docs");
        builder.Services.AddMcpServer(server => server.ServerInstructions = "Search first; then fetch a result by its id to read its whole source.")
            .WithStdioServerTransport()
            .WithRetrievalTools(options => (options.Contents, options.HasSnippets) = ("the handbook", true))
            .WithSourceResources("handbook");
        await builder.Build().RunAsync();
        // end
    }
}
