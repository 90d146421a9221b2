using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Collections;

public sealed class DynamicCollectionTests
{
    private static readonly float[] Query = [1, 0];

    [Fact]
    public async Task UpsertAndGet_Dictionary_IsCopiedBothWays()
    {
        var collection = await CollectionAsync();
        Dictionary<string, object?> record = Make("a", 1, "x");
        await collection.UpsertAsync(record);
        ((List<string>)record["Tags"]!).Add("later");
        ((float[])record["Vector"]!)[0] = 9;
        record["Number"] = 9;

        Dictionary<string, object?> read = (await collection.GetAsync("a", new() { IncludeVectors = true }))!;
        Assert.Equal(["x"], (List<string>)read["Tags"]!);
        Assert.Equal([1, 1], (float[])read["Vector"]!);
        Assert.Equal(1, read["Number"]);
        ((List<string>)read["Tags"]!).Clear();

        read = (await collection.GetAsync("a"))!;
        Assert.Equal(["x"], (List<string>)read["Tags"]!);
        Assert.False(read.ContainsKey("Vector"));
    }

    [Fact]
    public async Task GetAsync_FilterThroughTheIndexer_FindsMatches()
    {
        var collection = await CollectionAsync();
        await collection.UpsertAsync([Make("a", 1, "x"), Make("b", 2, "y"), Make("c", 3)]);
        string name = "Number";
        string[] tags = ["y", "z"];
        object? nothing = null;

        Assert.Equal("b", await KeysAsync(collection.GetAsync(record => (int)record["Number"]! == 2, 9)));
        Assert.Equal("bc", await KeysAsync(collection.GetAsync(record => (int)record[name]! > 1, 9)));
        Assert.Equal("a", await KeysAsync(collection.GetAsync(record => (string?)record["Id"] == "a", 9)));
        Assert.Equal("c", await KeysAsync(collection.GetAsync(record => record["Id"]!.Equals("c"), 9)));
        Assert.Equal("ab", await KeysAsync(collection.GetAsync(record => record["Note"] == nothing && (int)record["Number"]! < 3, 9)));
        Assert.Equal("ac", await KeysAsync(collection.GetAsync(record => new[] { 1, 3 }.Contains((int)record["Number"]!), 9)));
        Assert.Equal("b", await KeysAsync(collection.GetAsync(record => ((List<string>)record["Tags"]!).Any(tag => tags.Contains(tag)), 9)));
        Assert.Equal("a", await KeysAsync(collection.GetAsync(record => ((List<string>)record["Tags"]!).Contains("x"), 9)));
        Assert.Equal("c", await KeysAsync(collection.GetAsync(record => ((string)record["Note"]!).StartsWith("ni"), 9)));
        Assert.Equal("abc", await KeysAsync(collection.GetAsync(record => record.ContainsKey("Number"), 9)));
    }

