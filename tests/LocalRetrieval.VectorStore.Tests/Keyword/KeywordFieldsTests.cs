using LocalRetrieval.VectorData.Keyword;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Keyword;

public sealed class KeywordFieldsTests
{
    [Fact]
    public async Task KeywordSearchAsync_Fields_FindRecordsByEachOfThem()
    {
        using LocalVectorStore store = new();
        var pages = store.GetCollection<string, Page>("pages", Definition(new() { Fields = [new("Title", 2), new("Path", 0.5)] }));
        await pages.EnsureCollectionExistsAsync();
        await pages.UpsertAsync([new() { Id = "a", Text = "plum", Title = "pear" }, new() { Id = "b", Text = "pear", Path = "fig" }, new() { Id = "c", Title = "fig" }]);

        Assert.Equal(["a", "b"], await FindAsync(pages, "pear"));
        Assert.Equal(["c", "b"], await FindAsync(pages, "fig"));
        Assert.Equal(["a"], await FindAsync(pages, "plum"));
    }

    [Fact]
    public async Task UpsertAsync_FieldAloneChanged_ChangesTheIndex()
    {
        using LocalVectorStore store = new();
        var pages = store.GetCollection<string, Page>("pages", Definition(new() { Fields = [new("Title", 2)] }));
        await pages.EnsureCollectionExistsAsync();
        await pages.UpsertAsync([new() { Id = "a", Text = "plum", Title = "pear" }, new() { Id = "b", Text = "plum", Title = "fig" }]);

        await pages.UpsertAsync(new Page { Id = "a", Text = "plum", Title = "quince" });
        Assert.Empty(await FindAsync(pages, "pear"));
        Assert.Equal(["a"], await FindAsync(pages, "quince"));

        await pages.UpsertAsync(new Page { Id = "a", Text = "plum" });
        Assert.Empty(await FindAsync(pages, "quince"));
        Assert.Equal(["a", "b"], await FindAsync(pages, "plum"));
    }

    [Fact]
    public async Task KeywordSearchAsync_DynamicRecordsAndOtherStorageNames_TakePart()
    {
        using LocalVectorStore store = new();
        var pages = store.GetDynamicCollection("pages", new()
        {
            Properties =
            [
                new VectorStoreKeyProperty("Id", typeof(string)),
                new VectorStoreDataProperty("Zone", typeof(string)) { StorageName = "a" },
                new VectorStoreDataProperty("Body", typeof(string)) { StorageName = "b" }.WithKeywordIndex(new() { Fields = [new("Zone", 3)] }),
            ],
        });
        await pages.EnsureCollectionExistsAsync();
        await pages.UpsertAsync([new() { ["Id"] = "x", ["Zone"] = "north", ["Body"] = "one two" }, new() { ["Id"] = "y", ["Zone"] = null, ["Body"] = "north" }]);

        Assert.Equal(["x", "y"], await pages.KeywordSearchAsync("north", 9).Select(found => (string)found.Record["Id"]!).ToArrayAsync());
    }

    [Fact]
    public void Search_Weights_CountTowardsFrequencyAndLength()
    {
        KeywordIndex fields = new KeywordIndex(new KeywordIndexOptions { Fields = [new("Title", 3)] })
            .UpdateDocuments([], [new(1, ["a b", "b c"]), new(2, [null, "a"]), new(3, ["c c", null])]);
        KeywordIndex repeated = new KeywordIndex(new KeywordIndexOptions())
            .Update([], [new(1, "a b b c b c b c"), new(2, "a a a"), new(3, "c c")]);

        Assert.Equal(repeated.TotalLength, fields.TotalLength);
        Assert.All(["a", "b", "c a"], query => Assert.Equal(repeated.Search(query, new() { Top = 9 }), fields.Search(query, new() { Top = 9 })));
    }

    [Theory]
    [InlineData("Missing", "'Missing'")]
    [InlineData("Number", "'Number'")]
    [InlineData("Id", "'Id'")]
    [InlineData("Text", "of itself")]
    public void GetCollection_FieldThatIsNoText_IsRefused(string field, string expected)
    {
        using LocalVectorStore store = new();

        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => store.GetCollection<string, Page>("pages", Definition(new() { Fields = [new(field, 1)] })));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_BadFields_AreRefused()
    {
        Assert.Throws<ArgumentNullException>(() => new KeywordIndexOptions { Fields = null! });
        Assert.Throws<ArgumentNullException>(() => new KeywordIndexOptions { Fields = [null!] });
        Assert.Throws<ArgumentException>(() => new KeywordIndexOptions { Fields = [new("Title", 1), new("Title", 2)] });
        Assert.Throws<ArgumentException>(() => new KeywordField("", 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeywordField("Title", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeywordField("Title", double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeywordIndexOptions { Analysis = (KeywordAnalysis)7 });
        Assert.Contains("Keywords.Fields", Assert.Throws<ArgumentException>(() => new LocalVectorStore(new() { Keywords = new() { Fields = [new("Title", 1)] } })).Message, StringComparison.Ordinal);
    }

    private static VectorStoreCollectionDefinition Definition(KeywordIndexOptions options) => new()
    {
        Properties = [new VectorStoreDataProperty(nameof(Page.Text), typeof(string)).WithKeywordIndex(options)],
    };

    private static async Task<string[]> FindAsync(LocalVectorStoreCollection<string, Page> pages, string query) =>
        await pages.KeywordSearchAsync(query, 9).Select(found => found.Record.Id).ToArrayAsync();

    internal sealed class Page
    {
        [VectorStoreKey]
        public string Id { get; set; } = "";

        [VectorStoreData]
        public string? Text { get; set; }

        [VectorStoreData]
        public string? Title { get; set; }

        [VectorStoreData]
        public string? Path { get; set; }

        [VectorStoreData]
        public int Number { get; set; }
    }
}
