using LocalRetrieval.AgentFramework.Tests.Fakes;
using LocalRetrieval.Rag;
using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.AgentFramework.Tests.Agents;

public sealed class RetrievalAgentTests
{
    private readonly FakeRetriever _retriever = new(FakeRetriever.Passage("Oil the chain.", "bike.md", "Care"), FakeRetriever.Passage("Boil pasta.", "food.md"));

    [Theory]
    [CombinatorialRuns]
    public async Task Run_Markers_BecomeCitations(bool isChatClient, bool streamed)
    {
        AIAgent agent = Agent(isChatClient, out Func<IReadOnlyList<ChatMessage[]>> asked, "Oil it [1]. Then eat [2], and [1] again [7].");

        AgentResponse response = await agent.RunAsync("How?", await agent.CreateSessionAsync(), streamed);

        Assert.Equal("Oil it [1]. Then eat [2], and [1] again [7].", response.Text);
        Assert.Equal(["bike.md > Care@[1],[1]", "food.md@[2]"], response.Citations());
        Assert.Equal(["bike.md", "food.md"], response.Messages[^1].GetCitedSources().Select(source => source.Passage.Source));
        Assert.Equal(2, Assert.IsType<RetrievalResult>(response.Properties(streamed)[RetrievalChatClient.ResultKey], exactMatch: false).Passages.Count);
        Assert.Equal(agent.GetService<AIAgent>()!.Id, response.AgentId);
        Assert.Matches("\n\\[1] bike.md > Care\nOil the chain.\n(.|\n)*Question: How\\?$", Assert.Single(asked())[^1].Text);
        Assert.Equal(["How?"], _retriever.Queries);
    }

    [Theory]
    [CombinatorialRuns]
    public async Task Run_SessionSerializedAndRestored_GoesOnWithItsNumbers(bool isChatClient, bool streamed)
    {
        AIAgent first = Agent(isChatClient, out _, "Eat [2].");
        AgentSession session = await first.CreateSessionAsync();
        await first.RunAsync("What?", session, streamed);
        FakeRetriever found = new(FakeRetriever.Passage("Bake bread at once.", "bread.md"), FakeRetriever.Passage("Boil pasta.", "food.md"));
        AIAgent second = Agent(isChatClient, out _, found, options: null, "Bread [3], and pasta [2].");

        AgentResponse response = await second.RunAsync("And then?", await first.MoveAsync(session, second), streamed);

        Assert.Equal(["bread.md@[3]", "food.md@[2]"], response.Citations());
        Assert.Equal("What?", found.LastOptions!.Conversation![0].Text);
    }

