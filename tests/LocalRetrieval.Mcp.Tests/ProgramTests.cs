using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace LocalRetrieval.Mcp.Tests;

public sealed class ProgramTests : IDisposable
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"by hand","version":"1"}}}""";

    private readonly Documents _documents = new();

    [Fact]
    public async Task Stdio_EveryByteOfTheOutput_IsProtocol()
    {
        // Enough that the first run still goes on when it is asked for.
        _documents.Write("long.md", string.Join("\n\n", Enumerable.Range(0, 300).Select(i => $"# Valve {i}\n\nValve {i} is looked at every {i} hours, and its seal is changed every {i} days.")));
        using ServerProcess process = ServerProcess.Start("--docs", _documents.Folder);
        string[] lines =
        [
            Initialize,
            """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
            """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search","arguments":{"query":"pump"},"_meta":{"progressToken":"p"}}}""",
            """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"fetch","arguments":{"id":"../pumps.md"}}}""",
            """{"jsonrpc":"2.0","id":4,"method":"resources/list"}""",
            """{"jsonrpc":"2.0","id":5,"method":"resources/read","params":{"uri":"file:///etc/hostname"}}""",
            """{"jsonrpc":"2.0","id":6,"method":"no/such"}""",
            "this is no JSON",
        ];
        foreach (string line in lines)
        {
            await process.SendAsync(line);
        }

        await HangGuard.UntilAsync(() => process.Answers >= 6);
        (int code, byte[] output, string error) = await process.CompleteAsync();

        string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(output);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        JsonElement[] messages = [.. text.TrimEnd('\n').Split('\n').Select(line => JsonElement.Parse(line))];
        Assert.All(messages, message => Assert.Equal("2.0", message.GetProperty("jsonrpc").GetString()));
        Assert.Equal([1, 2, 3, 4, 5, 6], messages.Where(message => message.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.Number).Select(message => message.GetProperty("id").GetInt32()).Order());
        Assert.Contains(messages, message => message.TryGetProperty("method", out JsonElement method) && method.GetString() == "notifications/progress");
        Assert.Contains("broken.pdf", error, StringComparison.Ordinal);
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task Stdio_InputEndsAtOnce_EndsWithoutAWord()
    {
        using ServerProcess process = ServerProcess.Start("--docs", _documents.Folder);

        (int code, byte[] output, _) = await process.CompleteAsync();

        Assert.Empty(output);
        Assert.Equal(0, code);
    }

    [Theory]
    [InlineData("Option '--docs' is required.")]
    [InlineData("takes a folder, and there is none at 'no-such-folder'", "--docs", "no-such-folder")]
    [InlineData("--host takes 127.0.0.1, ::1 or localhost, and not '0.0.0.0'", "--docs", ".", "--transport", "http", "--host", "0.0.0.0")]
    [InlineData("--host takes 127.0.0.1, ::1 or localhost, and not 'example.com'", "--docs", ".", "--transport", "http", "--host", "example.com")]
    [InlineData("--port takes a number from 0 to 65535", "--docs", ".", "--port", "70000")]
    [InlineData("--token is blank", "--docs", ".", "--token", " ")]
    [InlineData("--port takes a number from 0 to 65535, and not 'abc'", "--docs", ".", "--port", "abc")]
    [InlineData("--transport takes stdio or http, and not 'ftp'", "--docs", ".", "--transport", "ftp")]
    [InlineData("--transport takes stdio or http, and not '1'", "--docs", ".", "--transport", "1")]
    public async Task Start_WrongOption_SaysWhatIsRightOnTheErrorStreamAlone(string expected, params string[] arguments)
    {
        using ServerProcess process = ServerProcess.Start(arguments);

        (int code, byte[] output, string error) = await process.CompleteAsync();

        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("LocalRetrieval.Mcp", error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error, StringComparison.Ordinal);
        Assert.Empty(output);
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task Help_Usage_IsTheCommandThatIsTyped()
    {
        using ServerProcess process = ServerProcess.Start("--help");

        (int code, byte[] output, _) = await process.CompleteAsync();

        string help = Encoding.UTF8.GetString(output);
        Assert.Contains("localretrieval-mcp [options]", help, StringComparison.Ordinal);
        Assert.Contains("--transport <stdio|http>", help, StringComparison.Ordinal);
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task Start_PortIsTaken_SaysSoAndNothingElseFails()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        using ServerProcess process = ServerProcess.Start("--docs", _documents.Folder, "--transport", "http", "--port", $"{((IPEndPoint)taken.LocalEndpoint).Port}");

        (int code, byte[] output, string error) = await process.CompleteAsync();

        Assert.Contains("address already in use", error, StringComparison.Ordinal);
        Assert.DoesNotContain("ObjectDisposedException", error, StringComparison.Ordinal);
        Assert.DoesNotContain("BackgroundService", error, StringComparison.Ordinal);
        Assert.Empty(output);
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task Start_ChatEndpointIsNoAddress_SaysWhichVariable()
    {
        using ServerProcess process = ServerProcess.Start(new Dictionary<string, string?> { ["OPENAI_API_KEY"] = "key", ["OPENAI_BASE_URL"] = "my-server" }, "--docs", _documents.Folder);

        (int code, byte[] output, string error) = await process.CompleteAsync();

        Assert.Contains("OPENAI_BASE_URL is 'my-server'", error, StringComparison.Ordinal);
        Assert.Empty(output);
        Assert.Equal(1, code);
    }

    public void Dispose() => _documents.Dispose();
}
