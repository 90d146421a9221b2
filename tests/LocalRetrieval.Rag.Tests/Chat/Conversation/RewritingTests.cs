using System.Text.Json;
using LocalRetrieval.Rag.Tests.Fakes;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag.Tests.Chat.Conversation;

/// <summary>What a retriever that rewrites queries is told of the conversation.</summary>
public sealed class RewritingTests
{
    private readonly QueryRetriever _retriever = new();

    [Fact]
    public async Task GetResponseAsync_FollowUp_IsRetrievedByItsQuestion()
    {
        using ScriptedChatClient inner = new("See [1].", "See [2].");
        using RetrievalChatClient client = inner.WithRetrieval(_retriever.AsBuilder().UseQueryRewriting().Build());
        List<ChatMessage> history = [new(ChatRole.User, "chains")];

        history.AddMessages(await client.GetResponseAsync(history));
        history.Add(new(ChatRole.User, "why?"));
        ChatResponse response = await client.GetResponseAsync(history);

        Assert.Equal(["chains", "chains why?"], _retriever.Queries);
        RetrievalResult result = Assert.IsType<RetrievalResult>(response.AdditionalProperties![RetrievalChatClient.ResultKey]);
        Assert.Equal(("why?", "chains why?"), (result.Query, result.SearchQuery));
        Assert.EndsWith("Question: why?", inner.Asked[1][^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponseAsync_Options_GetTheMessagesBeforeTheQuestionUnlessTheyNameThem()
    {
        using ScriptedChatClient inner = new("So.", "So.", "So.");
        using RetrievalChatClient client = inner.WithRetrieval(_retriever, new() { Retrieval = new RetrievalOptions<Note> { Top = 9, Filter = note => note.Id == 1 } });
        ChatMessage[] messages = [new(ChatRole.User, "a"), new(ChatRole.Assistant, "b"), new(ChatRole.User, "c")];
        ChatMessage[] own = [new(ChatRole.User, "own")];

        await client.GetResponseAsync(messages);
        await client.GetResponseAsync(messages, new ChatOptions().WithRetrieval(new RetrievalOptions { Conversation = own }));
        await client.GetResponseAsync("first");

        Assert.Equal(messages[..2], _retriever.Options[0]!.Conversation!);
        Assert.Equal(9, _retriever.Options[0]!.Top);
        Assert.NotNull(Assert.IsType<RetrievalOptions<Note>>(_retriever.Options[0]).Filter);
        Assert.Equal(own, _retriever.Options[1]!.Conversation!);
        Assert.Null(_retriever.Options[2]!.Conversation);
    }

    [Fact]
    public async Task GetResponseAsync_ServiceKeepsTheConversation_TheLastQuestionIsKnown()
    {
        using ScriptedChatClient inner = new("So.", "So.") { ConversationOf = _ => "conv" };
        using RetrievalChatClient client = inner.WithRetrieval(_retriever.AsBuilder().UseQueryRewriting().Build());

        await client.GetResponseAsync("chains");
        await client.GetResponseAsync("why?", new() { ConversationId = "conv" });

        Assert.Equal(["chains", "chains why?"], _retriever.Queries);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponseAsync_Thanks_AreAnsweredAsTheyAre(bool throughJson)
    {
        using ScriptedChatClient inner = new("call", "You are welcome.");
        using RetrievalChatClient client = inner.WithRetrieval(_retriever.AsBuilder().UseQueryRewriting().Build());
        List<ChatMessage> messages = [new(ChatRole.User, "chains"), new(ChatRole.Assistant, "Oil."), new(ChatRole.User, "Thank you!")];

        messages.AddMessages(await client.GetResponseAsync(messages));
        messages.Add(new(ChatRole.Tool, [new FunctionResultContent("c0", "x")]));
        if (throughJson)
        {
            messages = JsonSerializer.Deserialize<List<ChatMessage>>(JsonSerializer.Serialize(messages, AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;
        }

        await client.GetResponseAsync(messages);

        Assert.Empty(_retriever.Queries);
        Assert.All(inner.Asked, asked => Assert.Equal("Thank you!", asked[2].Text));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AsAIFunction_WithinTheClient_HandsTheConversationOn(bool streams)
    {
        using ScriptedChatClient inner = new("search:chains:why", "So.");
        IChatClient client = inner.AsBuilder()
            .Use(next => next.WithRetrieval(_retriever, new() { RetrieveEachTurn = false })).UseFunctionInvocation().Build();
        ChatOptions options = new() { Tools = [_retriever.AsAIFunction(options: new() { Retrieval = new RetrievalOptions { Top = 4 } })] };
        ChatMessage[] messages = [new(ChatRole.User, "a"), new(ChatRole.Assistant, "b"), new(ChatRole.User, "c")];

        _ = streams ? await client.GetStreamingResponseAsync(messages, options).ToChatResponseAsync() : await client.GetResponseAsync(messages, options);

        Assert.Equal(["chains", "why"], _retriever.Queries.Order());
        Assert.All(_retriever.Options, asked => Assert.Equal(["a", "b", "c"], asked!.Conversation!.Select(message => message.Text)));
        Assert.All(_retriever.Options, asked => Assert.Equal(4, asked!.Top));
    }
}