    [Fact]
    public async Task RunAsync_ChatClientAgent_KeepsSourcesOutOfTheHistory()
    {
        AIAgent agent = Agent(isChatClient: true, out Func<IReadOnlyList<ChatMessage[]>> asked, "So [1].", "And so [1].");
        AgentSession session = await agent.CreateSessionAsync();

        await agent.RunAsync("How?", session);
        await agent.RunAsync("Why?", session);

        Assert.True(session.TryGetInMemoryChatHistory(out List<ChatMessage>? history));
        Assert.Equal(["How?", "So [1].", "Why?", "And so [1]."], history!.Select(message => message.Text));
        Assert.Equal("How?", asked()[1][0].Text);
        Assert.Contains("Oil the chain.", asked()[1][^1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_RoundsOfTools_RetrieveOnce(bool streamed)
    {
        using ScriptedChatClient chat = new("call", "call", "So [1].");
        int calls = 0;
        AIAgent agent = new ChatClientAgent(chat, tools: [AIFunctionFactory.Create(() => ++calls, "tool")]).AsBuilder().UseRetrieval(_retriever).Build();

        AgentResponse response = await agent.RunAsync("How?", await agent.CreateSessionAsync(), streamed);

        Assert.Equal((2, 1), (calls, _retriever.Queries.Count));
        Assert.All(chat.Asked, asked => Assert.Contains("Oil the chain.", asked[0].Text, StringComparison.Ordinal));
        Assert.Equal(["bike.md > Care@[1]"], response.Citations());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_ApprovedTool_IsTheSameTurn(bool streamed)
    {
        using ScriptedChatClient chat = new("call", "So [1].");
        AIAgent agent = new ChatClientAgent(chat, tools: [new ApprovalRequiredAIFunction(AIFunctionFactory.Create(() => "rain", "tool"))]).AsBuilder().UseRetrieval(_retriever).Build();
        AgentSession session = await agent.CreateSessionAsync();
        AgentResponse asks = await agent.RunAsync("How?", session, streamed);
        ChatMessage approval = new(ChatRole.User, [asks.Messages.SelectMany(message => message.Contents).OfType<ToolApprovalRequestContent>().Single().CreateResponse(true)]);

        AgentResponse response = streamed ? await agent.RunStreamingAsync(approval, session).ToAgentResponseAsync() : await agent.RunAsync(approval, session);

        Assert.Equal(["How?"], _retriever.Queries);
        Assert.Equal(["bike.md > Care@[1]"], response.Citations());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_ServiceKeepsTheHistory_SessionRemembers(bool streamed)
    {
        using ScriptedChatClient chat = new("Eat [2].", "Pasta [2], bread [3].") { ConversationOf = step => $"conversation-{step}" };
        AIAgent agent = new ChatClientAgent(chat).AsBuilder().UseRetrieval(_retriever).Build();
        AgentSession session = await agent.CreateSessionAsync();
        await agent.RunAsync("What?", session, streamed);
        FakeRetriever found = new(FakeRetriever.Passage("Bake bread at once.", "bread.md"));
        AIAgent second = new ChatClientAgent(chat).AsBuilder().UseRetrieval(found).Build();

        AgentResponse response = await second.RunAsync("And then?", await agent.MoveAsync(session, second), streamed);

        Assert.Equal(["food.md@[2]", "bread.md@[3]"], response.Citations());
        Assert.Equal("What?", Assert.Single(found.LastOptions!.Conversation!).Text);
        Assert.Single(chat.Asked[1]);
    }

    [Fact]
    public async Task RunAsync_OtherProvidersMessage_IsNotTheQuestion()
    {
        using ScriptedChatClient chat = new("So [1].");
        TextSearchProvider other = new((_, _) => Task.FromResult<IEnumerable<TextSearchProvider.TextSearchResult>>([new() { Text = "It rains." }]));
        AIAgent agent = new ChatClientAgent(chat, new ChatClientAgentOptions { AIContextProviders = [other] }).AsBuilder().UseRetrieval(_retriever).Build();

        await agent.RunAsync("How?");

        Assert.Equal(["How?"], _retriever.Queries);
        Assert.EndsWith("Question: How?", chat.Asked[0][^1].Text, StringComparison.Ordinal);
        Assert.Contains("It rains.", chat.Asked[0][^2].Text, StringComparison.Ordinal);
    }

    [Theory]
    [CombinatorialRuns]
    public async Task Run_Scope_IsTheFiltersAfterRestoring(bool isChatClient, bool streamed)
    {
        RetrievalAgentOptions options = new() { ScopedRetrieval = tenant => new RetrievalOptions<Passage> { Filter = passage => passage.Scope == tenant, CacheScope = tenant } };
        AIAgent first = Agent(isChatClient, out _, _retriever, options, "ok");
        AIAgent second = Agent(isChatClient, out _, _retriever, options, "ok");
        AgentSession session = await first.CreateSessionAsync();
        session.SetRetrievalScope("acme");

        await second.RunAsync("How?", await first.MoveAsync(session, second), streamed);

        RetrievalOptions<Passage> used = Assert.IsType<RetrievalOptions<Passage>>(_retriever.LastOptions);
        Assert.Equal("acme", used.CacheScope);
        Assert.True(used.Filter!.Compile()(new Passage { Scope = "acme", Source = "s", Text = "t" }));
    }

    [Theory]
    [CombinatorialRuns]
    public async Task Run_ScopeMissingOrLost_IsRefused(bool isChatClient, bool streamed)
    {
        RetrievalAgentOptions scoped = new() { ScopedRetrieval = tenant => new RetrievalOptions { CacheScope = tenant } };
        AIAgent withScopes = Agent(isChatClient, out _, _retriever, scoped, "ok");
        AIAgent without = Agent(isChatClient, out _, "ok");
        AgentSession session = await without.CreateSessionAsync();
        session.SetRetrievalScope("acme");

        InvalidOperationException missing = await Assert.ThrowsAsync<InvalidOperationException>(() => withScopes.RunAsync("How?", session: null, streamed));
        InvalidOperationException lost = await Assert.ThrowsAsync<InvalidOperationException>(() => without.RunAsync("How?", session, streamed));
        AgentSession other = await withScopes.CreateSessionAsync();
        other.SetRetrievalScope("acme");
        InvalidOperationException twice = await Assert.ThrowsAsync<InvalidOperationException>(
            () => withScopes.RunAsync("How?", other, streamed, new AgentRunOptions().WithRetrieval(new RetrievalOptions { Top = 1 })));

        Assert.Contains("session.SetRetrievalScope(...)", missing.Message, StringComparison.Ordinal);
        Assert.Contains("'acme', which would be lost", lost.Message, StringComparison.Ordinal);
        Assert.Contains("retrieval options of its own", twice.Message, StringComparison.Ordinal);
        Assert.Empty(_retriever.Queries);
    }

    [Theory]
    [CombinatorialRuns]
    public async Task Run_OptionsOfTheRun_ReachTheRetrieverAlone(bool isChatClient, bool streamed)
    {
        using ScriptedChatClient chat = new("ok");
        FakeAgent plain = new("ok");
        AIAgent agent = (isChatClient ? (AIAgent)new ChatClientAgent(chat) : plain).AsBuilder().UseRetrieval(_retriever).Build();
        AgentRunOptions options = new() { AdditionalProperties = new() { ["own"] = 1 } };

        await agent.RunAsync("How?", await agent.CreateSessionAsync(), streamed, options.WithRetrieval(new RetrievalOptions { Top = 3 }));

        Assert.Equal(3, _retriever.LastOptions!.Top);
        Assert.Equal(["own"], isChatClient ? chat.Options[0]!.AdditionalProperties!.Keys : plain.Options[0]!.AdditionalProperties!.Keys);
        Assert.Equal(["own"], options.AdditionalProperties.Keys);
    }

    [Fact]
    public async Task RunAsync_CallersOptions_AreNotChanged()
    {
        using ScriptedChatClient chat = new("So [1].");
        AIAgent agent = new ChatClientAgent(chat).AsBuilder().UseRetrieval(_retriever).Build();
        int asked = 0;
        ChatClientAgentRunOptions options = new(new ChatOptions { Temperature = 0.5f })
        {
            ChatClientFactory = client =>
            {
                asked++;
                return client;
            },
        };
        Func<IChatClient, IChatClient>? factory = options.ChatClientFactory;

        await agent.RunAsync("How?", options: options);

        Assert.Equal((1, 0.5f), (asked, chat.Options[0]!.Temperature));
        Assert.Same(factory, options.ChatClientFactory);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_AgentBetweenDropsOptions_IsRefused(bool streamed)
    {
        using ScriptedChatClient chat = new("So [1].");
        AIAgent agent = new OptionsDroppingAgent(new ChatClientAgent(chat)).AsBuilder().UseRetrieval(_retriever).Build();

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => agent.RunAsync("How?", session: null, streamed));

        Assert.Contains("OptionsDroppingAgent did not hand the run's options", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OptionsOfAnUnknownType_AreRefused()
    {
        AIAgent agent = Agent(isChatClient: true, out _, "ok");

        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(() => agent.RunAsync("How?", options: new OtherRunOptions()));

        Assert.Contains("OtherRunOptions", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [CombinatorialRuns]
    public async Task Run_RetrievalFails_ThrowsUnlessTold(bool isChatClient, bool streamed)
    {
        AIAgent throws = Agent(isChatClient, out _, new FailingRetriever(), options: null, "ok");
        RecordingLoggerFactory logs = new();
        using ServiceProvider services = new ServiceCollection().AddSingleton<ILoggerFactory>(logs).BuildServiceProvider();
        AIAgent continues = Agent(isChatClient, out Func<IReadOnlyList<ChatMessage[]>> asked, new FailingRetriever(), new RetrievalAgentOptions { ContinueOnFailure = true }, services, "ok");

        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(() => throws.RunAsync("How?", session: null, streamed));
        AgentResponse response = await continues.RunAsync("How?", session: null, streamed);

        Assert.Equal(FailingRetriever.Message, failure.Message);
        Assert.Contains("No source was found", asked()[0][^1].Text, StringComparison.Ordinal);
        Assert.True(Assert.Single(((RetrievalResult)response.Properties(streamed)[RetrievalChatClient.ResultKey]!).Notes!).IsFailure);
        Assert.Contains(logs.Messages, message => message.Contains("goes on without sources", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_Cancelled_IsNoFailure(bool isChatClient)
    {
        AIAgent agent = Agent(isChatClient, out _, new FailingRetriever(), new RetrievalAgentOptions { ContinueOnFailure = true }, "ok");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => agent.RunAsync("How?", cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void UseRetrieval_RegisteredRetriever_IsTaken()
    {
        using ServiceProvider services = new ServiceCollection().AddKeyedSingleton<IPassageRetriever>("bikes", _retriever).BuildServiceProvider();

        AIAgent agent = new FakeAgent().AsBuilder().UseRetrieval(serviceKey: "bikes").Build(services);
        InvalidOperationException none = Assert.Throws<InvalidOperationException>(() => new FakeAgent().AsBuilder().UseRetrieval().Build(services));

        Assert.Same(_retriever, agent.GetService<IPassageRetriever>());
        Assert.Contains("No IPassageRetriever is registered", none.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("serviceKey", object? () => new FakeAgent().AsBuilder().UseRetrieval(_retriever, serviceKey: "bikes"));
    }

    [Fact]
    public void UseRetrieval_NothingCountsTokens_IsRefusedWhenBuilt()
    {
        AIAgentBuilder builder = new FakeAgent().AsBuilder().UseRetrieval(new FakeRetriever { CountsTokens = false });

        Assert.Contains("offers no ITokenCounter", Assert.Throws<ArgumentException>(() => builder.Build()).Message, StringComparison.Ordinal);
    }

    private AIAgent Agent(bool isChatClient, out Func<IReadOnlyList<ChatMessage[]>> asked, params string[] answers) => Agent(isChatClient, out asked, _retriever, options: null, answers);

    private static AIAgent Agent(
        bool isChatClient, out Func<IReadOnlyList<ChatMessage[]>> asked, IPassageRetriever retriever, RetrievalAgentOptions? options, params string[] answers) =>
        Agent(isChatClient, out asked, retriever, options, services: null, answers);

    private static AIAgent Agent(
        bool isChatClient, out Func<IReadOnlyList<ChatMessage[]>> asked, IPassageRetriever retriever, RetrievalAgentOptions? options, IServiceProvider? services, params string[] answers)
    {
        if (isChatClient)
        {
            ScriptedChatClient chat = new(answers);
            asked = () => chat.Asked;
            return new ChatClientAgent(chat).AsBuilder().UseRetrieval(retriever, options).Build(services);
        }

        FakeAgent agent = new(answers);
        asked = () => agent.Asked;
        return agent.AsBuilder().UseRetrieval(retriever, options).Build(services);
    }

    private sealed class OptionsDroppingAgent(AIAgent inner) : DelegatingAIAgent(inner)
    {
        protected override Task<AgentResponse> RunCoreAsync(
            IEnumerable<ChatMessage> messages, AgentSession? session = null, AgentRunOptions? options = null, CancellationToken cancellationToken = default) =>
            InnerAgent.RunAsync(messages, session, options: null, cancellationToken);

        protected override IAsyncEnumerable<AgentResponseUpdate> RunCoreStreamingAsync(
            IEnumerable<ChatMessage> messages, AgentSession? session = null, AgentRunOptions? options = null, CancellationToken cancellationToken = default) =>
            InnerAgent.RunStreamingAsync(messages, session, options: null, cancellationToken);
    }

    private sealed class OtherRunOptions : AgentRunOptions;
}
