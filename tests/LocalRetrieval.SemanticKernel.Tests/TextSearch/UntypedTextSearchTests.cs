// The interface that plugins and providers of Semantic Kernel take.
#pragma warning disable CS0618

using System.Text.Json;
using LocalRetrieval.Rag;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Data;

namespace LocalRetrieval.SemanticKernel.Tests.TextSearch;

[Collection(HandbookCollection.Name)]
public sealed class UntypedTextSearchTests(HandbookFixture handbook)
{
    private const string Question = "How many days of leave do I have?";

    private readonly ITextSearch _search = new PassageTextSearch<Passage>(handbook.Retriever);

    [Theory]
    [InlineData("Search")]
    [InlineData("GetTextSearchResults")]
    [InlineData("GetSearchResults")]
    public async Task Plugin_CalledAgain_KeepsTheOptionsOfItsFirstCall(string name)
    {
        KernelPlugin plugin = name switch
        {
            "Search" => _search.CreateWithSearch("Handbook"),
            "GetTextSearchResults" => _search.CreateWithGetTextSearchResults("Handbook"),
            _ => _search.CreateWithGetSearchResults("Handbook"),
        };

        Assert.Equal(2, await CountAsync(2));

        // A defect of Semantic Kernel 1.82, which the page names: its functions keep count and skip of the first call. AsKernelPlugin's do not.
        Assert.Equal(2, await CountAsync(4));

        async Task<int> CountAsync(int count)
        {
            FunctionResult result = await handbook.Kernel.InvokeAsync(plugin[name], new KernelArguments { ["query"] = Question, ["count"] = count });
            return JsonSerializer.SerializeToElement(result.GetValue<object>()).GetArrayLength();
        }
    }

    [Fact]
    public async Task SearchAsync_EqualityFilter_IsTranslated()
    {
        TextSearchFilter filter = new TextSearchFilter().Equality(nameof(Passage.Source), "pumps.md").Equality(nameof(Passage.Ordinal), "0");

        KernelSearchResults<TextSearchResult> results = await _search.GetTextSearchResultsAsync(Question, new TextSearchOptions { Filter = filter, IncludeTotalCount = true });

        Assert.Equal("pumps.md", (await results.Results.SingleAsync()).Link);
        Assert.Equal(1, results.TotalCount);
    }

    [Fact]
    public async Task SearchAsync_FilterThatCannotBe_IsRefusedByName()
    {
        ArgumentException unknown = await Assert.ThrowsAsync<ArgumentException>(() => SearchAsync(new TextSearchFilter().Equality("Colour", "red")));
        ArgumentException mistyped = await Assert.ThrowsAsync<ArgumentException>(() => SearchAsync(new TextSearchFilter().Equality(nameof(Passage.Ordinal), "first")));

        Assert.Contains("'Colour'", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("Source", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("'Ordinal' with 'first', which is no Int32", mistyped.Message, StringComparison.Ordinal);

        Task SearchAsync(TextSearchFilter filter) => _search.SearchAsync("a", new TextSearchOptions { Filter = filter });
    }

    [Fact]
    public async Task TextSearchProvider_BeforeTheModel_GivesTheSources()
    {
        TextSearchProvider provider = new(_search, options: new TextSearchProviderOptions { Top = 1 });

        AIContext context = await provider.ModelInvokingAsync([new ChatMessage(ChatRole.User, Question)]);

        Assert.Contains("SourceDocLink: leave.md", context.Instructions, StringComparison.Ordinal);
        Assert.Contains("28 days", context.Instructions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TextSearchStore_OverTheLocalStore_IsAMemory()
    {
        IEmbeddingGenerator<string, Embedding<float>> generator = handbook.Kernel.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        using LocalVectorStore vectors = new(new LocalVectorStoreOptions { EmbeddingGenerator = generator });
        using TextSearchStore<string> store = new(vectors, "memory", 384, new TextSearchStoreOptions { SearchNamespace = "group/g1" });
        await store.UpsertDocumentsAsync([
            new TextSearchDocument { Namespaces = ["group/g1"], Text = "Caoimhe takes her coffee without milk.", SourceName = "notes", SourceLink = "memory://1", SourceId = "1" },
            new TextSearchDocument { Namespaces = ["group/g1"], Text = "The office has three floors.", SourceName = "notes", SourceLink = "memory://2", SourceId = "2" },
            new TextSearchDocument { Namespaces = ["group/g2"], Text = "Caoimhe takes her coffee with sugar.", SourceName = "others", SourceLink = "memory://3", SourceId = "3" },
        ]);
        TextSearchProvider provider = new(store, options: new TextSearchProviderOptions { Top = 1 });

        AIContext context = await provider.ModelInvokingAsync([new ChatMessage(ChatRole.User, "How does Caoimhe drink her coffee?")]);

        Assert.Contains("without milk", context.Instructions, StringComparison.Ordinal);
        Assert.DoesNotContain("sugar", context.Instructions, StringComparison.Ordinal);
        Assert.Contains("SourceDocLink: memory://1", context.Instructions, StringComparison.Ordinal);
    }
}
