using LocalRetrieval.Bench.Searching;
using LocalRetrieval.Bench.StoreOnDisk;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Bench.Tests.StoreOnDisk;

/// <summary>What is compared with the store is asked for the same, and finds it.</summary>
public sealed class SqliteRecordsTests
{
    private const int Records = 500;

    [Fact]
    public async Task Search_Copied_FindsWhatTheStoreFinds()
    {
        BenchRecord[] records = StoreRecords.Make(Enumerable.Range(0, Records));
        using BenchFolder ours = new(parent: null);
        using BenchFolder theirs = new(parent: null);
        using LocalVectorStore store = BenchCollection.Open(ours.Path, Durability.Process);
        LocalVectorStoreCollection<int, BenchRecord> collection = BenchCollection.Of(store);
        await collection.EnsureCollectionExistsAsync();
        await BenchCollection.UpsertAsync(collection, records, recordsACall: 100);
        using SqliteRecords database = new(theirs, SqliteRecords.Normal);
        database.Upsert(records, recordsATransaction: 100);

        // As a killed process leaves them.
        using BenchFolder ourCopy = ours.Copy();
        using BenchFolder theirCopy = theirs.Copy();
        using LocalVectorStore reopened = BenchCollection.Open(ourCopy.Path, Durability.Process);
        using SqliteRecords recovered = new(theirCopy, SqliteRecords.Full);

        List<VectorSearchResult<BenchRecord>> found = await BenchCollection.Of(reopened).SearchAsync(StoreRecords.Query(3), BenchCollection.Top).ToListAsync();
        Assert.Equal(found.Select(result => result.Record.Key), recovered.Search(StoreRecords.Query(3), BenchCollection.Top));
        Assert.Equal(records[7].Text, recovered.Find(7));
    }

    [Fact]
    public void Make_AnyKey_HasItsCharacters()
    {
        Assert.All(StoreRecords.Make([0, 49, 999_999, 10_000_000], version: 12), record => Assert.Equal(StoreRecords.Characters, record.Text.Length));
        Assert.NotEqual(StoreRecords.Make(1).Text, StoreRecords.Make(1, version: 1).Text);
    }
}
