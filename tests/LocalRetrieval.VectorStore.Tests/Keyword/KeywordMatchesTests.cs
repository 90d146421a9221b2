using LocalRetrieval.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Keyword;

public sealed class KeywordMatchesTests
{
    private static readonly KeywordIndexOptions Options = new()
    {
        Analysis = KeywordAnalysis.Identifiers,
        RemoveStopWords = true,
        Stem = true,
        Language = "en",
        Fields = [new("Title", 3)],
    };

    [Fact]
    public async Task KeywordSearchAsync_MatchesAsked_NamesWordsTermsAndProperties()
    {
        using LocalVectorStore store = new();
        VectorStoreCollection<object, Dictionary<string, object?>> pages = await FillAsync(
            store, ("a", "Filters", "Replace the filter of pump DO1863."), ("b", null, "Wings"), ("c", "Pumps", "About pumps"));

        KeywordSearchResult<Dictionary<string, object?>>[] found = await SearchAsync(pages, "How do I replace \"filters\" of DO1863?");

        KeywordSearchResult<Dictionary<string, object?>> first = Assert.Single(found);
        Assert.Equal([("DO1863", "do1863", "Text"), ("filters", "filter", "Text Title"), ("replace", "replac", "Text"), ("DO1863", "1863", "Text")], first.Matches!
            .Select(match => (match.Word, match.Term, string.Join(' ', match.Properties))).OrderBy(match => match.Item2 == "1863").ThenBy(match => match.Item2, StringComparer.Ordinal));
        KeywordMatch filter = first.Matches!.Single(match => match.Term == "filter");

        // Once in the text, and in the title, which counts thrice; idf = ln(1 + (3 - 1 + .5) / (1 + .5)).
        Assert.Equal(4, filter.Frequency);
        Assert.Equal(Math.Log(1 + (2.5 / 1.5)), filter.Weight, 12);
        AssertNumbers.Close([first.Score], [first.Matches!.Sum(match => match.Score)], 1e-6);
    }

    [Fact]
    public async Task KeywordSearchAsync_MatchesNotAsked_AreNull()
    {
        using LocalVectorStore store = new();
        VectorStoreCollection<object, Dictionary<string, object?>> pages = await FillAsync(store, ("a", null, "Wings"));

        KeywordSearchResult<Dictionary<string, object?>>[] found = await ((IKeywordSearchable<Dictionary<string, object?>>)pages).KeywordSearchAsync("wing", 9).ToArrayAsync();

        Assert.Null(Assert.Single(found).Matches);
    }

    [Fact]
    public async Task KeywordSearchAsync_RandomRecords_MatchesAddUpToTheScore()
    {
        Random random = new(5);
        string[] words = ["wings", "getUserName", "v1.22.0", "the", "of", "region-15", "planes", "user's", "C++", "1,000,000", "日本語", "how"];
        using LocalVectorStore store = new();
        VectorStoreCollection<object, Dictionary<string, object?>> pages = await FillAsync(
            store, [.. Enumerable.Range(0, 200).Select(id => ($"{id}", random.Next(3) == 0 ? null : Text(3), (string?)Text(30)))]);

        foreach (string query in (string[])["wing", "How does user name v1.22 work?", "region 15, plane", "c++ 1000000", "get_user_name 日本", "how"])
        {
            KeywordSearchResult<Dictionary<string, object?>>[] found = await SearchAsync(pages, query);

            Assert.NotEmpty(found);
            AssertNumbers.Close([.. found.Select(result => result.Score)], [.. found.Select(result => result.Matches!.Sum(match => match.Score))], 1e-6);
            Assert.All(found.SelectMany(result => result.Matches!), match => Assert.Contains(match.Word, query, StringComparison.Ordinal));
        }

        string Text(int most) => string.Join(' ', Enumerable.Range(0, random.Next(1, most)).Select(_ => words[random.Next(words.Length)]));
    }

    private static async Task<VectorStoreCollection<object, Dictionary<string, object?>>> FillAsync(LocalVectorStore store, params (string Id, string? Title, string? Text)[] pages)
    {
        VectorStoreCollection<object, Dictionary<string, object?>> collection = store.GetDynamicCollection("pages", new()
        {
            Properties =
            [
                new VectorStoreKeyProperty("Id", typeof(string)),
                new VectorStoreDataProperty("Title", typeof(string)),
                new VectorStoreDataProperty("Text", typeof(string)).WithKeywordIndex(Options),
            ],
        });
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(pages.Select(page => new Dictionary<string, object?> { ["Id"] = page.Id, ["Title"] = page.Title, ["Text"] = page.Text }));
        return collection;
    }

    private static async Task<KeywordSearchResult<Dictionary<string, object?>>[]> SearchAsync(VectorStoreCollection<object, Dictionary<string, object?>> pages, string query) =>
        await ((IKeywordSearchable<Dictionary<string, object?>>)pages).KeywordSearchAsync(query, 500, new() { IncludeMatches = true }).ToArrayAsync();
}
