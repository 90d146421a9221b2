using Microsoft.Extensions.AI;
using Moq;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>Chat clients that answer with what they are given.</summary>
internal static class ChatClients
{
    public static Mock<IChatClient> Saying(string text) => Giving(new ChatResponseUpdate(ChatRole.Assistant, text) { MessageId = "m", ResponseId = "r" });

    public static Mock<IChatClient> Giving(params ChatResponseUpdate[] updates)
    {
        Mock<IChatClient> client = Giving(updates.ToChatResponse());
        client.Setup(chat => chat.GetStreamingResponseAsync(It.IsAny<IEnumerable<ChatMessage>>(), It.IsAny<ChatOptions?>(), It.IsAny<CancellationToken>()))
            .Returns(updates.ToAsyncEnumerable());
        return client;
    }

    /// <summary>A client that answers with the same instance each time, as a cache in memory may.</summary>
    public static Mock<IChatClient> Giving(ChatResponse response)
    {
        Mock<IChatClient> client = new();
        client.Setup(chat => chat.GetResponseAsync(It.IsAny<IEnumerable<ChatMessage>>(), It.IsAny<ChatOptions?>(), It.IsAny<CancellationToken>())).ReturnsAsync(response);
        return client;
    }

    /// <summary>The messages that a client was last asked.</summary>
    public static ChatMessage[] Asked(this Mock<IChatClient> client) => [.. (IEnumerable<ChatMessage>)client.Invocations[^1].Arguments[0]!];
}
