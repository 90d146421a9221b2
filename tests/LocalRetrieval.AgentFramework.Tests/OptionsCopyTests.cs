using LocalRetrieval.Rag;
using LocalRetrieval.Testing;

namespace LocalRetrieval.AgentFramework.Tests;

public sealed class OptionsCopyTests
{
    [Fact]
    public void Constructor_Options_CopiesEveryProperty()
    {
        RetrievalChatOptions chat = new() { Instructions = "Cite." };
        RetrievalAgentOptions agent = new() { Chat = chat, ScopedRetrieval = _ => new RetrievalOptions(), ContinueOnFailure = true };
        RetrievalContextProviderOptions provider = new()
        {
            Chat = chat,
            ScopedRetrieval = _ => new RetrievalOptions(),
            MessageFilter = messages => messages,
            RememberedMessages = 3,
            ContinueOnFailure = true,
            StateKey = "k",
        };
        ToolRetrieverOptions tools = new() { Top = 2, Always = ["a"], Reranked = 3, VectorWeight = 0.5, RerankerWeight = 0.6, Text = tool => tool.Name };

        Assert.Empty(OptionsCopy.Faults(agent, options => new RetrievalAgentOptions(options)));
        Assert.Empty(OptionsCopy.Faults(provider, options => new RetrievalContextProviderOptions(options)));
        Assert.Empty(OptionsCopy.Faults(tools, options => new ToolRetrieverOptions(options)));
        Assert.Equal("Cite.", new RetrievalAgentOptions(agent).Chat.Instructions);
    }

    [Fact]
    public void Options_BadValues_AreRefused()
    {
        RetrievalContextProviderOptions options = new();

        Assert.Throws<ArgumentNullException>("Chat", () => options.Chat = null!);
        Assert.Throws<ArgumentOutOfRangeException>("RememberedMessages", () => options.RememberedMessages = -1);
        Assert.Throws<ArgumentException>("StateKey", () => options.StateKey = " ");
        Assert.Throws<ArgumentNullException>("Chat", () => new RetrievalAgentOptions().Chat = null!);
    }
}
