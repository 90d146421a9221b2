using System.Text.Json;
using LocalRetrieval.Rag;
using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

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

        Assert.Equal(compiled, page.Split("```csharp\n").Skip(1).Select(part => part.Split("\n```")[0]));
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
