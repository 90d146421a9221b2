using System.Text.Json;
using LocalRetrieval.Rag;
using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace LocalRetrieval.SemanticKernel.Tests.Plugins;

/// <summary>Several searches of one turn, called by the real connector.</summary>
[Collection(HandbookCollection.Name)]
public sealed class SearchNumbersTests(HandbookFixture handbook)
{
    private static readonly string[] Leave = StubEndpoint.Call("Retrieval-search", """{"query":"paid leave","top":1}""", "call-1");
    private static readonly string[] Pumps = StubEndpoint.Call("Retrieval-search", """{"query":"oiled pump P-4711","top":1}""", "call-2");
    private static readonly string[] Again = StubEndpoint.Call("Retrieval-search", """{"query":"days of leave a year","top":1}""", "call-3");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Search_SeveralTimesInATurn_NumbersEachSourceOnce(bool isImported)
    {
        using StubEndpoint endpoint = StubEndpoint.StreamingInTurn(Leave, Pumps, Again, StubEndpoint.Answer("So [2]."), Pumps, StubEndpoint.Answer("So."));
        Kernel kernel = KernelOf(endpoint, isImported);
        ChatHistory history = [];
        history.AddUserMessage("What?");

        await StreamAsync(kernel.GetRequiredService<IChatCompletionService>(), history, kernel);
        history.AddUserMessage("And pumps?");
        await StreamAsync(kernel.GetRequiredService<IChatCompletionService>(), history, kernel);

        Assert.Equal(["[1] leave.md", "[2] pumps.md", "[1] leave.md", "[3] pumps.md"], Headers(endpoint));
    }

    [Fact]
    public async Task Search_WithinTheChatService_IsNumberedOnAndCited()
    {
        using StubEndpoint endpoint = StubEndpoint.StreamingInTurn(Pumps, StubEndpoint.Answer("There are 28 days [1], and 500 hours [2]."));
        Kernel kernel = KernelOf(endpoint, isImported: false);
        IChatCompletionService chat = kernel.GetRequiredService<IChatCompletionService>().WithRetrieval(handbook.Retriever, new() { Retrieval = new() { Top = 1 } });
        ChatHistory history = [];
        history.AddUserMessage("How many days of paid leave are there?");

        StreamingChatMessageContent last = await StreamAsync(chat, history, kernel);

        Assert.Equal(["[2] pumps.md"], Headers(endpoint));
        Assert.Equal(["1 leave.md", "2 pumps.md"], last.GetCitedSources().Select(source => $"{source.Number} {source.Passage.Source}"));
    }

    [Fact]
    public async Task Functions_WithinTheChatService_AreHeldToItsFilter()
    {
        string id = (await handbook.Retriever.RetrieveAsync("oiled pump P-4711", new() { Top = 1 })).Passages[0].Key;
        using StubEndpoint endpoint = StubEndpoint.StreamingInTurn(
            Pumps, StubEndpoint.Call("Retrieval-get_source", JsonSerializer.Serialize(new { id = $"passages/{id}" }), "call-2"), StubEndpoint.Answer("So."));
        Kernel kernel = KernelOf(endpoint, isImported: false);
        IChatCompletionService chat = kernel.GetRequiredService<IChatCompletionService>()
            .WithRetrieval(handbook.Retriever, new() { Retrieval = new RetrievalOptions<Passage> { Filter = passage => passage.Source == "leave.md" } });
        ChatHistory history = [];
        history.AddUserMessage("What?");

        await StreamAsync(chat, history, kernel);

        string[] results = Results(endpoint);
        Assert.Contains("leave.md", results[0], StringComparison.Ordinal);
        Assert.DoesNotContain("pumps.md", results[0], StringComparison.Ordinal);
        Assert.StartsWith("There is no source with the id", results[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_KernelFunctionOfAChatClient_NumbersEachSourceOnce()
    {
        using ScriptedChatClient model = new("search:paid leave", "search:oiled pump P-4711", "So.");
        KernelPlugin plugin = handbook.Retriever.AsKernelPlugin(new() { Chat = new() { Retrieval = new() { Top = 1 } } });

        await model.AsBuilder().UseFunctionInvocation().Build().GetResponseAsync("What?", new() { Tools = [new SearchFunction(plugin["search"].WithKernel(new Kernel()))] });

        Assert.Equal(["[1] leave.md", "[2] pumps.md"], model.Asked[^1].SelectMany(message => message.Contents).OfType<Microsoft.Extensions.AI.FunctionResultContent>().SelectMany(result => Headers(result.Result!.ToString()!)));
    }

    private static async Task<StreamingChatMessageContent> StreamAsync(IChatCompletionService chat, ChatHistory history, Kernel kernel) =>
        await chat.GetStreamingChatMessageContentsAsync(history, new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() }, kernel).LastAsync();

    private static string[] Results(StubEndpoint endpoint) =>
        [.. endpoint.Requests[^1].GetProperty("messages").EnumerateArray().Where(message => message.GetProperty("role").GetString() == "tool").Select(message => message.GetProperty("content").GetString()!)];

    private static IEnumerable<string> Headers(StubEndpoint endpoint) =>
        Results(endpoint).SelectMany(Headers);

    private static IEnumerable<string> Headers(string result) => result.Split('\n').Where(line => line.StartsWith('[')).Select(line => line.Split(" >")[0]);

    private Kernel KernelOf(StubEndpoint endpoint, bool isImported)
    {
        IKernelBuilder builder = Kernel.CreateBuilder().AddOpenAIChatCompletion("small", endpoint.Address, "key");
        builder.Services.AddSingleton<IPassageRetriever>(handbook.Retriever);
        if (isImported)
        {
            Kernel kernel = builder.Build();
            kernel.ImportRetrieval(handbook.Retriever);
            return kernel;
        }

        builder.Plugins.AddRetrieval();
        return builder.Build();
    }

    /// <summary>The function by the name that the model calls.</summary>
    private sealed class SearchFunction(AIFunction inner) : DelegatingAIFunction(inner)
    {
        public override string Name => "search";
    }
}
