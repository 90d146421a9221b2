using ConsoleRag.Tests.Chat;
using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;
using Moq;
using Samples;
using Spectre.Console;

namespace ConsoleRag.Tests;

public class SourceListTests
{
    [Fact]
    public async Task Write_Citations_AreInTheOrderOfTheirNumbers()
    {
        Assert.Equal(
            ["", "Sources cited", "  [1] 1.md", "  [2] 2.md", "  [10] 10.md", ""],
            await WriteAsync("So [10][2], or [1] [2]."));
        Assert.Equal(["", "Sources cited", "  [2] 2.md", "  [3] 3.md", "  [10] 10.md", ""], await WriteAsync("So [3, 10], or [2-3]."));
    }

    [Fact]
    public async Task Write_NoCitation_IsNothing() => Assert.Equal([""], await WriteAsync("So."));

    private static async Task<string[]> WriteAsync(string answer)
    {
        Mock<IChatClient> client = new();
        client
            .Setup(inner => inner.GetStreamingResponseAsync(It.IsAny<IEnumerable<ChatMessage>>(), It.IsAny<ChatOptions>(), It.IsAny<CancellationToken>()))
            .Returns(new[] { new ChatResponseUpdate(ChatRole.Assistant, answer) }.ToAsyncEnumerable());
        FixedRetriever retriever = new([.. Enumerable.Range(1, 12).Select(number => $"Text {number}.")]);
        using StringWriter output = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });

        ChatResponse response = await client.Object.WithRetrieval(retriever).GetStreamingResponseAsync("a?").ToChatResponseAsync();
        SourceList.Write(new Screen(console, console, canAsk: false), response);

        return output.ToString().Split('\n');
    }
}
