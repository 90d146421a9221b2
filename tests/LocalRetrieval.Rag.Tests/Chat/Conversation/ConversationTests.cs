using System.Text.Json;
using LocalRetrieval.Rag.Tests.Fakes;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag.Tests.Chat.Conversation;

/// <summary>Turns after turns: numbers, sources that are sent again, and what history loses on its way.</summary>
public sealed class ConversationTests
{
    private readonly QueryRetriever _retriever = new();
    private readonly List<ChatMessage> _history = [];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponseAsync_NextTurn_GoesOnFromTheCitationsAndSendsThemAgain(bool streams)
    {
        using ScriptedChatClient inner = new("See [2].", "See [1] and [2] and [3].");
        using RetrievalChatClient client = inner.WithRetrieval(_retriever);

        await AskAsync(client, "a b", streams);
        ChatMessage answer = await AskAsync(client, "c", streams);

        Assert.Equal(["[3] c.md", "[2] b.md"], Headers(inner));
        Assert.Equal(["2=b.md", "3=c.md"], Cited(answer));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponseAsync_HistoryFromJson_IsTheSame(bool streams)
    {
        using ScriptedChatClient inner = new("See [1, 2].", "See [1].", "See [3].");
        using RetrievalChatClient client = inner.WithRetrieval(_retriever);
        using RetrievalChatClient other = inner.WithRetrieval(_retriever);

        await AskAsync(client, "a b", streams);
        RoundTrip(dropsAnnotations: true, dropsProperties: false);
        Assert.Equal(["1=a.md", "2=b.md"], Cited(_history[^1]));
        await AskAsync(other, "b c", streams);
        RoundTrip(dropsAnnotations: false, dropsProperties: true);
        await AskAsync(client, "d", streams);

        // "b" has kept its number, and "c" has had one that nothing cited.
        Assert.Equal(["[3] d.md", "[1] a.md"], Headers(inner)[..2]);
        Assert.Equal("text of a", _history[^3].GetCitedSources()[0].Passage.Text);
    }

    [Fact]
    public async Task GetResponseAsync_HistoryOfPlainText_LeavesItsNumbersAlone()
    {
        using ScriptedChatClient inner = new("See [1, 4], in [2024] and `x[9]`.", "See [1] and [5].");
        using RetrievalChatClient client = inner.WithRetrieval(_retriever);

        await AskAsync(client, "a");
        RoundTrip(dropsAnnotations: true, dropsProperties: true);
        ChatMessage answer = await AskAsync(client, "b");

        Assert.Equal(["[5] b.md"], Headers(inner));
        Assert.Equal(["5=b.md"], Cited(answer));
    }

    [Fact]
    public async Task GetResponseAsync_PassageFoundAgain_KeepsItsNumber()
    {
        using ScriptedChatClient inner = new("See [2].", "See [2].");
        using RetrievalChatClient client = inner.WithRetrieval(_retriever);

        await AskAsync(client, "a b");
        await AskAsync(client, "c b");

        Assert.Equal(["[3] c.md", "[2] b.md"], Headers(inner));
    }

    [Fact]
    public async Task GetResponseAsync_TrimmedHistory_SendsNoSourceThatNothingCites()
    {
        using ScriptedChatClient inner = new("See [1].", "See [2].", "See [3].");
        using RetrievalChatClient client = inner.WithRetrieval(_retriever);

        await AskAsync(client, "a");
        await AskAsync(client, "b");
        _history.RemoveRange(0, 2);
        await AskAsync(client, "c");

        Assert.Equal(["[3] c.md", "[2] b.md"], Headers(inner));
    }

    [Fact]
    public async Task GetResponseAsync_SmallBudget_SendsTheNewSourcesAndStillCitesTheOldOnes()
    {
        using ScriptedChatClient inner = new("See [1].", "See [1] [2].");
        using RetrievalChatClient client = inner.WithRetrieval(new FakeRetriever(FakeRetriever.Passage(string.Join(' ', Enumerable.Repeat("word", 50)), "big.md")), new() { Context = { MaxTokens = 64 } });
        _history.Add(new(ChatRole.User, "a"));
        _history.AddRange((await ScriptedAnswerAsync("See [1].", "a")).Messages);

        ChatMessage answer = await AskAsync(client, "b");
        Assert.Equal(["[2] big.md"], Headers(inner));
        Assert.Equal(["1=a.md"], Cited(answer));
    }

    [Fact]
    public async Task GetResponseAsync_NothingFound_SaysSoAndSendsNoSource()
    {
        using ScriptedChatClient inner = new("See [1].", "Nothing, but [1].");
        using RetrievalChatClient client = inner.WithRetrieval(_retriever);

        await AskAsync(client, "a");
        await AskAsync(client, "nothing");

        Assert.Equal($"{new RetrievalChatOptions().NoSourcesInstructions}\n\nQuestion: nothing", inner.Asked[^1][^1].Text);
    }

    [Fact]
    public async Task GetResponseAsync_EqualConversations_AskTheSameBytes()
    {
        using ScriptedChatClient one = new("See [1].", "See [2].");
        using ScriptedChatClient other = new("See [1].", "See [2].");
        foreach (ScriptedChatClient inner in new[] { one, other })
        {
            _history.Clear();
            using RetrievalChatClient client = inner.WithRetrieval(_retriever);
            await AskAsync(client, "a b", streams: true);
            await AskAsync(client, "c", streams: true);
        }

        Assert.Equal(one.AskedJson, other.AskedJson);
        Assert.DoesNotContain("localretrieval.result", one.AskedJson[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponseAsync_BrokenProperty_IsNoCitation()
    {
        using ScriptedChatClient inner = new("ok");
        using RetrievalChatClient client = inner.WithRetrieval(_retriever);
        foreach (object? broken in new object?[] { null, "x", 3, JsonSerializer.SerializeToElement("x"), JsonSerializer.SerializeToElement(new[] { 1 }), JsonSerializer.SerializeToElement(new[] { new { number = 1 } }) })
        {
            _history.Add(new(ChatRole.Assistant, "so") { AdditionalProperties = new() { [RetrievalChatClient.CitationsKey] = broken, ["localretrieval.turn"] = broken } });
            Assert.Empty(_history[^1].GetCitedSources());
        }

        await AskAsync(client, "a");

        Assert.Equal(["[1] a.md"], Headers(inner));
    }

    [Fact]
    public async Task GetResponseAsync_TwoConversationsAtOnce_KeepTheirOwnNumbers()
    {
        QueryRetriever retriever = new();
        await Parallel.ForEachAsync(Enumerable.Range(0, 32), async (number, cancellationToken) =>
        {
            using ScriptedChatClient inner = new("See [1].", "See [2].");
            using RetrievalChatClient client = inner.WithRetrieval(retriever);
            List<ChatMessage> history = [new(ChatRole.User, $"a{number}")];
            history.AddRange((await client.GetResponseAsync(history, cancellationToken: cancellationToken)).Messages);
            history.Add(new(ChatRole.User, $"b{number}"));
            history.AddRange((await client.GetResponseAsync(history, cancellationToken: cancellationToken)).Messages);

            Assert.Equal([$"1=a{number}.md"], Cited(history[1]));
            Assert.Equal([$"2=b{number}.md"], Cited(history[3]));
        });
    }

    [Fact]
    public async Task GetResponseAsync_RetrieverFails_FailsAndCanBeAskedAgain()
    {
        using ScriptedChatClient inner = new("See [1].");
        using RetrievalChatClient client = inner.WithRetrieval(_retriever);
        _retriever.Failure = new TimeoutException("slow");

        await Assert.ThrowsAsync<TimeoutException>(() => AskAsync(client, "a"));
        await Assert.ThrowsAsync<TimeoutException>(() => AskAsync(client, "a", streams: true));
        Assert.Empty(inner.Asked);
        _retriever.Failure = null;
        _history.Clear();

        Assert.Equal(["1=a.md"], Cited(await AskAsync(client, "a")));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_Cancelled_Ends()
    {
        using ScriptedChatClient inner = new("See [1] and so on.");
        using RetrievalChatClient client = inner.WithRetrieval(_retriever);
        using CancellationTokenSource source = new();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync("a", cancellationToken: source.Token))
            {
                await source.CancelAsync();
            }
        });
    }

    [Theory]
    [InlineData(UnknownNumbers.Keep)]
    [InlineData(UnknownNumbers.Remove)]
    public async Task GetStreamingResponseAsync_AnyAnswer_IsTheOneThatIsNotStreamed(UnknownNumbers unknown)
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            string text = Citations.RandomAnswer.Write(random);
            using ScriptedChatClient inner = new(text, text) { PieceLength = random.Next(1, 9) };
            using RetrievalChatClient client = inner.WithRetrieval(_retriever, new() { UnknownNumbers = unknown });

            ChatResponse whole = await client.GetResponseAsync("a b c");
            List<ChatResponseUpdate> updates = await client.GetStreamingResponseAsync("a b c").ToListAsync();
            ChatMessage streamed = Assert.Single(updates.ToChatResponse().Messages);

            Assert.Equal(whole.Text, streamed.Text);
            Assert.Equal(Regions(whole.Messages[0]), Regions(streamed));
            Assert.All(Regions(streamed), region => Assert.InRange(region.End, region.Start + 3, streamed.Text.Length));
            int sent = 0;
            int delivered = 0;
            foreach (ChatResponseUpdate update in updates[..^1])
            {
                sent = Math.Min(text.Length, sent + inner.PieceLength);
                delivered += update.Text.Length;
                Assert.True(unknown == UnknownNumbers.Remove || delivered == sent);
            }
        }
    }

