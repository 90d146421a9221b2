using ConsoleRag.Chat;
using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;
using Moq;

namespace ConsoleRag.Tests.Chat;

public class CitationChatClientTests
{
    [Fact]
    public async Task GetStreamingResponseAsync_NumberWithoutASource_IsNoCitation()
    {
        using RetrievalChatClient client = ClientOf("It is [", "1, 7] so [3", "].");

        ChatResponse response = await client.GetStreamingResponseAsync("a?").ToChatResponseAsync();

        Assert.Equal("It is [1][no source 7] so [no source 3].", response.Text);
        CitationAnnotation citation = Assert.IsType<CitationAnnotation>(
            Assert.Single(response.Messages[0].Contents.SelectMany(content => content.Annotations ?? [])));
        TextSpanAnnotatedRegion region = Assert.IsType<TextSpanAnnotatedRegion>(Assert.Single(citation.AnnotatedRegions!));
        Assert.Equal("1", citation.FileId);
        Assert.Equal("[1]", response.Text[region.StartIndex!.Value..region.EndIndex!.Value]);
    }

    [Fact]
    public async Task GetResponseAsync_TextEndsInAMarker_IsComplete()
    {
        using RetrievalChatClient client = ClientOf("It is ", "[2]");

        ChatResponse response = await client.GetResponseAsync("a?");

        Assert.Equal("It is [2]", Assert.Single(response.Messages).Text);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_OtherContents_ArePassedOn()
    {
        ErrorContent error = new("broken");
        using CitationChatClient client = new(Answering(new ChatResponseUpdate(ChatRole.Assistant, [new TextContent("[1"), error])));

        List<ChatResponseUpdate> updates = await client.GetStreamingResponseAsync("a?").ToListAsync();

        Assert.Contains(error, updates[0].Contents);
        Assert.Equal("[1", string.Concat(updates));
    }

    private static RetrievalChatClient ClientOf(params string[] pieces) =>
        new CitationChatClient(Answering([.. pieces.Select(piece => new ChatResponseUpdate(ChatRole.Assistant, piece) { MessageId = "m" })]))
            .WithRetrieval(new FixedRetriever("One.", "Two."));

    private static IChatClient Answering(params ChatResponseUpdate[] updates)
    {
        Mock<IChatClient> client = new();
        client
            .Setup(inner => inner.GetStreamingResponseAsync(It.IsAny<IEnumerable<ChatMessage>>(), It.IsAny<ChatOptions>(), It.IsAny<CancellationToken>()))
            .Returns(updates.ToAsyncEnumerable());
        return client.Object;
    }
}
