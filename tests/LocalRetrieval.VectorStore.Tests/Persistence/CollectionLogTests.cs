using LocalRetrieval.VectorData.Collections;
using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;
using LocalRetrieval.VectorData.Tests.Testing;

namespace LocalRetrieval.VectorData.Tests.Persistence;

public sealed class CollectionLogTests
{
    private static readonly RecordModel Model = RecordModelBuilder.Build(typeof(int), typeof(MultiNote), definition: null, storeGenerator: null);

    [Fact]
    public async Task Prepare_BatchThatIsTooLarge_IsRefusedBeforeItTakesMemory()
    {
        using StoreFolder folder = new();
        using Table table = new(Model, new KeywordIndex(new KeywordIndexOptions()));
        LogWriter writer = LogWriter.Begin(new DiskFolder(folder.Path).Create("docs.log"), "docs.log");
        table.WriteTo(new CollectionLog(writer, new RowCodec(Model), Durability.None, mostBytes: 2000));
        using UpsertBatch<MultiNote> large = Batch(count: 200);
        using UpsertBatch<MultiNote> small = Batch(count: 3);

        var refusal = await Assert.ThrowsAsync<IOException>(async () => await table.UpsertAsync(large.Rows));

        Assert.Equal("The batch takes more than 2,000 bytes, which is the most that one may take that is written to disk. Write it in parts.", refusal.Message);
        Assert.Equal((0, 0, 0), (table.Read().State.Count, table.Read().State.TokenBytes, table.LogRows));
        await table.UpsertAsync(small.Rows);
        Assert.Equal((3, 3), (table.Read().Count, table.LogRows));
        Assert.Equal(table.LogBytes, writer.Length);
    }

    private static UpsertBatch<MultiNote> Batch(int count)
    {
        UpsertBatch<MultiNote> batch = new(Model, new ClassMapper<MultiNote>(RecordModelBuilder.MembersOf(Model)));
        for (int id = 0; id < count; id++)
        {
            batch.Add(new MultiNote { Id = id, Tokens = TokenVectors.Exact(new Random(id)) });
        }

        return batch;
    }
}
