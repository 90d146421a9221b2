using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Storage;

public sealed class TableTests : IDisposable
{
    private static readonly RecordModel Model = RecordModelBuilder.Build(typeof(int), typeof(Product), definition: null, storeGenerator: null);

    private readonly Table _table = new(Model, new KeywordIndex(new KeywordIndexOptions()));

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Read_BeforeABatch_KeepsSeeingWhatWas()
    {
        Upsert(1, "old");
        Upsert(2, "old");
        TableSnapshot before = _table.Read();

        Upsert(1, "new");
        _ = _table.DeleteAsync([2]);
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
            _ = _table.DeleteAsync([i % 10, i % 7]);
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
        await records.UpsertAsync(new Keyed<OddKey> { Id = new(2) });
        Assert.Equal([1, 2], await records.GetAsync(record => true, 9).Select(record => record.Id.Number).ToListAsync());
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UpsertAsync_KeyThatFailsToCompare_ChangesNothing(bool failsOn)
    {
        int failures = 0;
        for (bool fails = true; fails; failures++)
        {
            Comparisons comparisons = new();
            var records = await Stores.CollectionAsync<SharedHashKey, Named>();
            await UpsertAsync(records, comparisons, "old", 1, 2);

            comparisons.FailAfter(failures, failsOn);
            fails = await Record.ExceptionAsync(() => UpsertAsync(records, comparisons, "lost", 3, 1, 3, 2, 4)) is ArithmeticException;
            comparisons.Succeed();
            if (!fails)
            {
                break;
            }

            Assert.Equal(["1 old", "2 old"], await AllAsync(records));
            Assert.Equal("old,old,,", await NamesAsync(records, comparisons, 1, 2, 3, 4));
            await UpsertAsync(records, comparisons, "new", 2, 3);
            Assert.Equal(["1 old", "2 new", "3 new"], await AllAsync(records));
            Assert.Equal("old,new,new,", await NamesAsync(records, comparisons, 1, 2, 3, 4));
            await records.DeleteAsync([new SharedHashKey(1, comparisons), new SharedHashKey(3, comparisons)]);
            Assert.Equal(["2 new"], await AllAsync(records));
        }

        Assert.InRange(failures, 5, 100);
    }

    private static Task UpsertAsync(VectorStoreCollection<SharedHashKey, Named> records, Comparisons comparisons, string name, params int[] numbers) =>
        records.UpsertAsync(numbers.Select(number => new Named { Id = new SharedHashKey(number, comparisons), Name = name }));

    private static ValueTask<List<string>> AllAsync(VectorStoreCollection<SharedHashKey, Named> records) =>
        records.GetAsync(record => true, 9).Select(record => $"{record.Id.Number} {record.Name}").ToListAsync();

    private static async Task<string> NamesAsync(VectorStoreCollection<SharedHashKey, Named> records, Comparisons comparisons, params int[] numbers) =>
        string.Join(',', await Task.WhenAll(numbers.Select(async number => (await records.GetAsync(new SharedHashKey(number, comparisons)))?.Name)));

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

        _ = _table.UpsertAsync(rows);
    }

    /// <summary>A key that has no hash code where it is negative.</summary>
    private readonly record struct OddKey(int Number)
    {
        public override int GetHashCode() => Number < 0 ? throw new ArithmeticException() : Number;
    }

    /// <summary>A key whose hash code all have, so that each look-up compares.</summary>
    private readonly struct SharedHashKey(int number, Comparisons comparisons) : IEquatable<SharedHashKey>
    {
        public int Number => number;

        public bool Equals(SharedHashKey other)
        {
            comparisons.Count();
            return number == other.Number;
        }

        public override bool Equals(object? obj) => obj is SharedHashKey other && Equals(other);

        public override int GetHashCode() => 7;
    }

    /// <summary>What makes comparisons of keys fail on demand: one of them, or all that follow.</summary>
    private sealed class Comparisons
    {
        private int _left = int.MaxValue;
        private bool _failsOn;

        public void FailAfter(int comparisons, bool failsOn) => (_left, _failsOn) = (comparisons, failsOn);

        public void Succeed() => _left = int.MaxValue;

        public void Count()
        {
            int left = _left--;
            if (left == 0 || (left < 0 && _failsOn))
            {
                throw new ArithmeticException();
            }
        }
    }

    private sealed class Named
    {
        [VectorStoreKey]
        public SharedHashKey Id { get; set; }

        [VectorStoreData(IsIndexed = true)]
        public string? Name { get; set; }
    }
}
