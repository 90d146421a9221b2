using System.Text.Json;
using LocalRetrieval.Rag;
using LocalRetrieval.SemanticKernel.Tests.Fakes;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace LocalRetrieval.SemanticKernel.Tests.Chat;

[Collection(HandbookCollection.Name)]
public sealed class RetrievalChatCompletionServiceTests(HandbookFixture handbook)
{
    private const string Question = "How many days of leave do I have?";

    [Fact]
    public async Task GetChatMessageContentAsync_Question_HandsOnSourcesAndCites()
    {
        FakeChatCompletion inner = new("There are 28 days [1].");
        ChatHistory history = new("Be short.");
        history.AddUserMessage(Question);

        ChatMessageContent answer = await inner.WithRetrieval(handbook.Retriever).GetChatMessageContentAsync(history);

        Assert.Equal(["Be short.", Question], history.Select(message => message.Content));
        ChatHistory asked = inner.Asked.Single();
        Assert.Equal([AuthorRole.System, AuthorRole.User], asked.Select(message => message.Role));
        string sent = string.Concat(asked[1].Items.OfType<TextContent>().Select(item => item.Text));
        Assert.Contains("paid leave", sent, StringComparison.Ordinal);
        Assert.EndsWith(Question, sent, StringComparison.Ordinal);
        Assert.Equal(("There are 28 days [1].", "fake-model", "kept"), (answer.Content, answer.ModelId, answer.Metadata!["own"]));
        Assert.Equal((1, "leave.md"), answer.GetCitedSources().Select(source => (source.Number, source.Passage.Source)).Single());
    }

    [Fact]
    public async Task GetChatMessageContentAsync_HistoryThatWasSerialized_KeepsCitationsAndNumbers()
    {
        FakeChatCompletion inner = new("There are 28 days [1].", "It is the red lever [2], and leave is as before [1].");
        IChatCompletionService chat = inner.WithRetrieval(handbook.Retriever, new RetrievalChatOptions { Retrieval = new RetrievalOptions { Top = 1 } });
        ChatHistory history = [];
        history.AddUserMessage(Question);
        history.Add(await chat.GetChatMessageContentAsync(history));

        ChatHistory restored = JsonSerializer.Deserialize<ChatHistory>(JsonSerializer.Serialize(history))!;
        Assert.Equal(Bytes(history[1]), Bytes(restored[1]));
        Assert.Equal("leave.md", restored[1].GetCitedSources().Single().Passage.Source);
        restored.AddUserMessage("Which lever stops the pump P-4711?");
        ChatMessageContent second = await chat.GetChatMessageContentAsync(restored);

        Assert.Equal([(1, "leave.md"), (2, "pumps.md")], second.GetCitedSources().Select(source => (source.Number, source.Passage.Source)).Order());
    }

    [Fact]
    public async Task GetStreamingChatMessageContentsAsync_Question_CitesOnTheLastContent()
    {
        FakeChatCompletion inner = new("There are 28 days [1].");
        ChatHistory history = [];
        history.AddUserMessage(Question);

        List<StreamingChatMessageContent> contents = await inner.WithRetrieval(handbook.Retriever).GetStreamingChatMessageContentsAsync(history).ToListAsync();

        Assert.Equal("There are 28 days [1].", string.Concat(contents.Select(content => content.Content)));
        Assert.Equal("leave.md", contents[^1].GetCitedSources().Single().Passage.Source);
        Assert.All(contents.SkipLast(1), content => Assert.Empty(content.GetCitedSources()));
    }

    [Fact]
    public async Task GetChatMessageContentAsync_SettingsKernelAndAddedMessages_PassThrough()
    {
        FakeChatCompletion inner = new("28 [1].");
        inner.Adds.Add(new ChatMessageContent(AuthorRole.Assistant, [new FunctionCallContent("search", "Retrieval", "1", new KernelArguments { ["query"] = "leave" })]));
        inner.Adds.Add(new ChatMessageContent(AuthorRole.Tool, [new FunctionResultContent("search", "Retrieval", "1", "found")]));
        PromptExecutionSettings settings = new() { ModelId = "other" };
        ChatHistory history = [];
        history.AddUserMessage([new TextContent(Question), new ImageContent(new Uri("https://pictures.example/1.png"))]);

        await inner.WithRetrieval(handbook.Retriever).GetChatMessageContentAsync(history, settings, handbook.Kernel);

        Assert.Same(settings, inner.Settings);
        Assert.Same(handbook.Kernel, inner.Kernel);
        Assert.Equal([AuthorRole.User, AuthorRole.Assistant, AuthorRole.Tool], history.Select(message => message.Role));
        Assert.Equal("found", Assert.IsType<FunctionResultContent>(history[2].Items.Single()).Result);
        Assert.Single(inner.Asked.Single()[0].Items.OfType<ImageContent>());
    }

    private static string Bytes(ChatMessageContent message) => JsonSerializer.Serialize(message.Metadata![ChatCompletionRetrievalExtensions.CitationsKey]);
}
