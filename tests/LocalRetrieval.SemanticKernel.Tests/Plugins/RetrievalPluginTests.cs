using System.Globalization;
using System.Text;
using System.Text.Json;
using LocalRetrieval.SemanticKernel.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace LocalRetrieval.SemanticKernel.Tests.Plugins;

[Collection(HandbookCollection.Name)]
public sealed class RetrievalPluginTests(HandbookFixture handbook)
{
    private const string Question = "How many days of leave do I have?";

    private KernelPlugin Plugin => handbook.Kernel.Plugins["Retrieval"];

    [Fact]
    public void Functions_OfThePlugin_AreDescribedAsEver()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{Plugin.Name}: {Plugin.Description}\n");
        foreach (KernelFunctionMetadata function in Plugin.GetFunctionsMetadata())
        {
            text.Append(CultureInfo.InvariantCulture, $"{function.Name}: {function.Description}\n");
            foreach (KernelParameterMetadata parameter in function.Parameters)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {parameter.Name}{(parameter.IsRequired ? "" : "?")} {parameter.Schema}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"  -> {function.ReturnParameter.Description} {function.ReturnParameter.Schema}\n");
        }

        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Plugins", "RetrievalPlugin.verified.txt")), text.ToString());
    }

    [Fact]
    public async Task Search_Question_GivesNumberedSourcesWithTheirIds()
    {
        string text = await InvokeAsync("search", new() { ["query"] = Question, ["top"] = 2 });

        Assert.Contains("[1] leave.md", text, StringComparison.Ordinal);
        Assert.Contains("28 days", text, StringComparison.Ordinal);
        Assert.Contains("[2]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[3]", text, StringComparison.Ordinal);
        Assert.Matches("Ids for get_source: \\[1\\] passages/[0-9a-f]{32}-0, \\[2\\] passages/[0-9a-f]{32}-0$", text);
    }

    [Fact]
    public async Task Search_CalledTwice_GivesAsManyAsEachCallAsks()
    {
        Assert.Contains("[2]", await InvokeAsync("search", new() { ["query"] = Question, ["top"] = 2 }), StringComparison.Ordinal);
        Assert.Contains("[4]", await InvokeAsync("search", new() { ["query"] = Question, ["top"] = 4 }), StringComparison.Ordinal);
        Assert.DoesNotContain("[2]", await InvokeAsync("search", new() { ["query"] = Question, ["top"] = 1 }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("search", "top", -1, "top is a whole number from 1 to 20, and it was -1.")]
    [InlineData("search", "top", 10000, "top is a whole number from 1 to 20, and it was 10000.")]
    [InlineData("search", "top", "abc", "top is a whole number from 1 to 20, and it was 'abc'.")]
    [InlineData("search", "top", 2.5, "top is a whole number from 1 to 20, and it was 2.5.")]
    [InlineData("search", "top", "99999999999999999999999999999999", "top is a whole number from 1 to 20, and it was '99999999999999999999999999999999'.")]
    [InlineData("search", "top", "{\"count\":[1,2,3,4,5,6,7,8,9,10,11,12,13]}", "top is a whole number from 1 to 20, and it was '{\"count\":[1,2,3,4,5,6,7,8,9,10,11,12,13]…'.")]
    [InlineData("get_source", "offset", -3, "offset is a whole number from 0 to")]
    [InlineData("get_source", "offset", 90000, "offset is a whole number from 0 to")]
    [InlineData("get_source", "offset", "start", "offset is a whole number from 0 to")]
    public async Task Functions_NumberThatCannotBe_SayTheBounds(string function, string parameter, object value, string said)
    {
        Assert.StartsWith(said, await InvokeAsync(function, new() { ["query"] = Question, ["id"] = await IdAsync(), [parameter] = value }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1.0)]
    [InlineData("1")]
    [InlineData(" 1 ")]
    public async Task Search_NumberInAnyForm_IsTaken(object top)
    {
        string text = await InvokeAsync("search", new() { ["query"] = Question, ["top"] = top });
        string json = await InvokeAsync("search", new() { ["query"] = Question, ["top"] = JsonSerializer.SerializeToElement(top) });

        Assert.Equal(text, json);
        Assert.Contains("[1] ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[2] ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(128)]
    [InlineData(160)]
    [InlineData(256)]
    public async Task Search_Budget_HoldsForSourcesWithTheirIds(int maxTokens)
    {
        ITokenCounter counter = handbook.Retriever.GetService<ITokenCounter>()!;
        KernelPlugin plugin = handbook.Retriever.AsKernelPlugin(new RetrievalPluginOptions { Chat = new() { Context = new() { MaxTokens = maxTokens } } });

        string text = (await plugin["search"].InvokeAsync<string>(handbook.Kernel, new() { ["query"] = Question, ["top"] = 5 }))!;

        Assert.Contains("Ids for get_source: [1] passages/", text, StringComparison.Ordinal);
        Assert.InRange(counter.CountTokens(text), 64, maxTokens);
    }

    [Fact]
    public async Task Functions_WithoutTheirArguments_SayWhatIsMissing()
    {
        Assert.StartsWith("The query is empty.", await InvokeAsync("search", []), StringComparison.Ordinal);
        Assert.StartsWith("There is no source with the id ''.", await InvokeAsync("get_source", []), StringComparison.Ordinal);
        RetrievedAnswer answer = (await Plugin["answer"].InvokeAsync<RetrievedAnswer>(handbook.Kernel, []))!;
        Assert.StartsWith("The question is empty.", answer.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Functions_NothingAsked_SaySo()
    {
        Assert.StartsWith("The query is empty.", await InvokeAsync("search", new() { ["query"] = " " }), StringComparison.Ordinal);
        Assert.StartsWith("There is no source with the id 'leave.md'.", await InvokeAsync("get_source", new() { ["id"] = "leave.md" }), StringComparison.Ordinal);
        Assert.StartsWith("There is no source with the id ''.", await InvokeAsync("get_source", new() { ["id"] = "" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetSource_InParts_GivesTheWholeSource()
    {
        IPassageRetriever retriever = handbook.Retriever;
        KernelPlugin plugin = retriever.AsKernelPlugin(new RetrievalPluginOptions { Chat = new() { Context = new() { MaxTokens = 64 } } });
        string id = await IdAsync();
        StringBuilder whole = new();
        string? offset = "0";
        int parts = 0;
        for (; offset is not null; parts++)
        {
            string part = (await plugin["get_source"].InvokeAsync<string>(handbook.Kernel, new() { ["id"] = id, ["offset"] = offset }))!;
            int end = part.IndexOf("\n[It goes on: call get_source with offset ", StringComparison.Ordinal);
            whole.Append(part["leave.md\n\n".Length..(end < 0 ? part.Length : end)]);
            offset = end < 0 ? null : part[(end + "\n[It goes on: call get_source with offset ".Length)..].Split(';')[0];
        }

        Assert.Equal(HandbookFixture.Documents["leave.md"]["# Leave\n\n".Length..], whole.ToString());
        Assert.True(parts > 1, "The source came in one part.");
    }

    [Fact]
    public async Task Answer_KernelWithAModel_GivesAnswerAndSources()
    {
        FakeChatCompletion chat = new("There are 28 days [1].");
        Kernel kernel = KernelWith(chat);

        RetrievedAnswer answer = (await Plugin["answer"].InvokeAsync<RetrievedAnswer>(kernel, new() { ["question"] = Question }))!;

        Assert.Equal("There are 28 days [1].", answer.Answer);
        AnswerSource source = Assert.Single(answer.Sources);
        Assert.Equal((1, "leave.md"), (source.Number, source.Source));
        Assert.Contains("28 days", (string)await InvokeAsync("get_source", new() { ["id"] = source.Id }), StringComparison.Ordinal);
        Assert.Contains("paid leave", chat.Asked.Single()[^1].Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_KernelWithoutAModel_SaysWhatToAdd()
    {
        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Plugin["answer"].InvokeAsync(handbook.Kernel, new() { ["question"] = Question }));

        Assert.Contains("AddOpenAIChatCompletion", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_CollectionThatIsNotThere_IsThrown()
    {
        IKernelBuilder builder = Kernel.CreateBuilder().AddLocalRetrieval("missing");
        builder.Plugins.AddRetrieval();
        Kernel kernel = builder.Build();
        await using ServiceProvider services = (ServiceProvider)kernel.Services;

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => kernel.InvokeAsync("Retrieval", "search", new() { ["query"] = "a" }));

        Assert.Contains("'missing' does not exist", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddRetrieval_KernelWithoutARetriever_SaysWhatToAdd()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Plugins.AddRetrieval(serviceId: "docs");

        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => builder.Build().Plugins.Count);

        Assert.Contains("AddLocalRetrieval(serviceId: \"docs\")", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AsKernelPlugin_RetrieverThatReadsNoSources_HasNoGetSource()
    {
        KernelPlugin plugin = handbook.Retriever.AsBuilder().Use(inner => new NarrowRetriever(inner)).Build().AsKernelPlugin();

        Assert.Equal(["search", "answer"], plugin.Select(function => function.Name));
        Assert.DoesNotContain("get_source", await plugin["search"].InvokeAsync<string>(handbook.Kernel, new() { ["query"] = Question }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_FromAPromptTemplate_TakesTextsAsNumbers()
    {
        FakeChatCompletion chat = new("28.");
        Kernel kernel = KernelWith(chat);
        kernel.Plugins.Add(Plugin);

        await kernel.InvokePromptAsync("{{Retrieval.search query=$question top=\"1\"}}\n\nQuestion: {{$question}}", new KernelArguments { ["question"] = Question });

        Assert.Contains("28 days", chat.Asked.Single()[0].Content, StringComparison.Ordinal);
    }

    private static Kernel KernelWith(IChatCompletionService chat)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(chat);
        return builder.Build();
    }

    private async Task<string> InvokeAsync(string function, KernelArguments arguments) =>
        (await Plugin[function].InvokeAsync<string>(handbook.Kernel, arguments))!;

    private async Task<string> IdAsync()
    {
        string text = await InvokeAsync("search", new() { ["query"] = Question, ["top"] = 1 });
        return text[(text.LastIndexOf("[1] ", StringComparison.Ordinal) + 4)..];
    }

    private sealed class NarrowRetriever(IPassageRetriever<Rag.Passage> inner) : DelegatingPassageRetriever<Rag.Passage>(inner);
}
