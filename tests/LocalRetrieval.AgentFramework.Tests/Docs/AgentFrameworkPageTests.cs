// A program outside of these namespaces needs each of them.
#pragma warning disable IDE0005

// snippet: usings
using System.ClientModel;
using System.Text.Json;
using LocalRetrieval;
using LocalRetrieval.AgentFramework;
using LocalRetrieval.Rag;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using OpenAI;
// end
using LocalRetrieval.AgentFramework.Tests.Fakes;
using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;

namespace LocalRetrieval.AgentFramework.Tests.Docs;

/// <summary>The code of docs/agent-framework.md compiles, and runs here.</summary>
public sealed class AgentFrameworkPageTests
{
    private readonly FakeRetriever _found = new(FakeRetriever.Passage("Oil the chain.", "bike.md"));

    [Fact]
    public void Page_Snippets_AreTheCompiledOnes()
    {
        string page = File.ReadAllText(Checkout.Path("docs", "agent-framework.md")).ReplaceLineEndings("\n");
        string source = File.ReadAllText(Checkout.Path("tests", "LocalRetrieval.AgentFramework.Tests", "Docs", "AgentFrameworkPageTests.cs")).ReplaceLineEndings("\n");
        string[] compiled = [.. source.Split("        // snippet\n").Skip(1).Select(part => part.Split("        // end")[0].Replace("\n        ", "\n", StringComparison.Ordinal).Trim())];

        compiled[0] = $"{source.Split("// snippet: usings\n")[1].Split("// end")[0]}\n{compiled[0]}";
        Assert.Equal(compiled, page.Split("```csharp\n").Skip(1).Select(part => part.Split("\n```")[0]));
    }

    [Fact]
    public async Task Start_Snippet_Runs()
    {
        // snippet
        await using ServiceProvider services = new ServiceCollection().AddLocalRetrieval().BuildServiceProvider();
        PassageIndexer indexer = services.GetRequiredService<PassageIndexer>();
        VectorStoreCollection<string, Passage> passages = await indexer.GetCollectionAsync(services.GetRequiredService<VectorStore>(), "passages");
        (await indexer.IndexAsync(passages, [new SourceDocument("bike.md", "# Chain\n\nOil the chain every month.")])).ThrowIfFailed();

        IPassageRetriever retriever = services.GetRequiredService<IPassageRetriever>();
        IEmbeddingGenerator<string, Embedding<float>> generator = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        OpenAIClient server = new(new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = new Uri("http://localhost:11434/v1") });
        IChatClient chat = server.GetChatClient("llama3.2").AsIChatClient();
        // end

