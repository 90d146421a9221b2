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
