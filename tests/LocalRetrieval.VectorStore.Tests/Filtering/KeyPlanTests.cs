using System.Linq.Expressions;
using LocalRetrieval.VectorData.Filtering;
using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;
using LocalRetrieval.VectorData.Tests.Testing;

namespace LocalRetrieval.VectorData.Tests.Filtering;

/// <summary>A filter by key on a snapshot that later batches went past: the key table, which they share, knows the last rows only.</summary>
public sealed class KeyPlanTests : IDisposable
{
    private static readonly RecordModel Model = RecordModelBuilder.Build(typeof(int), typeof(Product), definition: null, storeGenerator: null);

    private readonly Table _table = new(Model, new KeywordIndex(new KeywordIndexOptions()));

    public void Dispose() => _table.Dispose();

    // Of a table of a few rows, all are looked at.
    public KeyPlanTests() => Upsert("other", [.. Enumerable.Range(100, 20)]);

    [Fact]
    public void FindCandidates_KeysWrittenAgain_AreTheRowsOfTheSnapshot()
    {
        Upsert("old", 1, 2, 3);
        TableSnapshot old = _table.Read();

        Upsert("new", 2, 3, 4);
        TableSnapshot middle = _table.Read();
        Upsert("newest", 2, 2, 4);

        Assert.Equal(["1 old", "2 old", "3 old"], Find(old));
        Assert.Equal(["1 old", "2 new", "3 new", "4 new"], Find(middle));
        Assert.Equal(["1 old", "3 new", "2 newest", "4 newest"], Find(_table.Read()));
    }

    [Fact]
    public void FindCandidates_KeysDeletedLater_AreTheRowsOfTheSnapshot()
    {
        Upsert("old", 1, 2, 3);
        TableSnapshot old = _table.Read();

        _ = _table.DeleteAsync([1, 2]);
        TableSnapshot deleted = _table.Read();
        Upsert("new", 2);

        Assert.Equal(["1 old", "2 old", "3 old"], Find(old));
        Assert.Equal(["3 old"], Find(deleted));
        Assert.Equal(["3 old", "2 new"], Find(_table.Read()));
    }

    [Fact]
    public void FindCandidates_TableCompactedLater_AreTheRowsOfTheSnapshot()
    {
        Upsert("old", 1, 2, 3);
        _ = _table.DeleteAsync([3]);
        TableSnapshot old = _table.Read();

        Upsert("new", [.. Enumerable.Repeat(2, 3000), 4]);

        Assert.NotSame(old.State, _table.Read().State);
        Assert.Equal(["1 old", "2 old"], Find(old));
        Assert.Equal(["1 old", "2 new", "4 new"], Find(_table.Read()));
    }

    /// <summary>Finds keys 1 to 4 in three ways, which agree; every candidate is a row that the snapshot shows.</summary>
    private static List<string> Find(TableSnapshot snapshot)
    {
        int[] keys = [4, 3, 2, 1];
        List<string> found = Candidates(snapshot, product => keys.Contains(product.Id));

        Assert.Equal(found, Candidates(snapshot, product => product.Id == 1 || product.Id == 2 || product.Id == 3 || 4 == product.Id));
        Assert.Equal(found.Order(StringComparer.Ordinal), Enumerable.Range(1, 4).SelectMany(key => Candidates(snapshot, product => product.Id == key)).Order(StringComparer.Ordinal));
        return found;
    }

    private static List<string> Candidates(TableSnapshot snapshot, Expression<Func<Product, bool>> filter) =>
    [
        .. Assert.IsType<int[]>(new FilterCache().Prepare(filter, Model).FindCandidates(snapshot))
            .Select(index => Assert.IsAssignableFrom<Row>(snapshot.GetVisible(index)))
            .Select(row => $"{row.Key} {row.Values[Model.Find(nameof(Product.Name))!.Slot]}"),
    ];

    private void Upsert(string name, params int[] keys)
    {
        using PendingRows rows = new(Model);
        foreach (int key in keys)
        {
            object?[] values = new object?[Model.Properties.Length];
            values[0] = key;
            values[Model.Find(nameof(Product.Name))!.Slot] = name;
            rows.Add(values);
        }

        _ = _table.UpsertAsync(rows);
    }
}
