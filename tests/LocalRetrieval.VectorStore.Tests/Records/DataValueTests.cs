using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Records;

public sealed class DataValueTests
{
    [Fact]
    public async Task UpsertAndGet_Collections_AreCopiedBothWays()
    {
        var bags = await Stores.CollectionAsync<string, Bag>();
        Bag bag = new()
        {
            Array = [1],
            List = ["a"],
            Set = new(StringComparer.OrdinalIgnoreCase) { "a" },
            Map = new(StringComparer.OrdinalIgnoreCase) { ["a"] = 1 },
            ReadOnlyList = new List<string> { "a" },
        };
        await bags.UpsertAsync(bag);

        Spoil(bag);
        Spoil((await bags.GetAsync(""))!);

        Bag kept = (await bags.GetAsync(""))!;
        Assert.Equal([1], kept.Array);
        Assert.Equal(["a"], kept.List);
        Assert.Equal(["a"], kept.Set);
        Assert.Equal(1, kept.Map["A"]);
        Assert.Contains("A", kept.Set);
        Assert.Equal(["a"], kept.ReadOnlyList);
    }

    [Fact]
    public async Task UpsertAndGet_CollectionsInCollections_AreCopiedBothWays()
    {
        var nests = await Stores.CollectionAsync<string, Nest>();
        Nest nest = new() { Lists = [["a"]], Arrays = [[1]], Map = new() { ["k"] = ["v"] } };
        await nests.UpsertAsync(nest);

        Spoil(nest);
        Spoil((await nests.GetAsync(""))!);

        Nest kept = (await nests.GetAsync(""))!;
        Assert.Equal(["a"], Assert.Single(kept.Lists));
        Assert.Equal([1], Assert.Single(kept.Arrays));
        Assert.Equal(["v"], kept.Map["k"]);
    }

    [Fact]
    public async Task UpsertAndGet_CollectionsInADictionarysCollections_AreCopiedBothWays()
    {
        using LocalVectorStore store = new();
        var records = store.GetDynamicCollection("docs", new()
        {
            Properties =
            [
                new VectorStoreKeyProperty("Id", typeof(int)),
                new VectorStoreDataProperty("List", typeof(List<object>)),
                new VectorStoreDataProperty("Map", typeof(Dictionary<string, object?>)),
                new VectorStoreDataProperty("Arrays", typeof(int[][])),
            ],
        });
        await records.EnsureCollectionExistsAsync();
        Dictionary<string, object?> record = new()
        {
            ["Id"] = 1,
            ["List"] = new List<object> { new List<int> { 1 } },
            ["Map"] = new Dictionary<string, object?> { ["k"] = new List<string> { "v" } },
            ["Arrays"] = new int[][] { [1] },
        };
        await records.UpsertAsync(record);

        Spoil(record);
        Spoil((await records.GetAsync(1))!);

        record = (await records.GetAsync(1))!;
        Assert.Equal([1], (List<int>)((List<object>)record["List"]!)[0]);
        Assert.Equal(["v"], (List<string>)((Dictionary<string, object?>)record["Map"]!)["k"]!);
        Assert.Equal([1], ((int[][])record["Arrays"]!)[0]);

        static void Spoil(Dictionary<string, object?> record)
        {
            ((List<int>)((List<object>)record["List"]!)[0]).Clear();
            ((List<string>)((Dictionary<string, object?>)record["Map"]!)["k"]!).Clear();
            ((int[][])record["Arrays"]!)[0][0] = 9;
        }
    }

    [Fact]
    public async Task UpsertAndGet_ClassDerivedFromACollection_KeepsItsType()
    {
        var bags = await Stores.CollectionAsync<string, Bag>();
        Words words = ["a"];

        await bags.UpsertAsync(new Bag { Object = words });

        Assert.Same(words, (await bags.GetAsync(""))!.Object);
        Assert.Same(words, DataValue.Copy(words));
    }

    [Fact]
    public async Task UpsertAsync_CollectionThatHoldsItself_Throws()
    {
        var bags = await Stores.CollectionAsync<string, Bag>();
        List<object> list = [];
        list.Add(list);

        await Assert.ThrowsAsync<InsufficientExecutionStackException>(() => bags.UpsertAsync(new Bag { Object = list }));
    }

    [Fact]
    public async Task UpsertAndGet_OtherObject_IsKeptByReference()
    {
        var bags = await Stores.CollectionAsync<string, Bag>();
        Version version = new(1, 2);

        await bags.UpsertAsync(new Bag { Object = version });

        Assert.Same(version, (await bags.GetAsync(""))!.Object);
    }

    private static void Spoil(Bag bag)
    {
        bag.Array[0] = 9;
        bag.List.Add("z");
        bag.Set.Clear();
        bag.Map["a"] = 9;
        ((List<string>)bag.ReadOnlyList).Clear();
    }

    private static void Spoil(Nest nest)
    {
        nest.Lists[0].Add("z");
        nest.Arrays[0][0] = 9;
        nest.Map["k"].Clear();
    }

    private sealed class Words : List<string>;

    private sealed class Nest
    {
        [VectorStoreKey]
        public string Id { get; set; } = "";

        [VectorStoreData]
        public List<List<string>> Lists { get; set; } = [];

        [VectorStoreData]
        public int[][] Arrays { get; set; } = [];

        [VectorStoreData]
        public Dictionary<string, List<string>> Map { get; set; } = [];
    }

    private sealed class Bag
    {
        [VectorStoreKey]
        public string Id { get; set; } = "";

        [VectorStoreData]
        public int[] Array { get; set; } = [];

        [VectorStoreData]
        public List<string> List { get; set; } = [];

        [VectorStoreData]
        public HashSet<string> Set { get; set; } = [];

        [VectorStoreData]
        public Dictionary<string, int> Map { get; set; } = [];

        [VectorStoreData]
        public IReadOnlyList<string> ReadOnlyList { get; set; } = [];

        [VectorStoreData]
        public object? Object { get; set; }
    }
}
