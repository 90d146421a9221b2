using LocalRetrieval.AgentFramework.Tests.Fakes;
using LocalRetrieval.Rag;
using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework.Tests.Context;

public sealed class RetrievalContextProviderTests
{
    private readonly FakeRetriever _retriever = new(FakeRetriever.Passage("Oil the chain.", "bike.md", "Care"), FakeRetriever.Passage("Boil pasta.", "food.md"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_Question_HasNumberedSourcesBeforeIt(bool streamed)
    {
        using ScriptedChatClient chat = new("So [1].");
        AIAgent agent = Agent(chat, new RetrievalContextProvider(_retriever));

        await agent.RunAsync("How?", session: null, streamed);

        Assert.Equal(["How?"], _retriever.Queries);
        Assert.Equal(2, chat.Asked[0].Length);
        Assert.Matches("^Answer the question from the numbered sources(.|\n)*--([0-9a-f]{16})\n\\[1] bike.md > Care\nOil the chain.\n--\\2\n\\[2] food.md\nBoil pasta.\n--\\2--$", chat.Asked[0][0].Text);
        Assert.Equal("How?", chat.Asked[0][1].Text);
    }

    [Fact]
    public async Task RunAsync_SecondTurn_SeesTheHistory_AndSendsNoSourcesTwice()
    {
        using ScriptedChatClient chat = new("So [1].", "And so.");
        AIAgent agent = Agent(chat, new RetrievalContextProvider(_retriever));
        AgentSession session = await agent.CreateSessionAsync();

        await agent.RunAsync("How?", session);
        await agent.RunAsync("Why?", session);

        Assert.Equal(["How?", "So [1]."], _retriever.LastOptions!.Conversation!.Select(message => message.Text));
        Assert.Equal(["How?", "So [1].", "Why?"], chat.Asked[1].Where(message => !message.Text.Contains("Oil the chain.", StringComparison.Ordinal)).Select(message => message.Text));
        Assert.Single(chat.Asked[1], message => message.Text.Contains("Oil the chain.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_SessionSerializedAndRestored_KeepsNumbersSourcesAndScope()
    {
        RetrievalContextProviderOptions options = new() { ScopedRetrieval = tenant => new RetrievalOptions<Passage> { Filter = passage => passage.Scope == tenant, CacheScope = tenant } };
        using ScriptedChatClient chat = new("Eat [2].", "Bread [3].");
        AIAgent first = Agent(chat, new RetrievalContextProvider(_retriever, options));
        AgentSession session = await first.CreateSessionAsync();
        session.SetRetrievalScope("acme");
        await first.RunAsync("What?", session);
        FakeRetriever found = new(FakeRetriever.Passage("Bake bread at once.", "bread.md"));
        RetrievalContextProvider provider = new(found, options);
        AIAgent second = Agent(chat, provider);

        AgentSession restored = await first.MoveAsync(session, second);
        await second.RunAsync("And then?", restored);

        Assert.Equal("acme", restored.GetRetrievalScope());
        Assert.Equal("acme", Assert.IsType<RetrievalOptions<Passage>>(found.LastOptions).CacheScope);
        string sent = Assert.Single(chat.Asked[1], message => message.Text.Contains("Bake bread", StringComparison.Ordinal)).Text;
        Assert.Matches("\\[3] bread.md\nBake bread at once.\n(.|\n)*\\[2] food.md\nBoil pasta.", sent);
        Assert.DoesNotContain("Oil the chain.", sent, StringComparison.Ordinal);
        Assert.Equal([(2, "food.md"), (3, "bread.md")], provider.GetCitedSources(restored).Select(source => (source.Number, source.Passage.Source!)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_RoundsOfTools_RetrieveOnce(bool streamed)
    {
        using ScriptedChatClient chat = new("call", "call", "So [1].");
        RetrievalContextProvider provider = new(_retriever);
        AIAgent agent = Agent(chat, provider, AIFunctionFactory.Create(() => "rain", "tool"));
        AgentSession session = await agent.CreateSessionAsync();

        await agent.RunAsync("How?", session, streamed);

        Assert.Equal(["How?"], _retriever.Queries);
        Assert.All(chat.Asked, asked => Assert.Single(asked, message => message.Text.Contains("Oil the chain.", StringComparison.Ordinal)));
        Assert.Equal("bike.md", Assert.Single(provider.GetCitedSources(session)).Passage.Source);
    }

    [Fact]
    public async Task RunAsync_AskedBeforeEachCallOfTheModel_RetrievesOnce()
    {
        using ScriptedChatClient chat = new("call", "So [1].");
        RetrievalContextProvider provider = new(_retriever);
        AIAgent agent = new ChatClientAgent(chat.AsBuilder().UseFunctionInvocation().UseAIContextProviders(provider).Build(), tools: [AIFunctionFactory.Create(() => "rain", "tool")]);
        AgentSession session = await agent.CreateSessionAsync();

        await agent.RunAsync("How?", session);

        Assert.Equal(["How?"], _retriever.Queries);
        Assert.All(chat.Asked, asked => Assert.Single(asked, message => message.Text.Contains("Oil the chain.", StringComparison.Ordinal)));
        Assert.Equal("bike.md", Assert.Single(provider.GetCitedSources(session)).Passage.Source);
    }

    [Fact]
    public async Task RunAsync_AroundAnAgentWithoutChatClient_Provides()
    {
        FakeAgent inner = new("So [1].");
        RetrievalContextProvider provider = new(_retriever);
        AIAgent agent = inner.AsBuilder().UseAIContextProviders(provider).Build();
        AgentSession session = await agent.CreateSessionAsync();

        await agent.RunAsync("How?", session);

        Assert.Contains("Oil the chain.", inner.Asked[0][0].Text, StringComparison.Ordinal);
        Assert.Equal("How?", inner.Asked[0][1].Text);
        Assert.Single(provider.GetCitedSources(session));
    }

    [Fact]
    public async Task RunAsync_MessageFilter_MakesQueryAndConversation()
    {
        using ScriptedChatClient chat = new("So.", "So.");
        RetrievalContextProvider provider = new(_retriever, new RetrievalContextProviderOptions
        {
            MessageFilter = messages => messages.Where(message => message.Role == ChatRole.User && !message.Text.StartsWith("secret", StringComparison.Ordinal)),
        });
        AIAgent agent = Agent(chat, provider);
        AgentSession session = await agent.CreateSessionAsync();

        await agent.RunAsync("How?", session);
        await agent.RunAsync([new ChatMessage(ChatRole.User, "Why?"), new ChatMessage(ChatRole.User, "secret")], session);

        Assert.Equal(["How?", "Why?"], _retriever.Queries);
        Assert.Equal(["How?"], _retriever.LastOptions!.Conversation!.Select(message => message.Text));
    }

    [Fact]
    public async Task RunAsync_MessageFilterGivesNull_IsNamed()
    {
        using ScriptedChatClient chat = new("So.");
        AIAgent agent = Agent(chat, new RetrievalContextProvider(_retriever, new RetrievalContextProviderOptions { MessageFilter = _ => null! }));

        Assert.Contains("MessageFilter gave null", (await Assert.ThrowsAsync<InvalidOperationException>(() => agent.RunAsync("How?"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OtherProvidersMessage_IsNeitherQueryNorConversation()
    {
        using ScriptedChatClient chat = new("So [1].");
        TextSearchProvider other = new((_, _) => Task.FromResult<IEnumerable<TextSearchProvider.TextSearchResult>>([new() { Text = "It rains." }]));
        AIAgent agent = new ChatClientAgent(chat, new ChatClientAgentOptions { AIContextProviders = [other, new RetrievalContextProvider(_retriever)] });

        await agent.RunAsync("How?");

        Assert.Equal(["How?"], _retriever.Queries);
        Assert.Null(_retriever.LastOptions?.Conversation);
        Assert.Contains("It rains.", chat.Asked[0][^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ServiceKeepsTheHistory_ConversationIsRemembered()
    {
        using ScriptedChatClient chat = new("Eat [2].", "So.") { ConversationOf = _ => "conversation" };
        AIAgent agent = Agent(chat, new RetrievalContextProvider(_retriever));
        AgentSession session = await agent.CreateSessionAsync();

        await agent.RunAsync("What?", session);
        await agent.RunAsync("And then?", session);

        Assert.Equal(["What?", "Eat [2]."], _retriever.LastOptions!.Conversation!.Select(message => message.Text));
        Assert.Equal([ChatRole.User, ChatRole.Assistant], _retriever.LastOptions.Conversation!.Select(message => message.Role));
    }

    [Fact]
    public async Task RunAsync_NoText_RetrievesNothing()
    {
        using ScriptedChatClient chat = new("So.");
        AIAgent agent = Agent(chat, new RetrievalContextProvider(_retriever));

        await agent.RunAsync(new ChatMessage(ChatRole.User, [new UriContent("https://example.com/i.png", "image/png")]));

        Assert.Empty(_retriever.Queries);
        Assert.Single(chat.Asked[0]);
    }

    [Fact]
    public async Task RunAsync_RetrievalFails_ThrowsUnlessTold()
    {
        using ScriptedChatClient chat = new("So.");
        RecordingLoggerFactory logs = new();
        AIAgent throws = Agent(chat, new RetrievalContextProvider(new FailingRetriever()));
        AIAgent continues = Agent(chat, new RetrievalContextProvider(new FailingRetriever(), new RetrievalContextProviderOptions { ContinueOnFailure = true }, logs));

        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(() => throws.RunAsync("How?"));
        await continues.RunAsync("How?");

        Assert.Equal(FailingRetriever.Message, failure.Message);
        Assert.Contains("No source was found", Assert.Single(chat.Asked)[0].Text, StringComparison.Ordinal);
        Assert.Single(logs.Messages, message => message.Contains("goes on without sources", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_RetrieverGivesNull_IsNamed()
    {
        using ScriptedChatClient chat = new("So.");
        AIAgent agent = Agent(chat, new RetrievalContextProvider(new FakeRetriever { GivesNull = true }));

        Assert.Contains("FakeRetriever gave null", (await Assert.ThrowsAsync<InvalidOperationException>(() => agent.RunAsync("How?"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ScopeMissingLostOrWithoutOptions_IsRefused()
    {
        using ScriptedChatClient chat = new("So.");
        AIAgent scoped = Agent(chat, new RetrievalContextProvider(_retriever, new RetrievalContextProviderOptions { ScopedRetrieval = _ => new RetrievalOptions() }));
        AIAgent unscoped = Agent(chat, new RetrievalContextProvider(_retriever));
        AIAgent empty = Agent(chat, new RetrievalContextProvider(_retriever, new RetrievalContextProviderOptions { ScopedRetrieval = _ => null! }));
        AgentSession session = await scoped.CreateSessionAsync();
        session.SetRetrievalScope("acme");

        Assert.Contains("the session has no scope", (await Assert.ThrowsAsync<InvalidOperationException>(() => scoped.RunAsync("How?"))).Message, StringComparison.Ordinal);
        Assert.Contains("would be lost", (await Assert.ThrowsAsync<InvalidOperationException>(() => unscoped.RunAsync("How?", session))).Message, StringComparison.Ordinal);
        Assert.Contains("no options for the scope 'acme'", (await Assert.ThrowsAsync<InvalidOperationException>(() => empty.RunAsync("How?", session))).Message, StringComparison.Ordinal);
        Assert.Empty(_retriever.Queries);
    }

    [Fact]
    public async Task RunAsync_OtherStateUnderTheKey_IsNamed()
    {
        using ScriptedChatClient chat = new("So.");
        AIAgent agent = Agent(chat, new RetrievalContextProvider(_retriever));
        AgentSession session = await agent.CreateSessionAsync();
        session.StateBag.SetValue("localretrieval.context", "something else");

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => agent.RunAsync("How?", session));

        Assert.Contains("'localretrieval.context'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_TwoProviders_NeedTwoKeys()
    {
        using ScriptedChatClient chat = new("So.");
        RetrievalContextProvider one = new(_retriever);
        RetrievalContextProvider other = new(_retriever, new RetrievalContextProviderOptions { StateKey = "other" });
        AIAgent agent = new ChatClientAgent(chat, new ChatClientAgentOptions { AIContextProviders = [one, other] });

        await agent.RunAsync("How?");

        Assert.Equal(2, chat.Asked[0].Count(message => message.Text.Contains("Oil the chain.", StringComparison.Ordinal)));
        Assert.Throws<InvalidOperationException>(object? () => new ChatClientAgent(chat, new ChatClientAgentOptions { AIContextProviders = [one, new RetrievalContextProvider(_retriever)] }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_FunctionThatSearches_IsHeldToTheScopeNumberedOnAndCited(bool streamed)
    {
        FakeRetriever found = new(FakeRetriever.Passage("Bake bread at once.", "bread.md"));
        AIFunction search = new ApprovedFunction(found.AsAIFunction(options: new() { Retrieval = new RetrievalOptions<Passage> { Filter = passage => passage.Language == "en", CacheScope = "en" } }));
        RetrievalContextProvider provider = new(_retriever, new() { ScopedRetrieval = tenant => new RetrievalOptions<Passage> { Filter = passage => passage.Scope == tenant, CacheScope = tenant } });
        using ScriptedChatClient chat = new("search:bread", "Eat [3].", "search:bread", "Boil [5].");
        AIAgent agent = Agent(chat, provider, search);
        AgentSession session = await agent.CreateSessionAsync();
        session.SetRetrievalScope("acme");

        await agent.RunAsync("What?", session, streamed);
        string? source = Assert.Single(provider.GetCitedSources(session)).Passage.Source;
        await agent.RunAsync("And then?", session, streamed);

        Func<Passage, bool> filter = Assert.IsType<RetrievalOptions<Passage>>(found.LastOptions).Filter!.Compile();
        Assert.Equal([true, false, false], new[] { ("acme", "en"), ("other", "en"), ("acme", "de") }.Select(of => filter(new Passage { Scope = of.Item1, Language = of.Item2, Source = "s", Text = "t" })));
        Assert.Equal("bread.md", source);
        Assert.All(chat.Asked[^1].SelectMany(message => message.Contents).OfType<FunctionResultContent>(), result => Assert.Contains("[3] bread.md", result.Result!.ToString(), StringComparison.Ordinal));
        Assert.Equal(["bread.md", "food.md"], provider.GetCitedSources(session).Select(cited => cited.Passage.Source));
    }

    [Fact]
    public async Task RunAsync_SessionsAtOnce_SearchEachInItsScope()
    {
        ScopeRetriever found = new();
        RetrievalContextProvider provider = new(found, new() { ScopedRetrieval = tenant => new RetrievalOptions { CacheScope = tenant } });
        AIFunction search = found.AsAIFunction();

        string[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(tenant => Task.Run(async () =>
        {
            using ScriptedChatClient chat = new("search:x", "So.");
            AIAgent agent = Agent(chat, provider, search);
            AgentSession session = await agent.CreateSessionAsync();
            session.SetRetrievalScope($"tenant{tenant}");
            await agent.RunAsync("What?", session);
            return chat.Asked[^1].SelectMany(message => message.Contents).OfType<FunctionResultContent>().Single().Result!.ToString()!;
        })));

        Assert.All(answers, (answer, tenant) => Assert.Contains($"of tenant{tenant}.", answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_TwoProviders_HaveNumbersOfTheirOwn()
    {
        using ScriptedChatClient chat = new("So [1] and [3].", "So.");
        RetrievalContextProvider one = new(_retriever);
        RetrievalContextProvider other = new(new FakeRetriever(FakeRetriever.Passage("Bake bread at once.", "bread.md")), new RetrievalContextProviderOptions { StateKey = "other" });
        AIAgent agent = new ChatClientAgent(chat, new ChatClientAgentOptions { AIContextProviders = [one, other] });
        AgentSession session = await agent.CreateSessionAsync();

        await agent.RunAsync("How?", session);

        Assert.Equal(["bike.md"], one.GetCitedSources(session).Select(source => source.Passage.Source));
        Assert.Equal(["bread.md"], other.GetCitedSources(session).Select(source => source.Passage.Source));
    }

    [Fact]
    public void GetService_Retriever_IsGiven() => Assert.Same(_retriever, new RetrievalContextProvider(_retriever).GetService<IPassageRetriever>());

    private static ChatClientAgent Agent(ScriptedChatClient chat, RetrievalContextProvider provider, params AITool[] tools) =>
        new(chat, new ChatClientAgentOptions { AIContextProviders = [provider], ChatOptions = new ChatOptions { Tools = tools } });

    /// <summary>A function as others put around one, such as those that a person approves.</summary>
    private sealed class ApprovedFunction(AIFunction inner) : DelegatingAIFunction(inner);

    /// <summary>Finds a passage that says in whose scope it was looked for.</summary>
    private sealed class ScopeRetriever : IPassageRetriever
    {
        public async Task<RetrievalResult> RetrieveAsync(string query, RetrievalOptions? options = null, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return new RetrievalResult(query, [FakeRetriever.Passage($"Of {options?.CacheScope}.".ToLowerInvariant())]);
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ITokenCounter) ? new WordTokenCounter() : null;
    }
}
