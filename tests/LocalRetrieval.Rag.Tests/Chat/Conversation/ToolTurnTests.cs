using System.Linq.Expressions;
using System.Text.Json;
using LocalRetrieval.Rag.Tests.Fakes;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag.Tests.Chat.Conversation;

/// <summary>A client of tools asks several times for one user message.</summary>
public sealed class ToolTurnTests
{
    private static readonly string[] ThreeRounds = ["call", "call Let me see [1].", "call", "So [2]."];

    private readonly QueryRetriever _retriever = new();
    private int _invoked;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponseAsync_ThreeRoundsOfTools_RetrieveOnceAndAskWithTheSameSources(bool streams)
    {
        using ScriptedChatClient inner = new(ThreeRounds);

        ChatResponse response = await AskAsync(Tools(inner), streams);

        Assert.Equal(3, _invoked);
        Assert.Equal(["a b"], _retriever.Queries);
        Assert.Equal(4, inner.Asked.Count);
        Assert.Single(inner.Asked.Select(asked => asked[0].Text).Distinct());
        Assert.Contains("[2] b.md\ntext of b", inner.Asked[3][0].Text, StringComparison.Ordinal);
        Assert.Equal(["1=a.md", "2=b.md"], response.Messages.SelectMany(Cited));
        Assert.All(inner.AskedJson, json => Assert.DoesNotContain("localretrieval.turn", json, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task GetResponseAsync_ServiceKeepsTheConversation_RetrievesOnceAndCites(bool streams, bool changesId)
    {
        using ScriptedChatClient inner = new([.. ThreeRounds, "So [1] and [3]."]) { ConversationOf = step => changesId ? $"resp_{step}" : "conv" };
        IChatClient client = Tools(inner);

        ChatResponse response = await AskAsync(client, streams);

        Assert.Equal(["a b"], _retriever.Queries);
        Assert.Equal([ChatRole.Tool], inner.Asked[3].Select(message => message.Role));
        Assert.Equal(["1=a.md", "2=b.md"], response.Messages.SelectMany(Cited));
        RetrievalContext context = Assert.IsType<RetrievalContext>((streams ? response.Messages[^1].AdditionalProperties : response.AdditionalProperties)![RetrievalChatClient.ContextKey]);
        Assert.Contains(context.Text, inner.Asked[0][0].Text, StringComparison.Ordinal);

        // The next turn: the service has the numbers 1 and 2, so a new source is the third, and the first can still be cited.
        ChatResponse next = await AskAsync(client, streams, "c", new() { ConversationId = response.ConversationId });

        Assert.Contains("[3] c.md", inner.Asked[^1][0].Text, StringComparison.Ordinal);
        Assert.Equal(["1=a.md", "3=c.md"], next.Messages.SelectMany(Cited));
    }

    [Fact]
    public async Task GetResponseAsync_TurnFromJson_IsNotRetrievedAgain()
    {
        using ScriptedChatClient inner = new("call", "So [2].");
        using RetrievalChatClient client = inner.WithRetrieval(_retriever);
        List<ChatMessage> history = [new(ChatRole.User, "a b")];
        history.AddRange((await client.GetResponseAsync(history)).Messages);
        history.Add(new(ChatRole.Tool, [new FunctionResultContent("c0", "done")]));
        history = JsonSerializer.Deserialize<List<ChatMessage>>(JsonSerializer.Serialize(history, AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;

        ChatResponse response = await inner.WithRetrieval(_retriever).GetResponseAsync(history);

        Assert.Equal(["a b"], _retriever.Queries);
        Assert.Equal(inner.Asked[0][0].Text, inner.Asked[1][0].Text);
        Assert.Equal(["2=b.md"], Cited(response.Messages[0]));
        Assert.Equal("key-b", response.Messages[0].GetCitedSources()[0].Passage.Key);
        Assert.Equal(2, Assert.IsType<RetrievalResult>(response.AdditionalProperties![RetrievalChatClient.ResultKey]).Passages.Count);
    }

    [Fact]
    public async Task GetResponseAsync_QuestionChangedAfterTheCall_IsRetrievedAnew()
    {
        using ScriptedChatClient inner = new("call", "So [1].");
        using RetrievalChatClient client = inner.WithRetrieval(_retriever);
        List<ChatMessage> history = [new(ChatRole.User, "a")];
        history.AddRange((await client.GetResponseAsync(history)).Messages);
        history[0] = new(ChatRole.User, "b");
        history.Add(new(ChatRole.Tool, [new FunctionResultContent("c0", "done")]));

        await client.GetResponseAsync(history);

        Assert.Equal(["a", "b"], _retriever.Queries);
    }

    [Fact]
    public async Task GetResponseAsync_NothingFound_IsNotAskedForAgain()
    {
        using ScriptedChatClient inner = new("call", "Nothing.");

        await AskAsync(Tools(inner), streams: false, "nothing");

        Assert.Equal(["nothing"], _retriever.Queries);
        Assert.Single(inner.Asked.Select(asked => asked[0].Text).Distinct());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponseAsync_ToolsWithin_MarkNoMessageForALaterRequest(bool streams)
    {
        using ScriptedChatClient inner = new(ThreeRounds);
        IChatClient client = inner.AsBuilder().Use(tools => tools.WithRetrieval(_retriever)).UseFunctionInvocation().Build();

        ChatResponse response = await AskAsync(client, streams);

        Assert.Equal(["a b"], _retriever.Queries);
        Assert.Equal(["1=a.md", "2=b.md"], response.Messages.SelectMany(Cited));
        Assert.All(response.Messages, message => Assert.False(message.AdditionalProperties?.ContainsKey("localretrieval.turn") ?? false));
    }

    [Fact]
    public async Task GetResponseAsync_ConversationThatIsForgotten_PassesWithoutCitations()
    {
        using ScriptedChatClient inner = new("call", "So [1].") { ConversationOf = _ => "conv" };
        using RetrievalChatClient client = inner.WithRetrieval(_retriever, new() { RememberedConversations = 0 });
        await client.GetResponseAsync("a");

        ChatResponse response = await client.GetResponseAsync([new(ChatRole.Tool, [new FunctionResultContent("c0", 1)])], new() { ConversationId = "conv" });

        Assert.Empty(Cited(response.Messages[0]));
        Assert.Equal(["a"], _retriever.Queries);
    }

    [Fact]
    public async Task GetResponseAsync_MoreConversationsThanAreRemembered_ForgetsTheOneUsedLongestAgo()
    {
        string conversation = "";
        using ScriptedChatClient inner = new([.. Enumerable.Repeat("So [1].", 9)]) { ConversationOf = _ => conversation };
        using RetrievalChatClient client = inner.WithRetrieval(_retriever, new() { RememberedConversations = 2 });
        foreach (string id in new[] { "x", "y", "x", "z" })
        {
            conversation = id;
            await client.GetResponseAsync("a", new() { ConversationId = id });
        }

        int known = await NextAsync("x");
        int forgotten = await NextAsync("y");

        Assert.Equal((2, 1), (known, forgotten));

        async Task<int> NextAsync(string id)
        {
            conversation = id;
            ChatResponse response = await client.GetResponseAsync("b", new() { ConversationId = id });
            return Assert.IsType<RetrievalContext>(response.AdditionalProperties![RetrievalChatClient.ContextKey]).Sources[0].Number;
        }
    }

    [Fact]
    public async Task WithRetrieval_OptionsOfOneRequest_ReachTheRetrieverAndNotTheInnerClient()
    {
        using ScriptedChatClient inner = new("call", "So.", "So.");
        IChatClient client = Tools(inner, new() { Retrieval = new RetrievalOptions { Top = 9 } });
        Expression<Func<Note, bool>> filter = note => note.Body == "x";
        RetrievalOptions<Note> retrieval = new() { Top = 3, Filter = filter };
        ChatOptions options = new() { Temperature = 0.5f, AdditionalProperties = new() { ["b"] = 2 } };

        ChatOptions with = options.WithRetrieval(retrieval);
        retrieval.Filter = null;
        await AskAsync(client, streams: false, "a", with);
        await AskAsync(client, streams: false, "b", options);

        Assert.Equal(["b"], options.AdditionalProperties!.Keys);
        RetrievalOptions<Note> used = Assert.IsType<RetrievalOptions<Note>>(_retriever.Options[0]);
        Assert.Equal((3, filter), (used.Top, used.Filter));
        Assert.Equal(9, _retriever.Options[1]!.Top);
        Assert.All(inner.Options, asked => Assert.Equal(["b"], asked!.AdditionalProperties!.Keys));
        Assert.Equal(0.5f, inner.Options[0]!.Temperature);
    }

    [Fact]
    public async Task WithRetrieval_OptionsLostOnTheirWay_AreRefused()
    {
        using ScriptedChatClient inner = new("So.");
        ChatOptions options = new ChatOptions().WithRetrieval(new RetrievalOptions { Top = 3 });
        ChatOptions read = JsonSerializer.Deserialize<ChatOptions>(JsonSerializer.Serialize(options, AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;

        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(() => inner.WithRetrieval(_retriever).GetResponseAsync("a", read));

        Assert.Contains("filter would be lost", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(inner.Asked);
    }

    private IChatClient Tools(ScriptedChatClient inner, RetrievalChatOptions? options = null) =>
        inner.AsBuilder().UseFunctionInvocation().Use(next => next.WithRetrieval(_retriever, options)).Build();

    private async Task<ChatResponse> AskAsync(IChatClient client, bool streams, string question = "a b", ChatOptions? options = null)
    {
        options = options?.Clone() ?? new ChatOptions();
        options.Tools = [AIFunctionFactory.Create(() => ++_invoked, "tool")];
        return streams ? await client.GetStreamingResponseAsync(question, options).ToChatResponseAsync() : await client.GetResponseAsync(question, options);
    }

    private static string[] Cited(ChatMessage message) => [.. message.GetCitedSources().Select(source => $"{source.Number}={source.Passage.Source}")];
}
