using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag.Tests.Docs;

/// <summary>The code of docs/chat.md compiles, and runs here.</summary>
public sealed class ChatPageTests
{
    private readonly FakeRetriever _retriever = new(FakeRetriever.Passage("Oil the chain.", "bike.md"));

    [Theory]
    [InlineData("chat")]
    [InlineData("searches")]
    public void Page_Snippet_IsTheCompiledOne(string name)
    {
        string page = File.ReadAllText(Checkout.Path("docs", "chat.md")).ReplaceLineEndings("\n");
        string source = File.ReadAllText(Checkout.Path("tests", "LocalRetrieval.Rag.Tests", "Docs", "ChatPageTests.cs")).ReplaceLineEndings("\n");
        string snippet = source.Split($"// snippet: {name}\n")[1].Split("        // end")[0].Replace("\n        ", "\n", StringComparison.Ordinal);

        Assert.Contains($"```csharp\n{snippet.Trim()}\n```", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_Snippet_Runs()
    {
        using ScriptedChatClient chat = new("Oil it [1] [9].");
        IPassageRetriever retriever = _retriever;
        ChatMessage[] history = [new(ChatRole.User, "How?")];

        // snippet: chat
        IChatClient client = chat.AsBuilder()
            .UseFunctionInvocation()
            .UseRetrieval(retriever, new RetrievalChatOptions { UnknownNumbers = UnknownNumbers.Remove })
            .Build();
        ChatOptions options = new ChatOptions().WithRetrieval(new RetrievalOptions<Passage> { Top = 3, Filter = passage => passage.Scope == "handbook" });
        ChatResponse answer = await client.GetResponseAsync(history, options);
        foreach (ContextSource source in answer.Messages[^1].GetCitedSources())
        {
            Console.WriteLine($"[{source.Number}] {source.Passage.Source}");
        }
        // end

        Assert.Equal("Oil it [1].", answer.Text);
        Assert.Equal("bike.md", Assert.Single(answer.Messages[^1].GetCitedSources()).Passage.Source);
        Assert.NotNull(Assert.IsType<RetrievalOptions<Passage>>(_retriever.LastOptions).Filter);
    }

    [Fact]
    public async Task Searches_Snippet_Runs()
    {
        using ScriptedChatClient chat = new("search:chain", "Oil it [1].");
        IPassageRetriever retriever = _retriever;
        ChatMessage[] history = [new(ChatRole.User, "How?")];

        // snippet: searches
        IChatClient client = chat.AsBuilder()
            .UseRetrieval(retriever, new RetrievalChatOptions { RetrieveEachTurn = false })
            .UseFunctionInvocation()
            .Build();
        ChatResponse answer = await client.GetResponseAsync(history, new ChatOptions { Tools = [retriever.AsAIFunction()] });
        // end

        Assert.Equal(["chain"], _retriever.Queries);
        Assert.Equal("bike.md", Assert.Single(answer.Messages[^1].GetCitedSources()).Passage.Source);
    }
}