    private static async Task<ChatResponse> ScriptedAnswerAsync(string answer, string question)
    {
        using ScriptedChatClient inner = new(answer);
        return await inner.WithRetrieval(new QueryRetriever()).GetResponseAsync(question);
    }

    private async Task<ChatMessage> AskAsync(RetrievalChatClient client, string question, bool streams = false)
    {
        _history.Add(new ChatMessage(ChatRole.User, question));
        _history.AddMessages(streams ? await client.GetStreamingResponseAsync(_history).ToChatResponseAsync() : await client.GetResponseAsync(_history));
        return _history[^1];
    }

    private void RoundTrip(bool dropsAnnotations, bool dropsProperties)
    {
        ChatMessage[] read = JsonSerializer.Deserialize<ChatMessage[]>(JsonSerializer.Serialize(_history, AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;
        foreach (ChatMessage message in read)
        {
            message.AdditionalProperties = dropsProperties ? null : message.AdditionalProperties;
            foreach (AIContent content in message.Contents)
            {
                content.Annotations = dropsAnnotations ? null : content.Annotations;
            }
        }

        _history.Clear();
        _history.AddRange(read);
    }

    private static string[] Headers(ScriptedChatClient inner) =>
        [.. inner.Asked[^1][^1].Text.Split("\n--").Skip(1).Select(part => part.Split('\n')).Where(lines => lines.Length > 1 && lines[1].StartsWith('[')).Select(lines => lines[1])];

    private static string[] Cited(ChatMessage message) => [.. message.GetCitedSources().Select(source => $"{source.Number}={source.Passage.Source}")];

    private static (string? Title, int Start, int End)[] Regions(ChatMessage message) =>
    [
        .. from content in message.Contents
           from citation in (content.Annotations ?? []).Cast<CitationAnnotation>()
           from region in citation.AnnotatedRegions!.Cast<TextSpanAnnotatedRegion>()
           select (citation.Title, region.StartIndex!.Value, region.EndIndex!.Value),
    ];
}
