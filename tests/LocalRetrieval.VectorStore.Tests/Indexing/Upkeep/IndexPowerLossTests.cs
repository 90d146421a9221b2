using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.VectorData.Tests.Indexing.Upkeep;

/// <summary>Power is lost while indexes are written: whatever records are there afterwards are found, and none that are not.</summary>
public sealed class IndexPowerLossTests
{
    private const int MostOperations = 400;

    [Fact]
    public async Task Restart_AfterPowerWasLostAnywhere_FindsWhatIsThere()
    {
        int loaded = 0;
        for (int seed = 0; seed < MostOperations; seed += 3)
        {
            Random random = new(seed);
            PowerLossFolder folder = new(operations: seed);
            await WorkAsync(folder, random);
            folder = folder.Restart(random);
            CopyIndexes indexes = new();
            using LocalVectorStore store = Open(indexes, folder, leastRows: int.MaxValue);
            var items = await Items.CollectionAsync(store);
            await items.WhenIndexedAsync();
            await Items.AssertFindsAsync(items, await items.GetAsync(_ => true, 1000, new() { IncludeVectors = true }).ToListAsync());
            Assert.Equal(8, indexes.Calls("Search") + (await IsEmptyAsync(items) ? 8 : 0));
            loaded += indexes.Calls("Load");
        }

        Assert.NotEqual(0, loaded);
    }

    private static async Task<bool> IsEmptyAsync(LocalVectorStoreCollection<int, Item> items) => !await items.GetAsync(_ => true, 1).AnyAsync();

    private static LocalVectorStore Open(CopyIndexes indexes, PowerLossFolder folder, int leastRows = 60) =>
        indexes.Over(() => new StoreDisk(folder, Durability.Disk, NullLogger.Instance, leastRows: leastRows));

    private static async Task WorkAsync(PowerLossFolder folder, Random random)
    {
        try
        {
            using LocalVectorStore store = Open(new CopyIndexes(), folder);
            var items = await Items.CollectionAsync(store);
            for (int round = 1; round < 30; round++)
            {
                await items.UpsertAsync(Items.Make(random.Next(60), 20, round));
                await items.DeleteAsync(Enumerable.Range(random.Next(60), 6));
                switch (random.Next(6))
                {
                    case 0:
                        await items.CompactAsync();
                        break;
                    case < 3:
                        await items.WhenIndexedAsync();
                        break;
                }
            }
        }
        catch (IOException)
        {
            // The power is gone.
        }
    }
}
