using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LocalRetrieval.Mcp.Tests.Docs;

/// <summary>What docs/mcp.md says of the command line is what the command takes.</summary>
public sealed partial class McpPageTests
{
    private static readonly string Page = File.ReadAllText(Checkout.Path("docs", "mcp.md")).ReplaceLineEndings("\n");

    private readonly Command _command = ServerCommand.Create(_ => null);

    [Fact]
    public void Page_TableOfOptions_NamesEach()
    {
        string table = Page[Page.IndexOf("| Option |", StringComparison.Ordinal)..Page.IndexOf("## In a client", StringComparison.Ordinal)];

        Assert.Equal(
            _command.Options.Where(option => option.Name is not ("--help" or "--version")).Select(option => option.Name).Order(StringComparer.Ordinal),
            OptionName().Matches(table).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Page_ConfigurationsOfClients_StartTheServer()
    {
        JsonElement[] blocks = [.. Page.Split("```json\n").Skip(1).Select(part => JsonElement.Parse(part.Split("\n```")[0]))];
        JsonElement[] servers = [.. blocks.Select(block => (block.TryGetProperty("mcpServers", out JsonElement named) ? named : block.GetProperty("servers")).GetProperty("documents"))];
        string[][] commands = [.. servers.Where(server => server.TryGetProperty("args", out _)).Select(Arguments)];

        Assert.Equal(2, commands.Length);
        Assert.All(commands, arguments => Assert.Empty(_command.Parse([.. arguments.Select(argument => argument.Contains('/', StringComparison.Ordinal) ? AppContext.BaseDirectory : argument)]).Errors));
        Assert.Equal("http://127.0.0.1:3001/", servers.Single(server => server.TryGetProperty("url", out _)).GetProperty("url").GetString());
        Assert.Equal(3001, _command.Parse(["--docs", AppContext.BaseDirectory]).GetValue<int>("--port"));
    }

    /// <summary>What the server gets: behind "--" where something else starts it.</summary>
    private static string[] Arguments(JsonElement server)
    {
        string[] all = [.. server.GetProperty("args").EnumerateArray().Select(argument => argument.GetString()!)];
        return all[(Array.IndexOf(all, "--") + 1)..];
    }

    [GeneratedRegex("--[a-z]+")]
    private static partial Regex OptionName();
}