    [Fact]
    public async Task GetAsync_FilterByUnknownProperty_ThrowsNamingIt()
    {
        var collection = await CollectionAsync();

        var exception = Assert.Throws<InvalidOperationException>(() => collection.GetAsync(record => record["Missing"] == null, 1));

        Assert.Contains("'Missing'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Number", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SearchAsync_SelectorAndOrderBy_GoThroughTheIndexer()
    {
        var collection = await CollectionAsync();
        await collection.UpsertAsync([Make("a", 1), Make("b", 3), Make("c", 2)]);

        var found = await collection.SearchAsync(Query, 1, new() { VectorProperty = record => record["Vector"], Filter = record => (int)record["Number"]! > 1 }).SingleAsync();
        Assert.Equal("b", found.Record["Id"]);
        Assert.Equal("bca", await KeysAsync(collection.GetAsync(record => true, 9, new() { OrderBy = by => by.Descending(record => record["Number"]) })));
    }

    [Fact]
    public async Task SearchAsync_SelectorsOfACapturedName_AreRead()
    {
        var collection = await CollectionAsync();
        await collection.UpsertAsync([Make("a", 1), Make("b", 3), Make("c", 2)]);
        (string vector, string number) = ("Vector", "Number");

        Assert.Equal("b", (await collection.SearchAsync(Query, 1, new() { VectorProperty = record => record[vector] }).SingleAsync()).Record["Id"]);
        Assert.Equal("bca", await KeysAsync(collection.GetAsync(record => true, 9, new() { OrderBy = by => by.Descending(record => record[number]) })));
    }

    [Fact]
    public async Task GetAsync_OrderByOfTheDictionaryItself_IsNoProperty()
    {
        using LocalVectorStore store = new();
        var collection = store.GetDynamicCollection("docs", new()
        {
            Properties = [new VectorStoreKeyProperty("Id", typeof(int)), new VectorStoreDataProperty("Count", typeof(int))],
        });

        Assert.Throws<NotSupportedException>(() => collection.GetAsync(record => true, 1, new() { OrderBy = by => by.Ascending(record => record.Count) }));
    }

    [Fact]
    public async Task UpsertAsync_ValueThatIsNotOfItsProperty_ThrowsNamingBoth()
    {
        var collection = await CollectionAsync();

        await AssertThrowsAsync(Make("k", 1), "Number", "three", "'k'", "System.String", "'Number'");
        await AssertThrowsAsync(Make("k", 1), "Number", null, "'k'", "'Number'", "nullable");
        await AssertThrowsAsync(Make("k", 1), "Vector", "text", "'k'", "'Vector'");
        await AssertThrowsAsync(Make("k", 1), "Vector", new[] { 1, float.NaN }, "'k'", "NaN", "'Vector'");
        await AssertThrowsAsync(Make("k", 1), "Id", 7, "'Id'", "System.Int32");
        await AssertThrowsAsync(Make("k", 1), "Id", null, "'Id'");
        Assert.Empty(await collection.GetAsync(record => true, 9).ToListAsync());

        async Task AssertThrowsAsync(Dictionary<string, object?> record, string property, object? value, params string[] expected)
        {
            record[property] = value;
            var exception = await Assert.ThrowsAsync<ArgumentException>(() => collection.UpsertAsync([Make("fine", 1), record]));
            Assert.All(expected, part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Keys_OfOtherType_Throw()
    {
        var collection = await CollectionAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => collection.GetAsync(7));
        await Assert.ThrowsAsync<ArgumentException>(() => collection.DeleteAsync(7));
    }

    [Fact]
    public async Task UpsertAsync_GuidKeyLeftOut_IsMade()
    {
        using LocalVectorStore store = new();
        var collection = store.GetDynamicCollection("docs", new() { Properties = [new VectorStoreKeyProperty("Id", typeof(Guid))] });
        await collection.EnsureCollectionExistsAsync();
        Dictionary<string, object?> record = [];

        await collection.UpsertAsync(record);

        Assert.NotNull(await collection.GetAsync(Assert.IsType<Guid>(record["Id"])));
    }

    [Fact]
    public async Task UpsertAsync_Text_IsEmbedded()
    {
        using FakeGenerator generator = new();
        using LocalVectorStore store = Stores.With(generator);
        var collection = store.GetDynamicCollection("docs", new()
        {
            Properties = [new VectorStoreKeyProperty("Id", typeof(int)), new VectorStoreVectorProperty("Text", typeof(string), 3)],
        });
        await collection.EnsureCollectionExistsAsync();

        await collection.UpsertAsync([new() { ["Id"] = 1, ["Text"] = "a" }, new() { ["Id"] = 2, ["Text"] = "bbbb" }, new() { ["Id"] = 3 }]);

        Assert.Equal(2, (await collection.SearchAsync("bbbb", 1).SingleAsync()).Record["Id"]);
        Assert.Equal(2, (await collection.SearchAsync("x", 9).ToListAsync()).Count);
        Assert.Equal(1, (await collection.GetAsync(record => (string?)record["Text"] == "a", 1).SingleAsync())["Id"]);
        await Assert.ThrowsAsync<NotSupportedException>(() => collection.GetAsync(1, new() { IncludeVectors = true }));
    }

    [Fact]
    public void GetDynamicCollection_BadDefinition_Throws()
    {
        using LocalVectorStore store = new();

        Assert.Throws<ArgumentNullException>(() => store.GetDynamicCollection("docs", null!));
        Assert.Contains("'Id'", Assert.Throws<InvalidOperationException>(
            () => store.GetDynamicCollection("docs", new() { Properties = [new VectorStoreKeyProperty("Id")] })).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => store.GetDynamicCollection("docs", new()));
        Assert.Throws<InvalidOperationException>(() => store.GetDynamicCollection("docs", new()
        {
            Properties = [new VectorStoreKeyProperty("Id", typeof(int)), new VectorStoreVectorProperty("Vector", typeof(Version), 3)],
        }));
    }

    private static Dictionary<string, object?> Make(string id, int number, params string[] tags) => new()
    {
        ["Id"] = id,
        ["Number"] = number,
        ["Tags"] = tags.ToList(),
        ["Note"] = number == 3 ? "nice" : null,
        ["Vector"] = new float[] { number, 1 },
    };

    private static async Task<VectorStoreCollection<object, Dictionary<string, object?>>> CollectionAsync()
    {
        var collection = new LocalVectorStore().GetDynamicCollection("docs", new()
        {
            Properties =
            [
                new VectorStoreKeyProperty("Id", typeof(string)),
                new VectorStoreDataProperty("Number", typeof(int)) { IsIndexed = true },
                new VectorStoreDataProperty("Tags", typeof(List<string>)) { IsIndexed = true },
                new VectorStoreDataProperty("Note", typeof(string)),
                new VectorStoreVectorProperty("Vector", typeof(float[]), 2),
            ],
        });
        await collection.EnsureCollectionExistsAsync();
        return collection;
    }

    private static async Task<string> KeysAsync(IAsyncEnumerable<Dictionary<string, object?>> records) =>
        string.Concat(await records.Select(record => record["Id"]).ToListAsync());
}
