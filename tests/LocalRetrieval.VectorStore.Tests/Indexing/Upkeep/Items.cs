using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Indexing.Upkeep;

/// <summary>Collections of <see cref="Item"/>, and what a search of them finds.</summary>
internal static class Items
{
    public static async Task<LocalVectorStoreCollection<int, Item>> CollectionAsync(LocalVectorStore store, string? kind = null)
    {
        LocalVectorStoreCollection<int, Item> items = Of(store, kind);
        await items.EnsureCollectionExistsAsync();
        return items;
    }

    public static LocalVectorStoreCollection<int, Item> Of(LocalVectorStore store, string? kind = null) =>
        store.GetCollection<int, Item>("docs", kind is null ? null : new() { Properties = [new VectorStoreVectorProperty(nameof(Item.Vector), 3) { IndexKind = kind }] });

    /// <summary>An item whose vector goes by its numbers; every seventh has none.</summary>
    public static Item Make(int id, int number) =>
        new() { Id = id, Number = number, Text = $"t{number}", Vector = id % 7 == 6 ? null : [id, number, (id * 31 + number * 17) % 101] };

    public static IEnumerable<Item> Make(int first, int count, int number) => Enumerable.Range(first, count).Select(id => Make(id, number));

    /// <summary>Searches by several vectors, with and without a filter, and holds what is found against the items that are there.</summary>
    public static async Task AssertFindsAsync(LocalVectorStoreCollection<int, Item> items, IReadOnlyCollection<Item> there)
    {
        for (int i = 0; i < 4; i++)
        {
            float[] query = [i * 13, i, i * 29];
            int least = i;
            Assert.Equal(Nearest(there, query), await ScoresAsync(items, query, new()));
            Assert.Equal(Nearest(there.Where(item => item.Number > least), query), await ScoresAsync(items, query, new() { Filter = item => item.Number > least }));
        }
    }

    public static async Task<VectorIndexStatistics> MeasureAsync(LocalVectorStore store) => Assert.Single((await store.GetStatisticsAsync("docs")).VectorIndexes);

    private static double[] Nearest(IEnumerable<Item> items, float[] query) =>
        [.. items.Where(item => item.Vector is not null).Select(item => item.Vector!.Zip(query, (x, y) => (double)(x - y) * (x - y)).Sum()).Order().Take(5)];

    private static async Task<double[]> ScoresAsync(LocalVectorStoreCollection<int, Item> items, float[] query, VectorSearchOptions<Item> options) =>
        [.. await items.SearchAsync(query, 5, options).Select(found => found.Score!.Value).ToListAsync()];
}
