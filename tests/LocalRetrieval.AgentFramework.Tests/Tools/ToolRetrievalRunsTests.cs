using LocalRetrieval.AgentFramework.Tests.Fakes;
using LocalRetrieval.Rag.Tests.Fakes;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework.Tests.Tools;

/// <summary>Agents and chat clients whose models get the chosen tools alone.</summary>
public sealed class ToolRetrievalRunsTests : IDisposable
{
    private readonly FakeEmbeddingGenerator _generator = new(dimensions: 512);
    private readonly List<string> _called = [];
    private readonly AITool[] _tools;

    public ToolRetrievalRunsTests() => _tools =
    [
        Tool("weather", "rain wind sun tomorrow"), Tool("tool", "lock open entrance"), Tool("music", "play song album"), Tool("bank", "money account balance"),
    ];

    public void Dispose() => _generator.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_AgentWithProvider_GetsTheChosenInEachRound(bool streamed)
    {
        using ScriptedChatClient chat = new("call", "Done.");
        AIAgent agent = new ChatClientAgent(chat, new ChatClientAgentOptions
        {
            ChatOptions = new ChatOptions { Tools = _tools },
            AIContextProviders = [new ToolRetrievalProvider(Retriever())],
        });

        AgentResponse response = await agent.RunAsync("open the entrance", session: null, streamed);

        Assert.Equal("Done.", response.Messages[^1].Text);
        Assert.Equal(["tool"], _called);
        Assert.All(chat.Options, options => Assert.Equal(["tool"], options!.Tools!.Select(tool => tool.Name)));
    }

    [Fact]
    public async Task RunAsync_ToolsOfAProviderBefore_AreChosenFromToo()
    {
        using ScriptedChatClient chat = new("Done.");
        AIAgent agent = new ChatClientAgent(chat, new ChatClientAgentOptions { AIContextProviders = [new FixedTools(_tools), new ToolRetrievalProvider(Retriever())] });

        await agent.RunAsync("play a song");

        Assert.Equal(["music"], chat.Options[0]!.Tools!.Select(tool => tool.Name));
    }

    [Fact]
    public async Task RunAsync_NoTools_StaysAsItIs()
    {
        using ScriptedChatClient chat = new("Done.");
        AIAgent agent = new ChatClientAgent(chat, new ChatClientAgentOptions { AIContextProviders = [new ToolRetrievalProvider(Retriever())] });

        await agent.RunAsync("play a song");

        Assert.True(chat.Options[0]?.Tools is null or { Count: 0 });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponseAsync_ClientWithRetrieval_GetsTheChosenInEachRound(bool streamed)
    {
        using ScriptedChatClient chat = new("call", "Done.");
        using IChatClient client = chat.AsBuilder().UseToolRetrieval(Retriever()).UseFunctionInvocation().Build();
        ChatOptions options = new() { Tools = _tools };

        ChatResponse response = streamed
            ? await client.GetStreamingResponseAsync("open the entrance", options).ToChatResponseAsync()
            : await client.GetResponseAsync("open the entrance", options);

        Assert.Equal("Done.", response.Messages[^1].Text);
        Assert.Equal(["tool"], _called);
        Assert.All(chat.Options, sent => Assert.Equal(["tool"], sent!.Tools!.Select(tool => tool.Name)));
        Assert.Equal(4, options.Tools.Count);
    }

    [Fact]
    public async Task GetResponseAsync_ACertainFunctionIsRequired_NothingIsChosen()
    {
        using ScriptedChatClient chat = new("Done.", "Done.");
        using IChatClient client = chat.AsBuilder().UseToolRetrieval(Retriever()).Build();
        ChatOptions options = new() { Tools = _tools, ToolMode = ChatToolMode.RequireSpecific("bank") };

        await client.GetResponseAsync("play a song", options);
        await client.GetResponseAsync("play a song");

        Assert.Same(options, chat.Options[0]);
        Assert.Null(chat.Options[1]);
        Assert.Empty(_generator.Embedded);
    }

    private ToolRetriever Retriever() => new(_generator, options: new ToolRetrieverOptions { Top = 1 });

    private AIFunction Tool(string name, string description) => AIFunctionFactory.Create(() => _called.Add(name), name, description);

    private sealed class FixedTools(AITool[] tools) : AIContextProvider
    {
        protected override ValueTask<AIContext> ProvideAIContextAsync(InvokingContext context, CancellationToken cancellationToken = default) => new(new AIContext { Tools = tools });
    }
}
