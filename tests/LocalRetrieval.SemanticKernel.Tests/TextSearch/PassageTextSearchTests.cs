using LocalRetrieval.Rag;
using Microsoft.SemanticKernel.Data;

namespace LocalRetrieval.SemanticKernel.Tests.TextSearch;

[Collection(HandbookCollection.Name)]
public sealed class PassageTextSearchTests(HandbookFixture handbook)
{
    private const string Question = "How many days of leave do I have?";

    private readonly PassageTextSearch<Passage> _search = new(handbook.Retriever);

    [Fact]
    public async Task GetTextSearchResultsAsync_Question_GivesTextNameAndLink()
    {
        KernelSearchResults<TextSearchResult> results = await _search.GetTextSearchResultsAsync(Question, new TextSearchOptions<Passage> { Top = 1 });

        TextSearchResult first = await results.Results.SingleAsync();
        Assert.StartsWith("Employees have 28 days", first.Value, StringComparison.Ordinal);
        Assert.Equal(("leave.md", "leave.md"), (first.Name, first.Link));
        Assert.Null(results.TotalCount);
    }

    [Fact]
    public async Task SearchAsync_AllPages_GiveEachPassageOnceInTheRetrieversOrder()
    {
        RetrievalResult<Passage> expected = await handbook.Retriever.RetrieveAsync(Question, new RetrievalOptions<Passage> { Top = 5 });

        List<string> texts = [];
        for (int skip = 0; skip < 6; skip += 2)
        {
            texts.AddRange(await (await _search.SearchAsync(Question, new TextSearchOptions<Passage> { Skip = skip, Top = 2 })).Results.ToListAsync());
        }

        Assert.Equal(5, texts.Count);
        Assert.Equal(expected.Passages.Select(passage => passage.Text), texts);
    }

    [Fact]
    public async Task GetSearchResultsAsync_Filter_GivesItsRecordsAndCountsThem()
    {
        TextSearchOptions<Passage> options = new() { Top = 1, IncludeTotalCount = true, Filter = passage => passage.Source != "leave.md" && passage.Source != "pumps.md" };

        KernelSearchResults<Passage> results = await _search.GetSearchResultsAsync(Question, options);

        Assert.DoesNotContain((await results.Results.SingleAsync()).Source, new[] { "leave.md", "pumps.md" });
        Assert.Equal(3, results.TotalCount);
    }

    [Fact]
    public async Task SearchAsync_OwnFilterAndThreshold_HoldBesideThoseOfTheSearch()
    {
        PassageTextSearch<Passage> search = new(handbook.Retriever, new PassageTextSearchOptions<Passage>
        {
            Retrieval = new RetrievalOptions<Passage> { Filter = passage => passage.Source != "kitchen.md", MinimumRerankerScore = 0.5 },
        });

        KernelSearchResults<string> results = await search.SearchAsync(
            Question, new TextSearchOptions<Passage> { IncludeTotalCount = true, Filter = passage => passage.Source != "travel.md" });

        RetrievalResult<Passage> expected = await handbook.Retriever.RetrieveAsync(Question, new RetrievalOptions<Passage>
        {
            MinimumRerankerScore = 0.5,
            Filter = passage => passage.Source != "kitchen.md" && passage.Source != "travel.md",
        });
        Assert.Equal(expected.Passages.Select(passage => passage.Text), await results.Results.ToListAsync());
        Assert.Equal(expected.Passages.Count, results.TotalCount);
    }

    [Fact]
    public async Task SearchAsync_BadInput_IsRefusedByName()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _search.SearchAsync(" "));
        Assert.Equal("top", (await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _search.SearchAsync("a", new TextSearchOptions<Passage> { Top = 0 }))).ParamName);
        Assert.Equal("skip", (await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _search.SearchAsync("a", new TextSearchOptions<Passage> { Skip = -1 }))).ParamName);
    }

    [Fact]
    public async Task Options_Link_IsTheResults()
    {
        PassageTextSearch<Passage> search = new(handbook.Retriever, new PassageTextSearchOptions<Passage> { Link = passage => $"https://handbook.example/{passage.Source}" });

        TextSearchResult first = await (await search.GetTextSearchResultsAsync(Question)).Results.FirstAsync();

        Assert.Equal("https://handbook.example/leave.md", first.Link);
    }
}
