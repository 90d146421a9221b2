using System.Text.Json;
using LocalRetrieval.ModelContextProtocol.Tests.Fakes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;

namespace LocalRetrieval.ModelContextProtocol.Tests.Tools;

public sealed class RetrievalToolsTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public async Task ListTools_AllServices_AreAsPinned()
    {
        using FakeChatClient chat = new(() => "");
        await using ServerSession session = await ServerSession.StartAsync(
            services => services.AddSingleton<IPassageRetriever>(new FakeRetriever()).AddSingleton<IChatClient>(chat),
            builder => builder.WithRetrievalTools(options => (options.Contents, options.HasSnippets) = ("the handbook", true)));

        IList<McpClientTool> tools = await session.Client.ListToolsAsync();

        string described = string.Join("\n", tools.OrderBy(tool => tool.Name, StringComparer.Ordinal).Select(tool =>
            $"{tool.Name} ({tool.Title}): {tool.Description}\n{JsonSerializer.Serialize(tool.JsonSchema, Indented)}\n{JsonSerializer.Serialize(tool.ReturnJsonSchema, Indented)}\n"));
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Tools", "RetrievalTools.verified.txt")), described);
        Assert.All(tools, tool => Assert.True(tool.ProtocolTool.Annotations is { ReadOnlyHint: true, DestructiveHint: false }));
        Assert.Equal(["ask"], tools.Where(tool => tool.ProtocolTool.Annotations!.OpenWorldHint == true).Select(tool => tool.Name));
    }

    [Theory]
    [InlineData(true, new[] { "fetch", "search" })]
    [InlineData(false, new[] { "search" })]
    public async Task ListTools_NoChatClient_HasNoAskAndFetchOnlyWhereSourcesAreRead(bool readsSources, string[] expected)
    {
        await using ServerSession session = await ServerSession.StartAsync(new FakeRetriever { ReadsSources = readsSources });

        Assert.Equal(expected, (await session.Client.ListToolsAsync()).Select(tool => tool.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task WithRetrievalTools_NoRetriever_SaysHowToGetOne()
    {
        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ServerSession.StartAsync(services => { }, builder => builder.WithRetrievalTools()));

        Assert.Contains("services.AddLocalRetrieval()", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ProtocolVersions.Both), MemberType = typeof(ProtocolVersions))]
    public async Task Search_Passages_AreIdTitleAndUrl(string version)
    {
        FakeRetriever retriever = new(FakeRetriever.Passage("k-1", "Oil it.", "docs/pump one.md", "Pumps"), FakeRetriever.Passage("k-2", "Clean it.", "https://example.com/a?b=1"));
        await using ServerSession session = await ServerSession.StartAsync(retriever, version: version);

        JsonElement found = (await session.CallAsync("search", ("query", "pump"), ("top", 7))).Structured();

        Assert.Equal(version, session.Client.NegotiatedProtocolVersion);
        Assert.Equal(JsonElement.Parse(
            """{"results":[{"id":"k-1","title":"docs/pump one.md > Pumps","url":"localretrieval://source/docs/pump%20one.md"},{"id":"k-2","title":"https://example.com/a?b=1","url":"https://example.com/a?b=1"}]}"""),
            found, JsonElement.DeepEquals);
        Assert.Equal([("pump", 7)], retriever.Asked);
    }

    [Fact]
    public async Task Search_Snippets_AreTheText()
    {
        await using ServerSession session = await ServerSession.StartAsync(new FakeRetriever(FakeRetriever.Passage("k", "Oil it.")), options => options.HasSnippets = true);

        Assert.Equal("Oil it.", (await session.CallAsync("search", ("query", "pump"))).Structured().GetProperty("results")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Search_HostileTitleAndText_StaysInItsPlace()
    {
        string hostile = "\"}]}\r\n{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}\n\u0000\u001b[31m\u2028\ud83d\ude00\ud800<script>&amp;";
        await using ServerSession session = await ServerSession.StartAsync(
            new FakeRetriever(FakeRetriever.Passage("k", hostile, hostile, hostile)), options => options.HasSnippets = true);

        JsonElement result = (await session.CallAsync("search", ("query", "pump"))).Structured().GetProperty("results")[0];
        JsonElement fetched = (await session.CallAsync("fetch", ("id", "k"))).Structured();

        Assert.DoesNotContain(result.GetProperty("title").GetString()!, char.IsControl);
        Assert.Equal(hostile.Replace('\ud800', '\ufffd'), result.GetProperty("text").GetString());
        Assert.Equal(hostile.Replace('\ud800', '\ufffd'), fetched.GetProperty("text").GetString());
        Assert.Equal(["fetch", "search"], (await session.Client.ListToolsAsync()).Select(tool => tool.Name).Order(StringComparer.Ordinal));
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "search", "{}", "needs 'query', a question or words to search for, and it was not given" },
        { "search", """{"query":" "}""", "and it was empty" },
        { "search", """{"query":5}""", "and it was 5" },
        { "search", """{"query":{"text":"x"}}""", "and it was an object" },
        { "search", """{"query":"x","top":-1}""", "takes as 'top' a whole number from 1 to 20, and it was -1" },
        { "search", """{"query":"x","top":10000}""", "and it was 10000" },
        { "search", """{"query":"x","top":2.5}""", "and it was 2.5" },
        { "search", """{"query":"x","top":"many"}""", "and it was a text" },
        { "search", """{"query":"x","limit":3}""", "has no argument 'limit'; it takes query and top" },
        { "fetch", """{"id":["k"]}""", "and it was a list" },
        { "fetch", """{"id":"k","offset":-1}""", "a whole number of at least 0, and it was -1" },
        { "fetch", """{"id":"k","offset":7}""", "a whole number from 0 to 6 for this source, and it was 7" },
        { "fetch", """{"id":"../k"}""", "knows no such id; ids are neither paths nor addresses" },
        { "fetch", """{"id":"/etc/hostname"}""", "knows no such id" },
        { "fetch", """{"id":"C:\\Windows\\win.ini"}""", "knows no such id" },
        { "fetch", """{"id":"file:///etc/hostname"}""", "knows no such id" },
        { "fetch", """{"id":"https://example.com/"}""", "knows no such id" },
        { "fetch", """{"id":"docs/pump.md"}""", "knows no such id" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Call_WrongArguments_IsAToolErrorThatSaysHowToCall(string tool, string arguments, string expected)
    {
        await using ServerSession session = await ServerSession.StartAsync(new FakeRetriever(FakeRetriever.Passage("k", "Oil it.", "docs/pump.md")));

        string error = (await session.CallAsync(tool, [.. JsonElement.Parse(arguments).EnumerateObject().Select(argument => (argument.Name, (object?)argument.Value))])).Error();

        Assert.StartsWith($"The tool '{tool}' ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.EndsWith("Call it again that way.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_TooLongAQuery_IsAToolError()
    {
        await using ServerSession session = await ServerSession.StartAsync(new FakeRetriever());

        Assert.Contains("at most 10000 characters, and it had 10001", (await session.CallAsync("search", ("query", new string('x', 10_001)))).Error(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_LongSource_IsReadInPartsThatCutNoCharacter()
    {
        string text = string.Concat(Enumerable.Repeat("abc\ud83d\ude00", 50));
        await using ServerSession session = await ServerSession.StartAsync(
            new FakeRetriever(FakeRetriever.Passage("k", text, "a.md")), options => options.MaxTextLength = 9);
        string read = "";
        int? offset = 0;
        while (offset is { } next)
        {
            JsonElement part = (await session.CallAsync("fetch", ("id", "k"), ("offset", next))).Structured();
            Assert.Equal(text.Length, part.GetProperty("metadata").GetProperty("length").GetInt32());
            read += part.GetProperty("text").GetString();
            offset = part.GetProperty("metadata").TryGetProperty("nextOffset", out JsonElement value) ? value.GetInt32() : null;
        }

        Assert.Equal(text, read);
    }

    [Fact]
    public async Task Ask_ChatClient_AnswersWithTheSourcesThatItCites()
    {
        await using ServerSession session = await StartChatAsync(() => "It is oiled [1].");

        JsonElement answer = (await session.CallAsync("ask", ("question", "How often is the pump oiled?"))).Structured();

        Assert.Equal("It is oiled [1].", answer.GetProperty("answer").GetString());
        JsonElement source = Assert.Single(answer.GetProperty("sources").EnumerateArray());
        Assert.Equal(["number", "id", "title", "url"], source.Names());
        Assert.Equal("k", source.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Ask_ChatClientFailsOrIsSilent_IsAToolErrorThatNamesTheOtherTools()
    {
        await using ServerSession failing = await StartChatAsync(() => throw new HttpRequestException("Connection refused.\nTwice."));
        await using ServerSession silent = await StartChatAsync(() => " ");

        Assert.EndsWith(
            "The chat model gave no answer: Connection refused. Twice. Use search and fetch instead, which need no chat model.", (await failing.CallAsync("ask", ("question", "x"))).Error(), StringComparison.Ordinal);
        Assert.Contains("The chat model answered without a text.", (await silent.CallAsync("ask", ("question", "x"))).Error(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ProtocolVersions.Both), MemberType = typeof(ProtocolVersions))]
    public async Task Search_CancelledCall_EndsTheRetrieval(string version)
    {
        BlockedRetriever retriever = new();
        await using ServerSession session = await ServerSession.StartAsync(retriever, version: version);
        using CancellationTokenSource cancel = new();
        Task call = session.Client.CallToolAsync("search", new Dictionary<string, object?> { ["query"] = "x" }, cancellationToken: cancel.Token).AsTask();
        await retriever.Begun.Task.OrHang();

        await cancel.CancelAsync();

        await retriever.Cancelled.Task.OrHang();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.OrHang());
    }

    private static Task<ServerSession> StartChatAsync(Func<string> answer) => ServerSession.StartAsync(
        services => services
            .AddSingleton<IPassageRetriever>(new FakeRetriever(FakeRetriever.Passage("k", "The pump is oiled every 500 hours.", "pumps.md")))
            .AddSingleton<IChatClient>(new FakeChatClient(answer)),
        builder => builder.WithRetrievalTools());
}