        Assert.Equal("bike.md", Assert.Single((await retriever.RetrieveAsync("How is the chain oiled?")).Passages).Source);
        Assert.Equal(("llama3.2", 384), (chat.GetService<ChatClientMetadata>()!.DefaultModelId, (await generator.GenerateQueryAsync("chain")).Vector.Length));
    }

    [Fact]
    public async Task Agent_Snippet_Runs()
    {
        using ScriptedChatClient chat = new("Like this [1] [9].");
        IPassageRetriever retriever = _found;

        // snippet
        AIAgent agent = new ChatClientAgent(chat, instructions: "Be brief.")
            .AsBuilder()
            .UseRetrieval(retriever, new RetrievalAgentOptions { Chat = { UnknownNumbers = UnknownNumbers.Remove } })
            .Build();
        AgentSession session = await agent.CreateSessionAsync();
        AgentResponse answer = await agent.RunAsync("How is the chain oiled?", session);
        foreach (ContextSource source in answer.Messages[^1].GetCitedSources())
        {
            Console.WriteLine($"[{source.Number}] {source.Passage.Source}");
        }
        // end

        Assert.Equal("Like this [1].", answer.Text);
        Assert.Equal("bike.md", Assert.Single(answer.Messages[^1].GetCitedSources()).Passage.Source);
    }

    [Fact]
    public async Task Searching_Snippet_Runs()
    {
        using ScriptedChatClient chat = new("search:chain:workshop", "Like this [1].");
        IPassageRetriever retriever = _found;

        // snippet
        AIAgent agent = new ChatClientAgent(chat, instructions: "Search before you answer.", tools: [retriever.AsAIFunction()])
            .AsBuilder()
            .UseRetrieval(retriever, new RetrievalAgentOptions { Chat = { RetrieveEachTurn = false } })
            .Build();
        AgentResponse answer = await agent.RunAsync("How is the chain oiled, and when is the workshop open?");
        // end

        Assert.Equal(["chain", "workshop"], _found.Queries);
        Assert.Equal("bike.md", Assert.Single(answer.Messages[^1].GetCitedSources()).Passage.Source);
    }

    [Fact]
    public async Task Provider_Snippet_Runs()
    {
        using ScriptedChatClient chat = new("Like this [1].", "Weekly [1].");
        IPassageRetriever retriever = _found;

        // snippet
        RetrievalContextProvider provider = new(retriever);
        ChatClientAgent agent = new(chat, new ChatClientAgentOptions { AIContextProviders = [provider] });
        AgentSession session = await agent.CreateSessionAsync();
        await agent.RunAsync("How is the chain oiled?", session);

        JsonElement saved = await agent.SerializeSessionAsync(session);
        AgentSession restored = await agent.DeserializeSessionAsync(saved);
        await agent.RunAsync("And how often?", restored);
        foreach (ContextSource source in provider.GetCitedSources(restored))
        {
            Console.WriteLine($"[{source.Number}] {source.Passage.Source}");
        }
        // end

        Assert.Equal(["How is the chain oiled?", "And how often?"], _found.Queries);
        Assert.Equal("bike.md", Assert.Single(provider.GetCitedSources(restored)).Passage.Source);
    }

    [Fact]
    public async Task History_Snippet_Runs()
    {
        using ScriptedChatClient chat = new("Like this [1].");
        IPassageRetriever retriever = _found;

        // snippet
        ChatClientAgent agent = new(chat, new ChatClientAgentOptions
        {
            AIContextProviders = [new RetrievalContextProvider(retriever)],
            ChatHistoryProvider = new InMemoryChatHistoryProvider(new InMemoryChatHistoryProviderOptions
            {
                StorageInputRequestMessageFilter = messages => messages.Where(message => message.GetAgentRequestMessageSourceType() == AgentRequestMessageSourceType.External),
            }),
        });
        // end

        AgentSession session = await agent.CreateSessionAsync();
        await agent.RunAsync("How is the chain oiled?", session);

        Assert.Contains("Oil the chain.", chat.AskedJson[0], StringComparison.Ordinal);
        Assert.Equal(["How is the chain oiled?", "Like this [1]."], agent.GetService<InMemoryChatHistoryProvider>()!.GetMessages(session).Select(message => message.Text));
    }

    [Fact]
    public async Task Scope_Snippet_Runs()
    {
        using ScriptedChatClient chat = new("Like this [1].");
        IPassageRetriever retriever = _found;

        // snippet
        RetrievalContextProviderOptions options = new()
        {
            ScopedRetrieval = tenant => new RetrievalOptions<Passage> { Filter = passage => passage.Scope == tenant, CacheScope = tenant },
        };
        ChatClientAgent agent = new(chat, new ChatClientAgentOptions { AIContextProviders = [new RetrievalContextProvider(retriever, options)] });
        AgentSession session = await agent.CreateSessionAsync();
        session.SetRetrievalScope("acme");
        await agent.RunAsync("How is the chain oiled?", session);
        // end

        Assert.Equal("acme", _found.LastOptions!.CacheScope);
    }

    [Fact]
    public async Task Failure_Snippet_Runs()
    {
        using ScriptedChatClient chat = new("I do not know.");
        IPassageRetriever retriever = new FailingRetriever();

        // snippet
        AIAgent agent = new ChatClientAgent(chat)
            .AsBuilder()
            .UseRetrieval(retriever, new RetrievalAgentOptions { ContinueOnFailure = true })
            .Build();
        AgentResponse answer = await agent.RunAsync("How is the chain oiled?");
        RetrievalResult result = (RetrievalResult)answer.AdditionalProperties![RetrievalChatClient.ResultKey]!;
        bool hasFailed = result.Notes?.Any(note => note.IsFailure) == true;
        // end

        Assert.True(hasFailed);
    }

    [Fact]
    public async Task TextSearch_Snippet_Runs()
    {
        using ScriptedChatClient chat = new("Like this.");
        IPassageRetriever retriever = _found;

        // snippet
        TextSearchProvider search = new(retriever.AsTextSearch(new RetrievalOptions { Top = 3 }));
        ChatClientAgent agent = new(chat, new ChatClientAgentOptions { AIContextProviders = [search] });
        // end

        await agent.RunAsync("How is the chain oiled?");
        Assert.Contains("Oil the chain.", chat.Asked[0][^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tools_Snippets_Run()
    {
        using ScriptedChatClient chat = new("No.", "No.");
        using FakeEmbeddingGenerator generator = new(dimensions: 512);
        AITool[] tools = [.. "weather rain tomorrow|mail letter|music song|travel train|bank money|door lock|get_time clock".Split('|').Select(text => AIFunctionFactory.Create(() => text, text.Split(' ')[0], text))];

        // snippet
        ToolRetriever toolRetriever = new(generator, options: new ToolRetrieverOptions { Top = 5, Always = ["get_time"] });
        ChatClientAgent agent = new(chat, new ChatClientAgentOptions
        {
            ChatOptions = new ChatOptions { Tools = tools },
            AIContextProviders = [new ToolRetrievalProvider(toolRetriever)],
        });
        await agent.RunAsync("Will it rain tomorrow?");
        // end

        // snippet
        IChatClient client = chat.AsBuilder()
            .UseToolRetrieval(toolRetriever)
            .UseFunctionInvocation()
            .Build();
        // end

        await client.GetResponseAsync("Will it rain tomorrow?", new ChatOptions { Tools = tools });
        Assert.All(chat.Options, options => Assert.Equal((6, true, true), (options!.Tools!.Count, options.Tools.Any(tool => tool.Name == "weather"), options.Tools.Any(tool => tool.Name == "get_time"))));
    }
}
