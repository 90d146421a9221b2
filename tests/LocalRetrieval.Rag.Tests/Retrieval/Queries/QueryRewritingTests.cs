using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace LocalRetrieval.Rag.Tests.Retrieval.Queries;

public sealed class QueryRewritingTests
{
    private static readonly ChatMessage[] Conversation =
        [new(ChatRole.System, "Be brief."), new(ChatRole.User, "What is the VAT rate in France?"), new(ChatRole.Assistant, "20 %."), new(ChatRole.Tool, [new FunctionResultContent("1", "x")])];

    private readonly QueryRetriever _inner = new();

    [Fact]
    public async Task RetrieveAsync_Conversation_SearchesForTheRewrittenQuestion()
    {
        AnsweringChatClient chat = new("Question: \"What is the VAT rate in Germany?\"");
        RetrievalOptions options = new() { Conversation = Conversation, Top = 3 };

        RetrievalResult result = await Build(chat).RetrieveAsync("And in Germany?", options);

        Assert.Equal(["What is the VAT rate in Germany?"], _inner.Queries);
        Assert.Equal(("And in Germany?", "What is the VAT rate in Germany?"), (result.Query, result.SearchQuery));
        Assert.Equal([new RetrievalNote { Stage = RetrievalStage.QueryRewriting, Text = "The question was rewritten to stand alone." }], result.Notes!);
        Assert.Equal([RetrievalStage.QueryRewriting, "s"], result.Timings.Select(timing => timing.Stage));
        Assert.Equal((3, null), (_inner.Options[0]!.Top, _inner.Options[0]!.Conversation));
        Assert.Equal(Conversation, options.Conversation);
        Assert.Equal("Conversation:\nUser: What is the VAT rate in France?\nAssistant: 20 %.\n\nMessage:\nAnd in Germany?", Assert.Single(chat.Asked)[1].Text);
        Assert.Equal((0f, 256), (chat.Options[0]!.Temperature, chat.Options[0]!.MaxOutputTokens));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RetrieveAsync_ConversationThatEndsWithTheQuery_HasItOnce(bool hasModel)
    {
        AnsweringChatClient chat = new("alone");
        RetrievalOptions options = new() { Conversation = [.. Conversation, new ChatMessage(ChatRole.User, " And in Germany? ")] };

        await (hasModel ? Build(chat) : _inner.AsBuilder().UseQueryRewriting().Build()).RetrieveAsync("And in Germany?", options);

        Assert.Equal(hasModel ? ["alone"] : ["What is the VAT rate in France? And in Germany?"], _inner.Queries);
        Assert.All(chat.Asked, asked => Assert.Equal("Conversation:\nUser: What is the VAT rate in France?\nAssistant: 20 %.\n\nMessage:\nAnd in Germany?", asked[1].Text));
    }

    [Fact]
    public async Task RetrieveAsync_OfRecords_KeepsTheirTypeAndFilter()
    {
        RecordingRetriever inner = new();
        IPassageRetriever<Note> retriever = inner.AsBuilder<Note>().UseQueryRewriting(new AnsweringChatClient("alone")).Build();

        RetrievalResult<Note> result = await retriever.RetrieveAsync("And it?", new RetrievalOptions<Note> { Conversation = Conversation, Filter = note => note.Id == 1 });
        RetrievalResult throughTheBase = await ((IPassageRetriever)retriever).RetrieveAsync("And it?", new RetrievalOptions { Conversation = Conversation });

        Assert.Equal("alone", result.SearchQuery);
        Assert.NotNull(inner.Options[0]!.Filter);
        Assert.IsType<RetrievalResult<Note>>(throughTheBase);
        Assert.Equal(["alone", "alone"], inner.Queries);
    }

    [Theory]
    [InlineData("NOTHING")]
    [InlineData("nothing.")]
    [InlineData("**NOTHING**")]
    public async Task RetrieveAsync_ModelSaysNothingIsAsked_SearchesNothing(string answer)
    {
        RetrievalResult result = await Build(new AnsweringChatClient(answer)).RetrieveAsync("You made my day", new RetrievalOptions { Conversation = Conversation });

        AssertSkipped(result);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RetrieveAsync_Thanks_SearchesNothingAndAsksNoModel(bool hasModel)
    {
        AnsweringChatClient chat = new("a question");

        RetrievalResult result = await Build(hasModel ? chat : null).RetrieveAsync("Thank you very much!", new RetrievalOptions { Conversation = Conversation });

        AssertSkipped(result);
        Assert.Empty(chat.Asked);
    }

    [Fact]
    public async Task RetrieveAsync_NoConversation_AsksNoModelAndSaysNothing()
    {
        AnsweringChatClient chat = new("a question");

        RetrievalResult result = await Build(chat).RetrieveAsync("And in Germany?");

        Assert.Equal(["And in Germany?"], _inner.Queries);
        Assert.Equal((null, null), (result.SearchQuery, result.Notes));
        Assert.Null(_inner.Options[0]);
        Assert.Empty(chat.Asked);
    }

    [Fact]
    public async Task RetrieveAsync_WithoutModel_JoinsTheQuestionBefore()
    {
        RetrievalResult result = await Build(chat: null).RetrieveAsync("And in Germany?", new RetrievalOptions { Conversation = Conversation });

        Assert.Equal("What is the VAT rate in France? And in Germany?", result.SearchQuery);
        Assert.False(Assert.Single(result.Notes!).IsFailure);
    }

    [Theory]
    [InlineData("", "gave an empty answer")]
    [InlineData("<think>So they", "gave an empty answer")]
    [InlineData("Sure, here it is:", "gave no question")]
    [InlineData("The VAT rate in Germany has been 19 % since 2007, and 7 % for food and books.", "gave a question of more than 60 characters")]
    public async Task RetrieveAsync_AnswerOfNoUse_SearchesThePlainQuery(string answer, string reason)
    {
        RetrievalResult result = await Build(new AnsweringChatClient(answer), options => options.MaxQueryLength = 60)
            .RetrieveAsync("And in Germany?", new RetrievalOptions { Conversation = Conversation });

        AssertPlain(result, reason);
    }

    [Fact]
    public async Task RetrieveAsync_ClientThrows_SearchesThePlainQueryAndSaysTheTypeAlone()
    {
        RecordingLoggerFactory logs = new();
        IServiceProvider services = new ServiceCollection().AddSingleton<ILoggerFactory>(logs).BuildServiceProvider();
        IPassageRetriever retriever = _inner.AsBuilder().UseQueryRewriting(new AnsweringChatClient(new HttpRequestException("key=secret"))).Build(services);

        RetrievalResult result = await retriever.RetrieveAsync("And in Germany?", new RetrievalOptions { Conversation = Conversation });

        AssertPlain(result, "failed (HttpRequestException)");
        Assert.DoesNotContain("Germany", Assert.Single(logs.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RetrieveAsync_ClientCancelsByItself_IsAFailure()
    {
        RetrievalResult result = await Build(new AnsweringChatClient(new TaskCanceledException())).RetrieveAsync("And in Germany?", new RetrievalOptions { Conversation = Conversation });

        AssertPlain(result, "failed (TaskCanceledException)");
    }

    [Fact]
    public async Task RetrieveAsync_ClientThatHeedsNoToken_IsLeftAfterTheTimeout()
    {
        FakeTimeProvider time = new();
        TaskCompletionSource asked = new();
        AnsweringChatClient chat = new((_, _) =>
        {
            asked.SetResult();
            return new TaskCompletionSource<string>().Task;
        });
        Task<RetrievalResult> running = Build(chat, options => (options.Timeout, options.TimeProvider) = (TimeSpan.FromSeconds(3), time))
            .RetrieveAsync("And in Germany?", new RetrievalOptions { Conversation = Conversation });
        await asked.Task;

        time.Advance(TimeSpan.FromSeconds(3));

        AssertPlain(await running, "took longer than 3 s");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RetrieveAsync_CallerCancelsWhileTheModelThinks_IsCancelled(bool clientHeedsTheToken)
    {
        using CancellationTokenSource cancellation = new();
        AnsweringChatClient chat = new(async (_, token) =>
        {
            await cancellation.CancelAsync();
            return await new TaskCompletionSource<string>().Task.WaitAsync(clientHeedsTheToken ? token : CancellationToken.None);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Build(chat).RetrieveAsync("And in Germany?", new RetrievalOptions { Conversation = Conversation }, cancellation.Token));

        Assert.Empty(_inner.Queries);
    }

    [Fact]
    public async Task RetrieveAsync_LongConversation_ShowsTheModelItsEnd()
    {
        AnsweringChatClient chat = new("alone");
        ChatMessage[] conversation = [.. Enumerable.Range(0, 9).Select(index => new ChatMessage(ChatRole.User, $"{index} {new string('x', 50)}"))];

        await Build(chat, options => (options.MaxMessages, options.MaxMessageLength) = (2, 4)).RetrieveAsync("And\nit?", new RetrievalOptions { Conversation = conversation });

        Assert.Equal("Conversation:\nUser: 7 xx…\nUser: 8 xx…\n\nMessage:\nAnd …", chat.Asked[0][1].Text);
    }

    [Fact]
    public async Task Build_ServicesHaveAClient_UsesIt()
    {
        AnsweringChatClient plain = new("plain");
        AnsweringChatClient keyed = new("keyed");
        IServiceProvider services = new ServiceCollection().AddSingleton<IChatClient>(plain).AddKeyedSingleton<IChatClient>("small", keyed).BuildServiceProvider();

        await _inner.AsBuilder().UseQueryRewriting().Build(services).RetrieveAsync("And it?", new RetrievalOptions { Conversation = Conversation });
        await _inner.AsBuilder().UseQueryRewriting(configure: options => options.ChatClientKey = "small").Build(services).RetrieveAsync("And it?", new RetrievalOptions { Conversation = Conversation });

        Assert.Equal(["plain", "keyed"], _inner.Queries);
    }

    [Fact]
    public async Task RetrieveAsync_ClientThatRetrievesByItself_IsRefused()
    {
        IServiceProvider services = new ServiceCollection().AddSingleton<IChatClient>(new AnsweringChatClient("x").WithRetrieval(_inner)).BuildServiceProvider();
        IPassageRetriever retriever = _inner.AsBuilder().UseQueryRewriting().Build(services);

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => retriever.RetrieveAsync("And it?", new RetrievalOptions { Conversation = Conversation }));

        Assert.Contains("retrieves by itself", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RetrieveAsync_InnerFails_IsNoFailureOfTheStage()
    {
        _inner.Failure = new IOException("disk");

        await Assert.ThrowsAsync<IOException>(() => Build(new AnsweringChatClient("alone")).RetrieveAsync("And it?", new RetrievalOptions { Conversation = Conversation }));
    }

    private IPassageRetriever Build(AnsweringChatClient? chat, Action<QueryRewritingOptions>? configure = null) => _inner.AsBuilder().UseQueryRewriting(chat, configure).Build();

    private void AssertSkipped(RetrievalResult result)
    {
        Assert.True(result.IsSkipped);
        Assert.Empty(result.Passages);
        Assert.Equal(RetrievalStage.QueryRewriting, Assert.Single(result.Notes!).Stage);
        Assert.Empty(_inner.Queries);
    }

    private void AssertPlain(RetrievalResult result, string reason)
    {
        Assert.Equal(["And in Germany?"], _inner.Queries);
        Assert.Null(result.SearchQuery);
        Assert.Equal(
            [new RetrievalNote { Stage = RetrievalStage.QueryRewriting, Text = $"The chat client {reason}: the query is searched as it was asked.", IsFailure = true }],
            result.Notes!);
    }
}
