// A program outside of these namespaces needs each of them.
#pragma warning disable IDE0005

// snippet: usings
using LocalRetrieval;
using LocalRetrieval.Rag;
using LocalRetrieval.SemanticKernel;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Data;
// end
using LocalRetrieval.SemanticKernel.Tests.Fakes;
using LocalRetrieval.Testing;

namespace LocalRetrieval.SemanticKernel.Tests.Docs;

/// <summary>The code of docs/semantic-kernel.md compiles, and runs here.</summary>
public sealed class SemanticKernelPageTests
{
    private static string Page { get; } = File.ReadAllText(Checkout.Path("docs", "semantic-kernel.md")).ReplaceLineEndings("\n");

    private static string Source { get; } = File.ReadAllText(Checkout.Path("tests", "LocalRetrieval.SemanticKernel.Tests", "Docs", "SemanticKernelPageTests.cs")).ReplaceLineEndings("\n");

    [Theory]
    [InlineData("usings")]
    [InlineData("kernel")]
    [InlineData("chat")]
    [InlineData("search")]
    [InlineData("template")]
    [InlineData("memory")]
    public void Page_Snippet_IsTheCompiledOne(string name)
    {
        string snippet = Source.Split($"// snippet: {name}\n")[1].Split("// end")[0].Replace("\n        ", "\n", StringComparison.Ordinal);

        Assert.Contains($"```csharp\n{snippet.Trim()}\n```", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_EverySnippet_IsCompiled() => Assert.Equal(6, Page.Split("```csharp\n").Length - 1);

    [Fact]
    public async Task Snippets_InTheirOrder_Run()
    {
        // snippet: kernel
        IKernelBuilder builder = Kernel.CreateBuilder().AddLocalRetrieval();      // offline, with the embedded models
        builder.Plugins.AddRetrieval(new RetrievalPluginOptions { Contents = "the handbook of the company" });
        Kernel kernel = builder.Build();

        PassageIndexer indexer = kernel.Services.GetRequiredService<PassageIndexer>();
        VectorStoreCollection<string, Passage> passages = await indexer.GetCollectionAsync(kernel.Services.GetRequiredService<VectorStore>(), "passages");
        await indexer.IndexAsync(passages, [new SourceDocument("leave.md", "# Leave\n\nEmployees have 28 days of paid leave a year.")]);

        string sources = (await kernel.InvokeAsync<string>("Retrieval", "search", new() { ["query"] = "How much leave is there?" }))!;
        // end

        await using ServiceProvider services = (ServiceProvider)kernel.Services;
        Assert.Contains("28 days", sources, StringComparison.Ordinal);
        (string printed, string? total) = (await ChatAsync(With(kernel, new FakeChatCompletion("There are 28 days [1]."))), await SearchAsync(kernel));
        Assert.Equal(("[1] leave.md", "leave.md 1"), (printed, total));
        Assert.Contains("leave.md &gt; Leave", await PromptAsync(kernel), StringComparison.Ordinal);
        Assert.Contains("without milk", await RememberAsync(kernel), StringComparison.Ordinal);
    }

    /// <summary>What the model of the template is sent.</summary>
    private static async Task<string> PromptAsync(Kernel services)
    {
        FakeChatCompletion chat = new("There are 28 days [1].");
        Kernel kernel = With(services, chat);
        kernel.Plugins.AddRange(services.Plugins);

        // snippet: template
        FunctionResult result = await kernel.InvokePromptAsync(
            """
            {{Retrieval.search query=$question top="3"}}
            Answer from these sources, and cite them by their numbers: {{$question}}
            """,
            new KernelArguments { ["question"] = "How much leave is there?" });
        // end

        Assert.Equal("There are 28 days [1].", $"{result}");
        return chat.Asked[0][^1].Content!;
    }

    private static async Task<string> RememberAsync(Kernel kernel)
    {
        // snippet: memory
        TextSearchStore<string> memory = new(kernel.Services.GetRequiredService<VectorStore>(), "memory", vectorDimensions: 384);
        await memory.UpsertTextAsync(["Ann takes her coffee without milk.", "The office has three floors."]);

        TextSearchProvider provider = new(memory, options: new TextSearchProviderOptions { Top = 1 });
        AIContext context = await provider.ModelInvokingAsync([new ChatMessage(ChatRole.User, "How does Ann drink her coffee?")]);
        Console.WriteLine(context.Instructions);
        // end

        memory.Dispose();
        return context.Instructions!;
    }

    private static async Task<string> ChatAsync(Kernel kernel)
    {
        StringWriter console = new();

        // snippet: chat
        IChatCompletionService chat = kernel.GetRequiredService<IChatCompletionService>().WithRetrieval(kernel.Services.GetRequiredService<IPassageRetriever>());
        ChatHistory history = [];
        history.AddUserMessage("How much leave is there?");
        ChatMessageContent answer = await chat.GetChatMessageContentAsync(history, kernel: kernel);
        history.Add(answer);                                                      // with its metadata: numbers of sources go on from it
        foreach (ContextSource source in answer.GetCitedSources())
        {
            Console.WriteLine($"[{source.Number}] {source.Passage.Source}");
        }
        // end

        console.Write(string.Join(' ', answer.GetCitedSources().Select(source => $"[{source.Number}] {source.Passage.Source}")));
        return console.ToString();
    }

    private static async Task<string?> SearchAsync(Kernel kernel)
    {
        // snippet: search
        PassageTextSearch<Passage> search = new(kernel.Services.GetRequiredService<IPassageRetriever<Passage>>());
        KernelSearchResults<TextSearchResult> results = await search.GetTextSearchResultsAsync(
            "How much leave is there?", new TextSearchOptions<Passage> { Top = 3, IncludeTotalCount = true, Filter = passage => passage.Source == "leave.md" });
        // end

        return $"{(await results.Results.SingleAsync()).Link} {results.TotalCount}";
    }

    /// <summary>The kernel's services, and a chat model.</summary>
    private static Kernel With(Kernel kernel, IChatCompletionService chat)
    {
        ServiceCollection services = [];
        services.AddSingleton(chat);
        services.AddSingleton(kernel.Services.GetRequiredService<IPassageRetriever>());
        return new Kernel(services.BuildServiceProvider());
    }
}
