using System.Diagnostics;
using System.Text.Json;

namespace LocalRetrieval.Packages.Tests;

/// <summary>The server as a tool, from its package.</summary>
[Collection(PackageFeedCollection.Name)]
public sealed class ToolTests(PackageFeed feed)
{
    private const string Id = "LocalRetrieval.Mcp";

    [Fact]
    public void Pack_Tool_IsAServerWhoseManifestNamesIt()
    {
        PackageFile package = PackageFile.Read(feed.Packages, Id, feed.Version);
        JsonElement manifest = JsonElement.Parse(package.Text(".mcp/server.json"));
        JsonElement entry = Assert.Single(manifest.GetProperty("packages").EnumerateArray());

        Assert.Equal(["DotnetTool", "McpServer"], package.Metadata.Descendants(package.Metadata.Name.Namespace + "packageType").Select(type => type.Attribute("name")!.Value));
        Assert.Equal((feed.Version, feed.Version), (manifest.GetProperty("version").GetString(), entry.GetProperty("version").GetString()));
        Assert.Equal(("nuget", Id), (entry.GetProperty("registryType").GetString(), entry.GetProperty("identifier").GetString()));
        Assert.Contains("tools/net10.0/any/LocalRetrieval.Models/bi-encoder/onnx/model.onnx", package.Files);
        Assert.DoesNotContain(package.Files, file => file.Contains("/runtimes/ios/", StringComparison.Ordinal) || file.Contains("/runtimes/android/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Install_Tool_AnswersOverTheStandardStreams()
    {
        string folder = feed.Path("tools");
        string docs = Directory.CreateDirectory(feed.Path("docs")).FullName;
        await File.WriteAllTextAsync(Path.Combine(docs, "pumps.md"), "# Pumps\n\nThe pump P-4711 is oiled every 500 hours of work.\n");
        await CommandLine.RunAsync("dotnet", feed.Applications, ["tool", "install", Id, "--version", feed.Version, "--tool-path", folder], feed.Environment);
        ProcessStartInfo start = new(Path.Combine(folder, "localretrieval-mcp"), ["--docs", docs]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using Process server = Process.Start(start)!;
        string[] requests =
        [
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"by hand","version":"1"}}}""",
            """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
            """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search","arguments":{"query":"How often is the pump oiled?"}}}""",
        ];
        await server.StandardInput.WriteAsync(string.Concat(requests.Select(request => $"{request}\n")));
        await server.StandardInput.FlushAsync();
        List<JsonElement> answers = [];
        while (answers.Count < 2 && await server.StandardOutput.ReadLineAsync() is { } line)
        {
            answers.Add(JsonElement.Parse(line));
        }

        server.StandardInput.Close();
        await server.WaitForExitAsync();

        JsonElement found = answers.Single(answer => answer.GetProperty("id").GetInt32() == 2).GetProperty("result").GetProperty("structuredContent");
        Assert.Equal("localretrieval://source/pumps.md", found.GetProperty("results")[0].GetProperty("url").GetString());
        Assert.Equal(0, server.ExitCode);
    }
}
