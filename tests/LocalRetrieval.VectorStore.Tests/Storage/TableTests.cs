using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;
using LocalRetrieval.VectorData.Tests.Testing;

namespace LocalRetrieval.VectorData.Tests.Storage;

public sealed class TableTests
{
    private static readonly RecordModel Model = RecordModelBuilder.Build(typeof(int), typeof(Product), definition: null, storeGenerator: null);

    private readonly Table _table = new(Model, new KeywordIndex(new KeywordIndexOptions()));

    [Fact]
    public void Read_BeforeABatch_KeepsSeeingWhatWas()
    {
        Upsert(1, "old");
        Upsert(2, "old");
        TableSnapshot before = _table.Read();

        Upsert(1, "new");
        _table.Delete([2]);
        Upsert(3, "new");

        Assert.Equal(("old", "old", null), (Name(before, 1), Name(before, 2), Name(before, 3)));
        Assert.Equal(("new", null, "new"), (Name(_table.Read(), 1), Name(_table.Read(), 2), Name(_table.Read(), 3)));
    }

    [Fact]
    public void Upsert_OneKeyOverAndOver_KeepsFewRowsAndOldReaders()
    {
        Upsert(1, "first");
        TableSnapshot first = _table.Read();

        for (int i = 0; i < 20_000; i++)
        {
            Upsert(1, "later");
        }

        Assert.InRange(_table.Read().Count, 1, 2 * 1024 + 2);
        Assert.Equal("first", Name(first, 1));
        Assert.Equal("later", Name(_table.Read(), 1));
    }

    [Fact]
    public void Delete_AndUpsertAgain_IsThereOnce()
    {
        for (int i = 0; i < 5000; i++)
        {
            Upsert(i % 10, "x");
            _table.Delete([i % 10, i % 7]);
        }

        TableSnapshot snapshot = _table.Read();
        int visible = Enumerable.Range(0, snapshot.Count).Count(index => snapshot.GetVisible(index) is not null);
        Assert.Equal(Enumerable.Range(0, 10).Count(key => snapshot.Find(key) is not null), visible);
    }

    [Fact]
    public void GetVectors_AfterCompaction_AreThoseOfTheirRows()
    {
        for (int round = 0; round < 4; round++)
        {
            for (int key = 0; key < 1500; key++)
            {
                Upsert(key, "x", vector: [key, round]);
            }
        }

        TableSnapshot snapshot = _table.Read();
        Assert.All(Enumerable.Range(0, 1500), key => Assert.Equal([key, 3], snapshot.GetVectors(0).Get(snapshot.Find(key)!.Index)));
    }

    [Fact]
    public async Task UpsertAsync_FailsHalfWayInTheTable_ChangesNothing()
    {
        var records = await Stores.CollectionAsync<OddKey, Keyed<OddKey>>();
        await records.UpsertAsync([new Keyed<OddKey> { Id = new(1) }, new Keyed<OddKey> { Id = new(2) }]);

        await Assert.ThrowsAsync<ArithmeticException>(() => records.UpsertAsync(
            [new Keyed<OddKey> { Id = new(1) }, new Keyed<OddKey> { Id = new(3) }, new Keyed<OddKey> { Id = new(1) }, new Keyed<OddKey> { Id = new(-1) }]));

        Assert.Equal([1, 2], await records.GetAsync(record => true, 9).Select(record => record.Id.Number).ToListAsync());
        Assert.NotNull(await records.GetAsync(new OddKey(1)));
        Assert.Null(await records.GetAsync(new OddKey(3)));
        await records.UpsertAsync([new Keyed<OddKey> { Id = new(1) }, new Keyed<OddKey> { Id = new(3) }]);
        Assert.Equal([2, 1, 3], await records.GetAsync(record => true, 9).Select(record => record.Id.Number).ToListAsync());
    }

    [Fact]
    public async Task DeleteAsync_FailsHalfWay_DeletesNothing()
    {
        var records = await Stores.CollectionAsync<OddKey, Keyed<OddKey>>();
        await records.UpsertAsync([new Keyed<OddKey> { Id = new(1) }, new Keyed<OddKey> { Id = new(2) }]);

        await Assert.ThrowsAsync<ArithmeticException>(() => records.DeleteAsync([new OddKey(1), new OddKey(-1)]));

        await records.UpsertAsync(new Keyed<OddKey> { Id = new(3) });
        Assert.Equal([1, 2, 3], await records.GetAsync(record => true, 9).Select(record => record.Id.Number).ToListAsync());
    }

    private static string? Name(TableSnapshot snapshot, int key) => (string?)snapshot.Find(key)?.Values[Model.Find(nameof(Product.Name))!.Slot];

    private void Upsert(int key, string name, float[]? vector = null)
    {
        using PendingRows rows = new(Model);
        object?[] values = new object?[Model.Properties.Length];
        values[0] = key;
        values[Model.Find(nameof(Product.Name))!.Slot] = name;
        values[Model.Vectors[0].Slot] = vector is null ? null : VectorFormat.Present;
        int row = rows.Add(values);
        if (vector is not null)
        {
            rows.SetVector(row, Model.Vectors[0], vector);
        }

        _table.Upsert(rows);
    }

    /// <summary>A key that has no hash code where it is negative.</summary>
    private readonly record struct OddKey(int Number)
    {
        public override int GetHashCode() => Number < 0 ? throw new ArithmeticException() : Number;
    }
}
