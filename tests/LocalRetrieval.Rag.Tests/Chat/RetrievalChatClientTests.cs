using System.Text.Json;
using LocalRetrieval.Rag.Tests.Fakes;
using Microsoft.Extensions.AI;
using Moq;

namespace LocalRetrieval.Rag.Tests.Chat;

public sealed class RetrievalChatClientTests
{
    private readonly FakeRetriever _retriever = new(FakeRetriever.Passage("Oil the chain.", "bike.md", "Care"), FakeRetriever.Passage("Boil pasta.", "food.md"));

    [Fact]
    public async Task GetResponseAsync_Question_SendsNumberedSourcesBeforeIt()
    {
        Mock<IChatClient> inner = ChatClients.Saying("ok");
        using RetrievalChatClient client = inner.Object.WithRetrieval(_retriever);

        await client.GetResponseAsync([new(ChatRole.System, "Be brief."), new(ChatRole.User, "old"), new(ChatRole.Assistant, "answer"), new(ChatRole.User, "How?")]);

        Assert.Equal(["How?"], _retriever.Queries);
        Assert.Equal([ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.User], inner.Asked().Select(message => message.Role));
        Assert.Equal("old", inner.Asked()[1].Text);
        Assert.Matches("\n\n--([0-9a-f]{16})\n\\[1] bike.md > Care\nOil the chain.\n--\\1\n\\[2] food.md\nBoil pasta.\n--\\1--\n\n", inner.Asked()[3].Text);
        Assert.EndsWith("Question: How?", inner.Asked()[3].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponseAsync_CallersMessagesAndOptions_AreNotChanged()
    {
        List<ChatMessage> messages =
        [
            new(ChatRole.System, "Be brief.") { AdditionalProperties = new() { ["a"] = 1 } },
            new(ChatRole.User, [new TextContent("How?"), new UriContent("https://example.com/i.png", "image/png")]) { MessageId = "u1", AuthorName = "me" },
        ];
        ChatOptions options = new() { Instructions = "x", Temperature = 0.5f, AdditionalProperties = new() { ["b"] = 2 } };
        (string Messages, string Options) before = (Json(messages), Json(options));
        ChatMessage[] instances = [.. messages];
        Mock<IChatClient> inner = ChatClients.Saying("[1]");
        using RetrievalChatClient client = inner.Object.WithRetrieval(_retriever);

        await client.GetResponseAsync(messages, options);
        await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync(messages, options))
        {
        }

        Assert.Equal(before, (Json(messages), Json(options)));
        Assert.Equal(instances, messages);
        Assert.Same(options, inner.Invocations[^1].Arguments[1]);
        Assert.Equal(("u1", "me", 3), (inner.Asked()[1].MessageId, inner.Asked()[1].AuthorName, inner.Asked()[1].Contents.Count));
        Assert.IsType<UriContent>(inner.Asked()[1].Contents[2]);
    }

    [Fact]
    public async Task GetResponseAsync_RetrieverGivesNull_IsNamed()
    {
        using RetrievalChatClient client = ChatClients.Saying("ok").Object.WithRetrieval(new FakeRetriever { GivesNull = true });

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetResponseAsync("How?"));

        Assert.Contains("FakeRetriever gave null instead of a RetrievalResult", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponseAsync_InnerClientGivesNull_IsNamed()
    {
        using RetrievalChatClient client = ChatClients.Giving((ChatResponse)null!).Object.WithRetrieval(_retriever);
        Mock<IChatClient> withNullUpdate = new();
        withNullUpdate.Setup(chat => chat.GetStreamingResponseAsync(It.IsAny<IEnumerable<ChatMessage>>(), It.IsAny<ChatOptions?>(), It.IsAny<CancellationToken>()))
            .Returns(new ChatResponseUpdate[] { null! }.ToAsyncEnumerable());
        using RetrievalChatClient updates = withNullUpdate.Object.WithRetrieval(_retriever);
        Mock<IChatClient> withoutStream = new();
        withoutStream.Setup(chat => chat.GetStreamingResponseAsync(It.IsAny<IEnumerable<ChatMessage>>(), It.IsAny<ChatOptions?>(), It.IsAny<CancellationToken>()))
            .Returns((IAsyncEnumerable<ChatResponseUpdate>)null!);
        using RetrievalChatClient stream = withoutStream.Object.WithRetrieval(_retriever);

        Assert.Contains("gave null instead of a ChatResponse.", (await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetResponseAsync("How?"))).Message, StringComparison.Ordinal);
        Assert.Contains("gave null instead of a ChatResponseUpdate.", (await Assert.ThrowsAsync<InvalidOperationException>(async () => await updates.GetStreamingResponseAsync("How?").ToListAsync())).Message, StringComparison.Ordinal);
        Assert.Contains("gave null instead of a stream.", (await Assert.ThrowsAsync<InvalidOperationException>(async () => await stream.GetStreamingResponseAsync("How?").ToListAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponseAsync_Markers_BecomeCitations()
    {
        using RetrievalChatClient client = ChatClients.Saying("Oil it [1]. 😀 Then eat [2], and [1] again [7].").Object.WithRetrieval(_retriever);

        ChatResponse response = await client.GetResponseAsync("How?");

        Assert.Equal(["bike.md > Care@[1],[1]", "food.md@[2]"], Citations(response.Messages[0].Contents[0].Annotations, response.Text));
        Assert.Contains("Boil pasta.", Json(response), StringComparison.Ordinal);
        Assert.Equal(2, Assert.IsType<RetrievalResult>(response.AdditionalProperties![RetrievalChatClient.ResultKey], exactMatch: false).Passages.Count);
    }

    [Fact]
    public async Task GetResponseAsync_InnerAnnotations_AreKept()
    {
        TextContent content = new("see [2]") { Annotations = [new CitationAnnotation { Title = "inner" }] };
        using RetrievalChatClient client = ChatClients.Giving(new ChatResponseUpdate(ChatRole.Assistant, [content])).Object.WithRetrieval(_retriever);

        ChatResponse response = await client.GetResponseAsync("How?");

        Assert.Equal(["inner", "food.md"], response.Messages[0].Contents[0].Annotations!.Cast<CitationAnnotation>().Select(citation => citation.Title));
    }

    [Fact]
    public async Task GetResponseAsync_InnerClientGivesOneInstance_LeavesItAsItIs()
    {
        object raw = new();
        ChatMessage tool = new(ChatRole.Tool, [new FunctionResultContent("c", 1)]);
        ChatMessage message = new(ChatRole.Assistant, [new TextContent("see [2]") { RawRepresentation = raw, AdditionalProperties = new() { ["t"] = 1 } }])
        {
            MessageId = "m",
            AuthorName = "a",
            CreatedAt = DateTimeOffset.UnixEpoch,
            RawRepresentation = raw,
            AdditionalProperties = new() { ["m"] = 1 },
        };
        ChatResponse cached = new([tool, message])
        {
            ResponseId = "r",
            ConversationId = "c",
            ModelId = "model",
            CreatedAt = DateTimeOffset.UnixEpoch,
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = 3 },
            ContinuationToken = ResponseContinuationToken.FromBytes(new byte[] { 1 }),
            RawRepresentation = raw,
            AdditionalProperties = new() { ["r"] = 1 },
        };
        string before = Json(cached);
        using RetrievalChatClient client = ChatClients.Giving(cached).Object.WithRetrieval(_retriever);

        await client.GetResponseAsync("How?");
        ChatResponse response = await client.GetResponseAsync("How?");

        Assert.Equal(before, Json(cached));
        Assert.Equal(["food.md@[2]"], Citations(response.Messages[1].Contents[0].Annotations, "see [2]"));
        AssertSameBut(cached, response, nameof(ChatResponse.Messages), nameof(ChatResponse.AdditionalProperties));
        AssertSameBut(message, response.Messages[1], nameof(ChatMessage.Contents), nameof(ChatMessage.AdditionalProperties));
        Assert.Equal(["m", RetrievalChatClient.CitationsKey], response.Messages[1].AdditionalProperties!.Keys);
        AssertSameBut(message.Contents[0], response.Messages[1].Contents[0], nameof(AIContent.Annotations));
        Assert.Same(tool.Contents[0], response.Messages[0].Contents[0]);
        Assert.Equal([RetrievalChatClient.ContextKey, RetrievalChatClient.ResultKey, "r"], response.AdditionalProperties!.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ToChatResponse_HasTheCitationsOnAnEmptyLastText()
    {
        ChatResponseUpdate[] updates = [new(ChatRole.Assistant, "Oil it [") { MessageId = "m" }, new(ChatRole.Assistant, "1].") { MessageId = "m" }];
        using RetrievalChatClient client = ChatClients.Giving(updates).Object.WithRetrieval(_retriever);

        ChatMessage message = Assert.Single((await client.GetStreamingResponseAsync("How?").ToChatResponseAsync()).Messages);

        Assert.Equal(["Oil it [1].", ""], message.Contents.Cast<TextContent>().Select(content => content.Text));
        Assert.Null(message.Contents[0].Annotations);
        Assert.Equal(["bike.md > Care@[1]"], Citations(message.Contents[1].Annotations, message.Text));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_SplitMarkers_GiveCitationsOnALastUpdate()
    {
        ChatResponseUpdate[] updates =
        [
            new(ChatRole.Assistant, "Oil it [") { MessageId = "m", ResponseId = "r" },
            new(ChatRole.Assistant, "1], eat [2") { MessageId = "m", ResponseId = "r" },
            new(ChatRole.Assistant, "].") { MessageId = "m", ResponseId = "r", FinishReason = ChatFinishReason.Stop },
        ];
        using RetrievalChatClient client = ChatClients.Giving(updates).Object.WithRetrieval(_retriever);

        List<ChatResponseUpdate> seen = await ToListAsync(client.GetStreamingResponseAsync("How?"));

        Assert.Equal(updates, seen[..3]);
        Assert.Equal(4, seen.Count);
        Assert.Equal(("m", "r", ""), (seen[3].MessageId, seen[3].ResponseId, seen[3].Text));
        Assert.Equal(["bike.md > Care@[1]", "food.md@[2]"], Citations(seen[3].Contents[0].Annotations, "Oil it [1], eat [2]."));
        Assert.IsType<RetrievalResult>(seen[3].AdditionalProperties![RetrievalChatClient.ResultKey], exactMatch: false);
        ChatResponse response = seen.ToChatResponse();
        Assert.Equal(("Oil it [1], eat [2].", ChatFinishReason.Stop), (Assert.Single(response.Messages).Text, response.FinishReason));
    }

    [Fact]
    public async Task GetResponseAsync_NumberWithoutASource_IsNoCitation()
    {
        const string Answer = "Oil it [7], [1, 9] and [0].";
        ChatResponseUpdate[] updates = [new(ChatRole.Assistant, "Oil it [7], [1,") { MessageId = "m" }, new(ChatRole.Assistant, " 9] and [0].") { MessageId = "m" }];
        using RetrievalChatClient client = ChatClients.Saying(Answer).Object.WithRetrieval(_retriever);
        using RetrievalChatClient streaming = ChatClients.Giving(updates).Object.WithRetrieval(_retriever);

        ChatResponse response = await client.GetResponseAsync("How?");
        List<ChatResponseUpdate> seen = await ToListAsync(streaming.GetStreamingResponseAsync("How?"));

        Assert.Equal(["bike.md > Care@[1, 9]"], Citations(response.Messages[0].Contents[0].Annotations, Answer));
        Assert.Equal(["bike.md > Care@[1, 9]"], Citations(seen[^1].Contents[0].Annotations, Answer));
        RetrievalContext context = Assert.IsType<RetrievalContext>(response.AdditionalProperties![RetrievalChatClient.ContextKey]);
        Assert.Equal([1, 2], context.Sources.Select(source => source.Number));
        Assert.Equal(context.Text, Assert.IsType<RetrievalContext>(seen[^1].AdditionalProperties![RetrievalChatClient.ContextKey]).Text);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_TwoMessages_CiteEachByItself()
    {
        ChatResponseUpdate[] updates =
        [
            new(ChatRole.Assistant, "First [1]") { MessageId = "m1" }, new(ChatRole.Assistant, "Second one [2]") { MessageId = "m2" },
        ];
        using RetrievalChatClient client = ChatClients.Giving(updates).Object.WithRetrieval(_retriever);

        List<ChatResponseUpdate> seen = await ToListAsync(client.GetStreamingResponseAsync("How?"));

        Assert.Equal(["m1", "m1", "m2", "m2"], seen.Select(update => update.MessageId));
        Assert.Equal(["bike.md > Care@[1]"], Citations(seen[1].Contents[0].Annotations, "First [1]"));
        Assert.Equal(["food.md@[2]"], Citations(seen[3].Contents[0].Annotations, "Second one [2]"));
    }

    [Fact]
    public async Task GetResponseAsync_NoUserMessageOrBlank_PassesAsItIs()
    {
        Mock<IChatClient> inner = ChatClients.Saying("hm [1]");
        using RetrievalChatClient client = inner.Object.WithRetrieval(_retriever);
        ChatMessage system = new(ChatRole.System, "x");
        ChatMessage blank = new(ChatRole.User, " ");

        ChatResponse response = await client.GetResponseAsync([system]);
        Assert.Same(system, Assert.Single(inner.Asked()));
        Assert.Null(response.Messages[0].Contents[0].Annotations);
        await client.GetResponseAsync([system, blank]);
        Assert.Same(blank, inner.Asked()[1]);
        Assert.Single(await ToListAsync(client.GetStreamingResponseAsync([blank])));
        Assert.Empty(_retriever.Queries);
    }

    [Fact]
    public async Task GetResponseAsync_NoHits_TellsTheModelUnlessTurnedOff()
    {
        Mock<IChatClient> inner = ChatClients.Saying("none [1]");
        ChatMessage question = new(ChatRole.User, "How?");

        ChatResponse response = await inner.Object.WithRetrieval(new FakeRetriever()).GetResponseAsync([question]);
        Assert.StartsWith("No source was found", Assert.Single(inner.Asked()).Text, StringComparison.Ordinal);
        Assert.EndsWith("How?", inner.Asked()[0].Text, StringComparison.Ordinal);
        Assert.Null(response.Messages[0].Contents[0].Annotations);

        await inner.Object.WithRetrieval(new FakeRetriever(), new RetrievalChatOptions { NoSourcesInstructions = null }).GetResponseAsync([question]);
        Assert.Same(question, Assert.Single(inner.Asked()));
    }

    [Fact]
    public async Task GetResponseAsync_AfterToolCall_KeepsTheContext()
    {
        Mock<IChatClient> inner = ChatClients.Saying("ok");

        await inner.Object.WithRetrieval(_retriever).GetResponseAsync(
            [new(ChatRole.User, "How?"), new(ChatRole.Assistant, [new FunctionCallContent("c", "f")]), new(ChatRole.Tool, [new FunctionResultContent("c", 1)])]);

        Assert.Contains("[1] bike.md", inner.Asked()[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponseAsync_Cancelled_Throws()
    {
        using RetrievalChatClient client = ChatClients.Saying("ok").Object.WithRetrieval(_retriever);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetResponseAsync("How?", cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task GetResponseAsync_RetrievalOptions_ArePassedOn()
    {
        RetrievalOptions retrieval = new() { Top = 2 };

        using RetrievalChatClient client = ChatClients.Saying("ok").Object.WithRetrieval(_retriever, new RetrievalChatOptions { Retrieval = retrieval });

        // What the caller does with its options later is its own affair.
        retrieval.Top = 7;
        await client.GetResponseAsync("How?");

        Assert.Equal(2, _retriever.LastOptions!.Top);
    }

    [Fact]
    public void Constructor_NoTokenCounter_NamesTheFix()
    {
        FakeRetriever retriever = new() { CountsTokens = false };
        Mock<IChatClient> inner = ChatClients.Saying("ok");

        Assert.Contains("RetrievalChatOptions.TokenCounter", Assert.Throws<ArgumentException>(() => inner.Object.WithRetrieval(retriever)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GetService_Parts_AreFound()
    {
        const string service = "of the inner client";
        Mock<IChatClient> inner = ChatClients.Saying("ok");
        inner.Setup(chat => chat.GetService(typeof(string), null)).Returns(service);
        using RetrievalChatClient client = inner.Object.WithRetrieval(_retriever);

        Assert.Same(_retriever, client.GetService<IPassageRetriever>());
        Assert.Same(client, client.GetService<RetrievalChatClient>());
        Assert.Same(service, client.GetService<string>());
        Assert.Null(client.GetService(typeof(IPassageRetriever), "key"));
    }

    private static IEnumerable<string> Citations(IList<AIAnnotation>? annotations, string text) => annotations!.Cast<CitationAnnotation>().Select(citation =>
        $"{citation.Title}@{string.Join(',', citation.AnnotatedRegions!.Cast<TextSpanAnnotatedRegion>().Select(region => text[region.StartIndex!.Value..region.EndIndex!.Value]))}");

    /// <summary>Asserts that every property is the same, those of later versions included.</summary>
    private static void AssertSameBut<T>(T expected, T actual, params string[] changed)
        where T : class
    {
        Assert.NotSame(expected, actual);
        Assert.All(
            expected.GetType().GetProperties().Where(property => !changed.Contains(property.Name)),
            property => Assert.Equal(property.GetValue(expected), property.GetValue(actual)));
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, AIJsonUtilities.DefaultOptions);

    private static async Task<List<ChatResponseUpdate>> ToListAsync(IAsyncEnumerable<ChatResponseUpdate> updates)
    {
        List<ChatResponseUpdate> list = [];
        await foreach (ChatResponseUpdate update in updates)
        {
            list.Add(update);
        }

        return list;
    }
}
