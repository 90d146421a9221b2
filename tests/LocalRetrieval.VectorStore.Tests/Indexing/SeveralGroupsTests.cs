using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Tests.Indexing.Graphs;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Indexing;

/// <summary>Indexes that are behind the rows of a snapshot of several groups: they are made of parts of what stands there.</summary>
public sealed class SeveralGroupsTests : IDisposable
{
    // A group of a snapshot has 4,096 rows of so many dimensions, and a block in memory 1,024.
    private const int Dimensions = 256;
    private const int Records = 5000;

    private readonly StoreFolder _folder = new();
    private readonly float[][] _vectors = Make();

    public static TheoryData<string, VectorQuantization> Kinds => new()
    {
        { IndexKind.QuantizedFlat, VectorQuantization.Int8 },
        { IndexKind.QuantizedFlat, VectorQuantization.Binary },
        { IndexKind.Hnsw, VectorQuantization.None },
        { IndexKind.Hnsw, VectorQuantization.Int8 },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Open_WithoutTheFileOfTheIndex_MakesItAnew(string kind, VectorQuantization quantization)
    {
        using (LocalVectorStore store = RealIndexes.Store(_folder.Path))
        {
            var written = Collection(store, kind, quantization);
            await FillAsync(written);
            await written.CompactAsync();
            await written.WhenIndexedAsync();
        }

        File.Delete(Assert.Single(Directory.GetFiles(_folder.Path, "*.index")));
        using LocalVectorStore again = RealIndexes.Store(_folder.Path);
        var wides = Collection(again, kind, quantization);
        await wides.WhenIndexedAsync();

        await AssertIsIndexedAsync(again, wides, kind);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task CompactAsync_WhileTheIndexIsBehind_GoesOnWithIt(string kind, VectorQuantization quantization)
    {
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim released = new();
        int made = 0;
        using LocalVectorStore store = RealIndexes.Store(_folder.Path, make: (property, kind) => Interlocked.Increment(ref made) == 1
            ? new HeldIndex(VectorIndexFactory.Create(property, kind)!, held, released)
            : VectorIndexFactory.Create(property, kind));
        var wides = Collection(store, kind, quantization);
        await FillAsync(wides);
        await held.Task;

        await wides.CompactAsync();
        released.Set();
        await wides.WhenIndexedAsync();

        await AssertIsIndexedAsync(store, wides, kind);
    }

    // Some are zeros, which no graph leads to.
    private static float[][] Make()
    {
        float[][] vectors = GraphVectors.Clustered(new Random(2), Records + 20, Dimensions);
        for (int row = 100; row < Records; row += 900)
        {
            vectors[row] = new float[Dimensions];
        }

        return vectors;
    }

    private static LocalVectorStoreCollection<int, Wide> Collection(LocalVectorStore store, string kind, VectorQuantization quantization)
    {
        VectorStoreVectorProperty vector = new(nameof(Wide.Vector), typeof(float[]), Dimensions) { IndexKind = kind };
        return store.GetCollection<int, Wide>("wides", new() { Properties = [vector.WithVectorIndex(new() { Quantization = quantization, MaxBuildThreads = 1, EfConstruction = 64 })] });
    }

    private async Task FillAsync(LocalVectorStoreCollection<int, Wide> wides)
    {
        await wides.EnsureCollectionExistsAsync();
        await wides.UpsertAsync(Enumerable.Range(0, Records).Select(id => new Wide { Id = id, Vector = _vectors[id] }));
    }

    private async Task AssertIsIndexedAsync(LocalVectorStore store, LocalVectorStoreCollection<int, Wide> wides, string kind)
    {
        VectorIndexStatistics statistics = Assert.Single((await store.GetStatisticsAsync("wides")).VectorIndexes);
        Assert.Equal((kind, null, Records, 0), (statistics.KindInUse, statistics.Reason, statistics.Rows, statistics.RowsBehind));
        Assert.InRange((await wides.MeasureRecallAsync(_vectors[Records..])).Recall, .9, 1);

        // The numbers that are chosen are those of a whole collection: the bounds are what is chosen where rows are compared with others than are there.
        (double chosen, double least, double most) = kind == IndexKind.Hnsw ? (statistics.EfSearch!.Value, 16.0, 768.0) : (statistics.Oversampling!.Value, 1.0, 39.0);
        Assert.InRange(chosen, least, most);
        List<int> found = await wides.SearchAsync(_vectors[Records], 900).Select(result => result.Record.Id).ToListAsync();
        Assert.Equal(900, found.Distinct().Count());
    }

    /// <summary>A record with a long vector.</summary>
    public sealed class Wide
    {
        [VectorStoreKey]
        public int Id { get; set; }

        [VectorStoreVector(Dimensions)]
        public float[]? Vector { get; set; }
    }
}
