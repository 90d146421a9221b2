using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using SemanticKernelRag.Answering;
using SemanticKernelRag.Chat;

namespace SemanticKernelRag.Tests.Chat;

[Collection(TeaCollection.Name)]
public sealed class EndpointChatCompletionTests(TeaFixture tea)
{
    private const string NoAnswer = "There is no answer at the moment: the chat model failed. Please ask again later.";

    [Fact]
    public async Task AnswerAsync_ErrorStatus_NamesEndpointStatusAndReason()
    {
        using StubEndpoint endpoint = StubEndpoint.Answering("""{ "error": { "message": "It is\nso.", "type": "some_type", "code": "some_code" } }""", 500);

        ChatFailedException failure = await FailAsync(tea.FunctionCalling(endpoint.Address));

        Assert.StartsWith($"The chat endpoint {endpoint.Address} answered 500 (InternalServerError).", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("It is so.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(NoAnswer, failure.Apology);
    }

    [Fact]
    public async Task AnswerAsync_EndpointThatNeverAnswers_SaysThatItTookTooLong()
    {
        using StubEndpoint endpoint = StubEndpoint.Silent();

        ChatFailedException failure = await FailAsync(tea.FunctionCalling(endpoint.Address, timeout: TimeSpan.FromMilliseconds(50)));

        Assert.Equal($"The chat endpoint {endpoint.Address} did not answer in time.", failure.Message);
        Assert.Equal(NoAnswer, failure.Apology);
    }

    [Fact]
    public async Task AnswerAsync_ConnectionBreaks_KeepsWhatHadCome()
    {
        using StubEndpoint endpoint = StubEndpoint.BreakingOff($"data: {StubEndpoint.Chunk("""{ "content": "For" }""")}\n\n");
        List<string> pieces = [];

        ChatFailedException failure = await FailAsync(tea.FunctionCalling(endpoint.Address), pieces);

        Assert.Equal("For", string.Concat(pieces));
        Assert.StartsWith($"The chat endpoint {endpoint.Address} could not be reached, or broke off.", failure.Message, StringComparison.Ordinal);
        Assert.Equal("The answer ends here, unfinished: the chat model failed. Please ask again later.", failure.Apology);
    }

    [Fact]
    public async Task AnswerAsync_CallThatBreaksOff_IsNotInvoked()
    {
        StringWriter output = new();
        using StubEndpoint endpoint = StubEndpoint.Streaming(StubEndpoint.Call("Retrieval-search", """{"query":"tea"}""")[..2]);

        ChatFailedException failure = await FailAsync(tea.FunctionCalling(endpoint.Address, output));

        Assert.EndsWith("broke off before the end of its answer.", failure.Message, StringComparison.Ordinal);
        Assert.Equal("", output.ToString());
    }

    [Fact]
    public async Task AnswerAsync_FailureAfterACall_IsToldToo()
    {
        using StubEndpoint endpoint = StubEndpoint.StreamingInTurn(StubEndpoint.Call("Retrieval-search", """{"query":"tea"}"""), ["[DONE]"]);

        Assert.Contains("without a text", (await FailAsync(tea.FunctionCalling(endpoint.Address))).Message, StringComparison.Ordinal);
        Assert.Equal(2, endpoint.Requests.Count);
    }

    [Fact]
    public async Task AnswerAsync_NothingListens_NamesTheEndpoint()
    {
        Uri address = StubEndpoint.Unused();

        Assert.StartsWith($"The chat endpoint {address} could not be reached", (await FailAsync(new PromptTemplate(tea.KernelOf(address)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswerAsync_Cancelled_IsNoFailure()
    {
        using StubEndpoint endpoint = StubEndpoint.Silent();
        using CancellationTokenSource cancellation = new();
        Task<List<string>> answer = tea.FunctionCalling(endpoint.Address).AnswerAsync("a?", cancellation.Token).ToListAsync(CancellationToken.None).AsTask();
        await endpoint.Requested.Task.OrHang();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer.OrHang());
    }

    [Fact]
    public async Task GetChatMessageContentsAsync_CallOfAFunction_IsOnTheMessage()
    {
        using StubEndpoint endpoint = StubEndpoint.StreamingInTurn(StubEndpoint.Call("Retrieval-search", """{"query":"tea"}"""));
        Kernel kernel = tea.KernelOf(endpoint.Address);
        PromptExecutionSettings settings = new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(autoInvoke: false) };

        ChatMessageContent message = await kernel.GetRequiredService<IChatCompletionService>().GetChatMessageContentAsync("a?", settings, kernel);

        FunctionCallContent call = Assert.Single(FunctionCallContent.GetFunctionCalls(message));
        Assert.Equal(("Retrieval", "search", "tea"), (call.PluginName, call.FunctionName, call.Arguments!["query"]));
    }

    private static async Task<ChatFailedException> FailAsync(IAnswerWay way, List<string>? pieces = null) => await Assert.ThrowsAsync<ChatFailedException>(async () =>
    {
        await foreach (string piece in way.AnswerAsync("How hot is tea?", CancellationToken.None))
        {
            pieces?.Add(piece);
        }
    });
}
