using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Snapshots;
using LocalRetrieval.VectorData.Storage;
using LocalRetrieval.VectorData.Tests.Search;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Storage;

public sealed class VectorBlocksTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_RandomVectors_HaveTheCosineOfWhatIsStored(bool isHalf)
    {
        const int Dimensions = 5;
        Random random = new(8);
        VectorBlocks vectors = new(Dimensions, isHalf);
        vectors.EnsureCapacity(200);
        for (int row = 0; row < 200; row++)
        {
            // Some are so short that little is left of them in Half.
            float length = row % 2 == 0 ? 1 : 2e-7f;
            vectors.Set(row, [.. Enumerable.Range(0, Dimensions).Select(_ => length * (random.NextSingle() - 0.4f))]);
        }

        float[] query = [.. Enumerable.Range(0, Dimensions).Select(_ => random.NextSingle())];
        RowScore[] found = new ExactSearch(VectorMeasure.Find(DistanceFunction.CosineSimilarity)!, Dimensions)
            .Search(vectors.Read(200), query, new() { Top = 200 })[0];

        Assert.Equal(200, found.Length);
        Assert.All(found, row =>
        {
            float[] stored = vectors.Get(row.Row);
            double expected = stored.All(value => value == 0) ? 0 : NaiveDistance.Score(DistanceFunction.CosineSimilarity, query, stored);
            Assert.Equal(expected, row.Score, 1e-6);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Copy_RowsOfSeveralBlocks_KeepsVectorsAndScales(bool isHalf)
    {
        const int Count = 10_000;
        VectorBlocks source = new(3, isHalf);
        VectorBlocks target = new(3, isHalf);
        source.EnsureCapacity(Count);
        target.EnsureCapacity(Count);
        for (int row = 0; row < Count; row++)
        {
            source.Set(row, [row % 1000, 0.1f, -row % 7]);
            target.Copy(Count - 1 - row, source, row);
        }

        RowScore[] expected = Nearest(source);
        RowScore[] found = Nearest(target);

        Assert.All(Enumerable.Range(0, Count), row => Assert.Equal(source.Get(row), target.Get(Count - 1 - row)));
        Assert.Equal(expected.Select(row => row.Score), found.Select(row => row.Score));

        static RowScore[] Nearest(VectorBlocks vectors) =>
            new ExactSearch(VectorMeasure.Find(null)!, 3).Search(vectors.Read(Count), new float[] { 1, 2, 3 }, new() { Top = Count })[0];
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 20)]
    [InlineData(false, 1)]
    [InlineData(false, 20)]
    [InlineData(false, 150)]
    public void EnsureCapacity_StepByStep_HoldsWhatOneAllocationHolds(bool isHalf, int step)
    {
        const int Dimensions = 4096;
        const int Count = 150;
        VectorBlocks grown = new(Dimensions, isHalf);
        VectorBlocks whole = new(Dimensions, isHalf);
        Assert.InRange(Count, (2 * grown.RowsPerBlock) + 1, int.MaxValue);
        whole.EnsureCapacity(Count);
        Random random = new(3);
        for (int row = 0; row < Count; row++)
        {
            if (row % step == 0)
            {
                grown.EnsureCapacity(Math.Min(Count, row + step));
            }

            // A row without a vector is zeros.
            if (row % 5 != 4)
            {
                float[] vector = RandomVector(random, Dimensions);
                grown.Set(row, vector);
                whole.Set(row, vector);
            }

            AssertSame(whole.Read(row + 1), grown.Read(row + 1));
        }

        Assert.All(Enumerable.Range(0, Count), row => Assert.Equal(whole.Get(row), grown.Get(row)));
    }

    [Theory]
    [InlineData(true, 17)]
    [InlineData(false, 17)]
    [InlineData(true, 10_000)]
    [InlineData(false, 10_000)]
    public void EnsureCapacity_WhileReadersHaveTheSmallerBlock_LeavesItToThem(bool isHalf, int rows)
    {
        Random random = new(4);
        VectorBlocks vectors = new(3, isHalf);
        VectorBlocks twin = new(3, isHalf);
        twin.EnsureCapacity(rows);
        vectors.EnsureCapacity(16);
        for (int row = 0; row < 16; row++)
        {
            vectors.Set(row, RandomVector(random, 3));
            twin.Copy(row, vectors, row);
        }

        RowBlock[] ofReader = vectors.Read(16);
        vectors.EnsureCapacity(rows);
        for (int row = 16; row < rows; row++)
        {
            vectors.Set(row, RandomVector(random, 3));
        }

        AssertSame(twin.Read(16), ofReader);
        AssertSame(twin.Read(16), vectors.Read(16));
    }

    // Groups of a snapshot of 5, 64 and 31 rows, and blocks of 64 in memory behind them.
    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(false, 5)]
    [InlineData(false, 6)]
    [InlineData(false, 69)]
    [InlineData(false, 80)]
    [InlineData(false, 99)]
    [InlineData(false, 100)]
    [InlineData(false, 101)]
    [InlineData(false, 164)]
    [InlineData(false, 165)]
    [InlineData(false, 200)]
    [InlineData(true, 0)]
    [InlineData(true, 3)]
    [InlineData(true, 69)]
    [InlineData(true, 99)]
    [InlineData(true, 130)]
    public void Read_StoredRowsAndRowsInMemory_AreThoseThatAreAskedForAndNoOthers(bool isHalf, int rows)
    {
        const int Dimensions = 4096;
        const int Count = 200;
        VectorBlocks whole = new(Dimensions, isHalf);
        whole.EnsureCapacity(Count);
        Random random = new(5);
        for (int row = 0; row < Count; row++)
        {
            whole.Set(row, RandomVector(random, Dimensions));
        }

        VectorBlocks vectors = new(Dimensions, isHalf, StoredFrom(whole, isHalf, Dimensions, 0, 5, 69, 100), first: 100);
        Assert.Equal(64, vectors.RowsPerBlock);
        vectors.EnsureCapacity(Count);
        for (int row = 100; row < Count; row++)
        {
            vectors.Copy(row, whole, row);
        }

        RowBlock[] read = vectors.Read(rows);

        int next = 0;
        foreach (RowBlock block in read)
        {
            Assert.Equal(next, block.FirstRow);
            Assert.InRange(block.Count, 1, rows - next);
            Assert.Equal(block.Count, block.Scales.Length);
            for (int i = 0; i < block.Count; i++)
            {
                float[] found = isHalf ? [.. block.Halves.Slice(i * Dimensions, Dimensions).ToArray().Select(value => (float)value)] : block.Floats.Slice(i * Dimensions, Dimensions).ToArray();
                Assert.Equal(whole.Get(next + i), found);
            }

            next += block.Count;
        }

        Assert.Equal(rows, next);
    }

    [Fact]
    public void EnsureCapacity_TenRowsInEachOfThousandCollections_TakesLittleMemory()
    {
        const int Collections = 1000;
        using LocalVectorStore store = new();
        Wide[] records = [.. Enumerable.Range(0, 10).Select(id => new Wide { Id = id, Vector = RandomVector(new Random(id), 384) })];

        // What this thread allocates bounds what stays, and no test beside this one adds to it.
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Collections; i++)
        {
            var collection = store.GetCollection<int, Wide>($"collection {i}");
            Assert.True(collection.EnsureCollectionExistsAsync().IsCompletedSuccessfully);
            Assert.True(collection.UpsertAsync(records).IsCompletedSuccessfully);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Collections, 10 * 384 * sizeof(float), 100_000);
    }

    private static float[] RandomVector(Random random, int dimensions) => [.. Enumerable.Range(0, dimensions).Select(_ => random.NextSingle() - 0.4f)];

    /// <summary>The vectors of a snapshot whose groups begin at some rows, the last of which is the end.</summary>
    private static StoredVectors StoredFrom(VectorBlocks vectors, bool isHalf, int dimensions, params int[] rows)
    {
        VectorStoreVectorProperty vector = new("Vector", isHalf ? typeof(ReadOnlyMemory<Half>) : typeof(ReadOnlyMemory<float>), dimensions);
        VectorProperty property = Assert.Single(RecordModelBuilder.BuildDynamic(new() { Properties = [new VectorStoreKeyProperty("Id", typeof(string)), vector] }, null).Vectors);
        RowBlock[] groups = new RowBlock[rows.Length - 1];
        for (int i = 0; i < groups.Length; i++)
        {
            float[] values = [.. Enumerable.Range(rows[i], rows[i + 1] - rows[i]).SelectMany(vectors.Get)];
            float[] scales = new float[rows[i + 1] - rows[i]];
            groups[i] = isHalf
                ? RowBlock.Of(rows[i], Array.ConvertAll(values, value => (Half)value), dimensions, scales)
                : RowBlock.Of(rows[i], values, dimensions, scales);
        }

        return new StoredVectors(property, groups, rows[..^1]);
    }

    private static void AssertSame(RowBlock[] expected, RowBlock[] found)
    {
        Assert.Equal(expected.Select(block => (block.FirstRow, block.Count)), found.Select(block => (block.FirstRow, block.Count)));
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(expected[i].Floats.Span.SequenceEqual(found[i].Floats.Span));
            Assert.True(expected[i].Halves.Span.SequenceEqual(found[i].Halves.Span));
            Assert.True(expected[i].Scales.Span.SequenceEqual(found[i].Scales.Span));
        }
    }

    private sealed class Wide
    {
        [VectorStoreKey]
        public int Id { get; set; }

        [VectorStoreVector(384)]
        public ReadOnlyMemory<float> Vector { get; set; }
    }
}
