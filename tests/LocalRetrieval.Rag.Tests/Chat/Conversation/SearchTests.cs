using LocalRetrieval.Rag.Tests.Fakes;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag.Tests.Chat.Conversation;

/// <summary>A model that searches for itself.</summary>
public sealed class SearchTests
{
    private readonly QueryRetriever _retriever = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AsAIFunction_WithinTheClient_GoesOnWithItsNumbersAndIsCited(bool streams)
    {
        using ScriptedChatClient inner = new("search:c:d a", "search:e", "So [1], [3-4] and [5].");

        ChatResponse response = await AskAsync(Client(inner), [new(ChatRole.User, "a b")], streams);

        Assert.Equal(["a b", "c", "d a", "e"], _retriever.Queries);
        Assert.Equal(["[3] c.md", "[4] d.md", "[1] a.md", "[5] e.md"], inner.Asked[^1].SelectMany(message => message.Contents).OfType<FunctionResultContent>().SelectMany(Headers));
        Assert.Equal(["1=a.md", "3=c.md", "4=d.md", "5=e.md"], Cited(response.Messages[^1]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AsAIFunction_Alone_IsNumberedOverTurnsAndCited(bool streams)
    {
        using ScriptedChatClient inner = new("search:a", "So [1].", "search:b", "So [2] but [1].");
        IChatClient client = Client(inner, new() { RetrieveEachTurn = false });
        List<ChatMessage> history = [new(ChatRole.User, "x")];

        history.AddMessages(await AskAsync(client, history, streams));
        history.Add(new(ChatRole.User, "y"));
        history.AddMessages(await AskAsync(client, history, streams));

        Assert.Equal(["a", "b"], _retriever.Queries);
        Assert.Equal("x", inner.Asked[0][0].Text);
        Assert.Equal(["2=b.md", "1=a.md"], Cited(history[^1]));
    }

    [Fact]
    public async Task AsAIFunction_ServiceKeepsTheConversation_GoesOnFromWhatItFound()
    {
        using ScriptedChatClient inner = new("search:a b", "So.", "search:c", "So [3] but [2].") { ConversationOf = _ => "conv" };
        IChatClient client = Client(inner, new() { RetrieveEachTurn = false });

        await AskAsync(client, [new(ChatRole.User, "x")], streams: false);
        ChatResponse response = await AskAsync(client, [new(ChatRole.User, "y")], streams: false, "conv");

        Assert.Equal(["3=c.md"], Cited(response.Messages[^1])[..1]);
        Assert.Equal(["3=c.md", "2=b.md"], Cited(response.Messages[^1]));
    }

    [Fact]
    public async Task AsAIFunction_SearchesAtOnce_HaveDifferentNumbers()
    {
        using ScriptedChatClient inner = new("search:" + string.Join(':', Enumerable.Range(0, 20).Select(number => $"q{number}")), "So [1-20].");
        IChatClient client = inner.AsBuilder().Use(next => next.WithRetrieval(_retriever, new() { RetrieveEachTurn = false }))
            .UseFunctionInvocation(configure: tools => tools.AllowConcurrentInvocation = true).Build();

        ChatResponse response = await AskAsync(client, [new(ChatRole.User, "x")], streams: true);

        Assert.Equal(Enumerable.Range(1, 20), response.Messages[^1].GetCitedSources().Select(source => source.Number));
        Assert.Equal(20, response.Messages[^1].GetCitedSources().Select(source => source.Passage.Source).Distinct().Count());
    }

    [Fact]
    public async Task AsAIFunction_OutsideOfAClient_StartsFromOne()
    {
        AIFunction function = _retriever.AsAIFunction();

        Assert.Contains("[1] a.md", (await function.InvokeAsync(new() { ["query"] = "a" }))?.ToString(), StringComparison.Ordinal);
        Assert.Contains("[1] b.md", (await function.InvokeAsync(new() { ["query"] = "b" }))?.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task AsAIFunction_CalledWithoutAClient_NumbersTheSourcesOfATurn(bool streams, bool concurrently)
    {
        using ScriptedChatClient inner = new("search:a b:c", "search:b d", "So [2].", "search:e a", "And so.");
        IChatClient client = inner.AsBuilder().UseFunctionInvocation(configure: tools => tools.AllowConcurrentInvocation = concurrently).Build();
        List<ChatMessage> history = [new(ChatRole.User, "x")];

        history.AddMessages(await AskAsync(client, history, streams));
        string[] first = Shown(inner.Asked[2]);
        history.Add(new(ChatRole.User, "y"));
        history.AddMessages(await AskAsync(client, history, streams));

        Assert.Equal(["[1] a.md", "[2] b.md", "[2] b.md", "[3] c.md", "[4] d.md"], first.Order(StringComparer.Ordinal));
        Assert.Equal(["[5] e.md", "[6] a.md"], Shown(inner.Asked[4])[first.Length..]);
    }

    [Fact]
    public async Task AsAIFunction_CallersAtOnce_HaveNumbersOfTheirOwn()
    {
        AIFunction function = _retriever.AsAIFunction();

        string[][] shown = await Task.WhenAll(Enumerable.Range(0, 20).Select(caller => Task.Run(async () =>
        {
            using ScriptedChatClient inner = new($"search:a{caller}", $"search:b{caller}", "So.");
            IChatClient client = inner.AsBuilder().UseFunctionInvocation().Build();
            await client.GetResponseAsync([new(ChatRole.User, "x")], new() { Tools = [function] });
            return Shown(inner.Asked[^1]);
        })));

        Assert.Equal(Enumerable.Range(0, 20).Select(caller => $"[1] a{caller}.md [2] b{caller}.md"), shown.Select(headers => string.Join(' ', headers)));
    }

    [Fact]
    public async Task AsAIFunction_ToolsOutsideOfTheClient_GoesOnFromWhatTheTurnCarries()
    {
        using ScriptedChatClient inner = new("search:c", "So [1].");
        IChatClient client = inner.AsBuilder().UseFunctionInvocation().Use(next => next.WithRetrieval(_retriever)).Build();

        await AskAsync(client, [new(ChatRole.User, "a b")], streams: false);

        Assert.Equal(["[3] c.md"], Shown(inner.Asked[^1]));
    }

    [Fact]
    public async Task WithRetrieval_ResultsOfSearchesThatTheModelStillSees_KeepTheirNumbers()
    {
        using ScriptedChatClient inner = new("search:a b", "So [1].", "search:c", "So [3].");
        IChatClient client = Client(inner, new() { RetrieveEachTurn = false });
        List<ChatMessage> history = [new(ChatRole.User, "x")];

        history.AddMessages(await AskAsync(client, history, streams: false));
        history.Add(new(ChatRole.User, "y"));
        history.AddMessages(await AskAsync(client, history, streams: false));

        Assert.Equal(["[1] a.md", "[2] b.md", "[3] c.md"], Shown(inner.Asked[^1]));
        Assert.Equal(["3=c.md"], Cited(history[^1]));
    }

    [Fact]
    public async Task WithRetrieval_WithinAFunctionOfATurn_GoesOnWithItsNumbers()
    {
        using ScriptedChatClient nested = new("Nested [2].");
        AIFunction ask = AIFunctionFactory.Create(async (string query) => (await nested.WithRetrieval(_retriever).GetResponseAsync(query)).Messages[^1].GetCitedSources()[0].Number, "search");
        using ScriptedChatClient inner = new("search:b", "So.");

        await Client(inner).GetResponseAsync([new(ChatRole.User, "a")], new() { Tools = [ask] });

        Assert.Equal("2", inner.Asked[^1].SelectMany(message => message.Contents).OfType<FunctionResultContent>().Single().Result?.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AsAIFunction_FilterOfItsOwn_HoldsBesideThatOfTheRequestOrTheClient(bool ofRequest)
    {
        RecordingRetriever retriever = new() { Services = { [typeof(ITokenCounter)] = new LocalRetrieval.Testing.WordTokenCounter() } };
        using ScriptedChatClient inner = new("search:a", "So.");
        RetrievalOptions<Note> given = new() { Top = 3, Filter = note => note.Body.Contains("mine"), CacheScope = "me" };
        RetrievalOptions<Note> own = new() { Top = 9, Filter = entry => entry.Body.Contains("open"), CacheScope = "open" };
        IChatClient client = inner.AsBuilder().Use(next => next.WithRetrieval(retriever, new() { RetrieveEachTurn = false, Retrieval = ofRequest ? null : given })).UseFunctionInvocation().Build();
        ChatOptions options = new() { Tools = [retriever.AsAIFunction(options: new() { Retrieval = own })] };

        await client.GetResponseAsync([new(ChatRole.User, "x")], ofRequest ? options.WithRetrieval(given) : options);

        RetrievalOptions<Note> asked = retriever.Options.Single()!;
        Func<Note, bool> filter = asked.Filter!.Compile();
        Assert.Equal([false, false, true], new[] { "mine", "open", "mine open" }.Select(body => filter(new Note { Body = body })));
        Assert.Equal(ofRequest ? 3 : 9, asked.Top);
        Assert.Equal(["me", "open"], asked.CacheScope!.Split('\n').Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(null, "a", null)]
    [InlineData("a", null, null)]
    [InlineData("a", "a", "a")]
    public async Task AsAIFunction_FiltersOfDifferentScopes_AreCachedForBothAlone(string? given, string? own, string? expected)
    {
        RecordingRetriever retriever = new() { Services = { [typeof(ITokenCounter)] = new LocalRetrieval.Testing.WordTokenCounter() } };
        using ScriptedChatClient inner = new("search:a", "So.");
        IChatClient client = inner.AsBuilder().Use(next => next.WithRetrieval(retriever, new() { RetrieveEachTurn = false })).UseFunctionInvocation().Build();
        ChatOptions options = new() { Tools = [retriever.AsAIFunction(options: new() { Retrieval = new RetrievalOptions<Note> { Filter = note => note.Body == "a", CacheScope = own } })] };

        await client.GetResponseAsync([new(ChatRole.User, "x")], options.WithRetrieval(new RetrievalOptions<Note> { Filter = note => note.Body == "b", CacheScope = given }));

        Assert.Equal(expected, retriever.Options.Single()!.CacheScope);
    }

    [Theory]
    [InlineData(true, false, false, "request")]
    [InlineData(true, true, true, "request")]
    [InlineData(false, true, false, "client")]
    [InlineData(false, false, true, "client")]
    public async Task AsAIFunction_FilterOfTheRequestOrTheClient_HoldsForSearchesToo(bool ofRequest, bool eachTurn, bool streams, string expected)
    {
        RecordingRetriever retriever = new() { Services = { [typeof(ITokenCounter)] = new LocalRetrieval.Testing.WordTokenCounter() } };
        using ScriptedChatClient inner = new("search:a", "So.");
        IChatClient client = inner.AsBuilder().Use(next => next.WithRetrieval(retriever, new() { RetrieveEachTurn = eachTurn, Retrieval = Filtered("client") })).UseFunctionInvocation().Build();
        ChatOptions options = new() { Tools = [retriever.AsAIFunction(options: new() { Retrieval = new() { Top = 9 } })] };
        options = ofRequest ? options.WithRetrieval(Filtered("request")) : options;
        List<ChatMessage> messages = [new(ChatRole.User, "x")];

        _ = streams ? await client.GetStreamingResponseAsync(messages, options).ToChatResponseAsync() : await client.GetResponseAsync(messages, options);

        Assert.Equal(eachTurn ? ["x", "a"] : ["a"], retriever.Queries);
        Assert.All(retriever.Options, asked => Assert.Contains($"\"{expected}\"", asked!.Filter!.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task AsAIFunction_RequestOfOtherRecords_IsRefused()
    {
        RecordingRetriever retriever = new() { Services = { [typeof(ITokenCounter)] = new LocalRetrieval.Testing.WordTokenCounter() } };
        using ScriptedChatClient inner = new("search:a", "So.");
        IChatClient client = inner.AsBuilder().Use(next => next.WithRetrieval(_retriever, new() { RetrieveEachTurn = false })).UseFunctionInvocation().Build();
        ChatOptions options = new ChatOptions { Tools = [retriever.AsAIFunction()] }.WithRetrieval(new RetrievalOptions<Passage> { Filter = passage => passage.Scope == "a" });

        await client.GetResponseAsync([new(ChatRole.User, "x")], options);

        Assert.Empty(retriever.Queries);
    }

    private static RetrievalOptions<Note> Filtered(string body) => body == "client" ? new() { Filter = note => note.Body == "client" } : new() { Filter = note => note.Body == "request" };

    private IChatClient Client(ScriptedChatClient inner, RetrievalChatOptions? options = null) =>
        inner.AsBuilder().Use(next => next.WithRetrieval(_retriever, options)).UseFunctionInvocation().Build();

    private async Task<ChatResponse> AskAsync(IChatClient client, List<ChatMessage> messages, bool streams, string? conversation = null)
    {
        ChatOptions options = new() { Tools = [_retriever.AsAIFunction()], ConversationId = conversation };
        return streams ? await client.GetStreamingResponseAsync(messages, options).ToChatResponseAsync() : await client.GetResponseAsync(messages, options);
    }

    private static string[] Shown(ChatMessage[] messages) => [.. messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().SelectMany(Headers)];

    private static IEnumerable<string> Headers(FunctionResultContent result) => result.Result!.ToString()!.Split('\n').Where(line => line.StartsWith('['));

    private static string[] Cited(ChatMessage message) => [.. message.GetCitedSources().Select(source => $"{source.Number}={source.Passage.Source}")];
}
