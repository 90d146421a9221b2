using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Persistence;

/// <summary>How large a collection is, and what it takes.</summary>
public sealed class StatisticsTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GetStatisticsAsync_InMemory_CountsRecordsAndVectors()
    {
        using LocalVectorStore store = new();
        var notes = await Stores.CollectionAsync<string, Note>(store);
        await notes.UpsertAsync([Note("a"), Note("b"), Note("c")]);
        await notes.UpsertAsync(Note("a"));
        await notes.DeleteAsync("b");

        CollectionStatistics statistics = await store.GetStatisticsAsync("docs");

        // A dense vector of three floats, and its length.
        Assert.Equal(new CollectionStatistics { IsLoaded = true, Records = 2, Generation = 3, DeadRecords = 2, VectorBytes = 4 * 16 }, statistics);
        Assert.StartsWith("2 records and 2 dead ones at generation 3, 64 bytes of vectors; ", statistics.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetStatisticsAsync_VectorsOfEachKind_CountsTheirBytes()
    {
        using LocalVectorStore store = new();
        var notes = await Stores.CollectionAsync<int, SparseNote>(store);
        await notes.UpsertAsync([new SparseNote { Id = 1, Weights = SparseVectors.Of((1, 1), (2, 1)), Title = SparseVectors.Of((3, 1)) }, new SparseNote { Id = 2 }]);

        // Three postings, and the places of two dense vectors of two floats.
        Assert.Equal((3 * 8) + (2 * 12), (await store.GetStatisticsAsync("docs")).VectorBytes);
    }

    [Fact]
    public async Task GetStatisticsAsync_SeveralVectorsARecord_CountsThemAndTheFirstPass()
    {
        using LocalVectorStore store = new();
        var notes = await Stores.CollectionAsync<int, MultiNote>(
            store, new() { Properties = [new VectorStoreVectorProperty("Tokens", MultiNote.Dimensions).WithMultiVectors(new() { FirstPass = MultiVectorFirstPass.Pooled })] });
        await notes.UpsertAsync([new MultiNote { Id = 1, Tokens = new(new float[3 * MultiNote.Dimensions], MultiNote.Dimensions) }, new MultiNote { Id = 2 }]);

        // Three vectors and the first pass's one, of 20 bytes filled up to 32 and a scale; and the places of two dense vectors of two floats.
        Assert.Equal((4 * 36) + (2 * 12), (await store.GetStatisticsAsync("docs")).VectorBytes);
    }

    [Fact]
    public async Task GetStatisticsAsync_OnDisk_MeasuresTheFiles()
    {
        using (LocalVectorStore store = _folder.Open())
        {
            var notes = await Stores.CollectionAsync<string, Note>(store);
            await notes.UpsertAsync([Note("a"), Note("b")]);
            await notes.UpsertAsync(Note("a"));
            CollectionStatistics written = await store.GetStatisticsAsync("docs");
            Assert.Equal((true, 2, 1, 3, false), (written.IsLoaded, written.Records, written.DeadRecords, written.LogRecords, written.IsCompacting));
            Assert.Equal(new FileInfo(_folder.Log).Length, written.LogBytes);
            Assert.Equal(new FileInfo(Path.Combine(_folder.Path, "docs.current")).Length, written.OtherBytes);
        }

        byte[] log = File.ReadAllBytes(_folder.Log);
        log[^(LogFormat.FrameHeaderLength + 5)] ^= 1;
        File.WriteAllBytes(_folder.Log, log);
        using LocalVectorStore again = _folder.Open();
        long aside = await again.RepairAsync("docs");
        CollectionStatistics statistics = await again.GetStatisticsAsync("docs");

        // It is not read for this.
        Assert.Equal((false, null, null, null, 0), (statistics.IsLoaded, statistics.Records, statistics.Generation, statistics.LogRecords, statistics.VectorBytes));
        Assert.Equal((log.Length - aside, aside), (statistics.LogBytes, statistics.AsideBytes));
        Assert.StartsWith("not in memory; on disk ", statistics.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await again.GetCollection<string, Note>("docs").GetAsync(_ => true, 10).CountAsync());
        Assert.Equal(2, (await again.GetStatisticsAsync("docs")).Records);
    }

    [Fact]
    public async Task GetStatisticsAsync_LogThatWasRewritten_HasNoDeadRecords()
    {
        using LocalVectorStore store = _folder.Open();
        var notes = await Stores.CollectionAsync<string, Note>(store);
        await notes.UpsertAsync(Enumerable.Range(0, 10_000).Select(row => Note($"{row % 5000}")));
        await store.FindTable("docs")!.WhenCompactedAsync();

        CollectionStatistics statistics = await store.GetStatisticsAsync("docs");

        Assert.Equal((5000, 0, 5000, 0, false), (statistics.Records, statistics.LogRecords, statistics.SnapshotRecords, statistics.DeadRecords, statistics.IsCompacting));
    }

    [Fact]
    public async Task GetStatisticsAsync_NoSuchCollection_Throws()
    {
        using LocalVectorStore store = _folder.Open();
        using LocalVectorStore memory = new();
        await Assert.ThrowsAsync<VectorStoreException>(() => store.GetStatisticsAsync("docs"));
        await Assert.ThrowsAsync<VectorStoreException>(() => memory.GetStatisticsAsync("docs"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.GetStatisticsAsync("docs", new CancellationToken(canceled: true)));
    }

    private static Note Note(string id) => new() { Id = id, Text = $"text of {id}", Vector = new float[] { 1, 0, 1 } };
}
