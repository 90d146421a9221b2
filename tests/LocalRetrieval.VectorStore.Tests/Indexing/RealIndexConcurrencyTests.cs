using LocalRetrieval.VectorData.Tests.Indexing.Graphs;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Indexing;

/// <summary>The indexes that a definition asks for, searched beside writers, deletions, compaction in memory and of the files: a reader sees its batches whole, by the scores of what it sees, and as many as are asked for.</summary>
public sealed class RealIndexConcurrencyTests
{
    private const int Dimensions = 16;
    private const int KeysOfWriter = 900;
    private const int Searches = 150;
    private const int Rounds = 12;

    private readonly float[][] _vectors = GraphVectors.Clustered(new Random(3), 2 * KeysOfWriter, Dimensions);
    private readonly int[] _written = new int[2];

    [Theory]
    [InlineData(IndexKind.Hnsw, VectorQuantization.None, false)]
    [InlineData(IndexKind.Hnsw, VectorQuantization.Int8, true)]
    [InlineData(IndexKind.QuantizedFlat, VectorQuantization.Int8, false)]
    [InlineData(IndexKind.QuantizedFlat, VectorQuantization.Binary, true)]
    public async Task Search_BesideWritersAndCompaction_SeesWholeBatchesByTheirScores(string kind, VectorQuantization quantization, bool isOnDisk)
    {
        using StoreFolder folder = new();
        using LocalVectorStore store = isOnDisk ? RealIndexes.Store(folder.Path, leastRows: 1000) : RealIndexes.Store();
        VectorStoreVectorProperty vector = new(nameof(Place.Vector), typeof(float[]), Dimensions) { IndexKind = kind };
        var places = store.GetCollection<int, Place>("places", new() { Properties = [vector.WithVectorIndex(new() { Quantization = quantization })] });
        await places.EnsureCollectionExistsAsync();
        await Task.WhenAll(WriteAsync(places, 0, 1), WriteAsync(places, 1, 1));
        await places.WhenIndexedAsync();

        await Concurrently.RunAsync(
            [stop => ReadAsync(places, 0, stop), stop => ReadAsync(places, 1, stop)],
            stop => WriteOnAsync(places, 0, stop),
            stop => WriteOnAsync(places, 1, stop));

        await store.FindTable("places")!.WhenCompactedAsync();
        await places.WhenIndexedAsync();
        Assert.Equal(0, Assert.Single((await store.GetStatisticsAsync("places")).VectorIndexes).RowsBehind);
        Assert.InRange((await places.MeasureRecallAsync(_vectors.Take(40).Select(query => Moved(query, 50)))).Recall, .9, 1);
    }

    private static float[] Moved(float[] vector, int number) => [.. vector.Select((value, i) => value + (0.01f * ((number + i) % 5)))];

    private Task WriteAsync(VectorStoreCollection<int, Place> places, int writer, int number) =>
        places.UpsertAsync(Enumerable.Range(writer * KeysOfWriter, KeysOfWriter).Select(key => new Place { Id = key, Writer = writer, Group = key % 50, Number = number, Vector = Moved(_vectors[key], number) }), CancellationToken.None);

    /// <summary>Writes all of a writer's keys with one number, higher each time; each third time a third of them goes before.</summary>
    private async Task WriteOnAsync(VectorStoreCollection<int, Place> places, int writer, CancellationToken stop)
    {
        for (int number = 2; !stop.IsCancellationRequested; number++)
        {
            if (number % 3 == 0)
            {
                await places.DeleteAsync(Enumerable.Range(writer * KeysOfWriter, KeysOfWriter).Where(key => key % 3 == 0), CancellationToken.None);
            }

            await WriteAsync(places, writer, number);
            Volatile.Write(ref _written[writer], number);
        }
    }

    private async Task ReadAsync(LocalVectorStoreCollection<int, Place> places, int reader, CancellationToken stop)
    {
        Random random = new(reader);
        for (int search = 0; (search < Searches || Volatile.Read(ref _written[0]) < Rounds || Volatile.Read(ref _written[1]) < Rounds) && !stop.IsCancellationRequested; search++)
        {
            float[] query = Moved(_vectors[random.Next(_vectors.Length)], random.Next(20));
            int writer = random.Next(2);
            int group = random.Next(50);
            await CheckAsync(places, query, 10, new());
            await CheckAsync(places, query, 10, new() { Filter = place => place.Writer == writer });
            await CheckAsync(places, query, 5, new() { Filter = place => place.Group == group });
            await CheckAsync(places, query, 5, new() { Filter = place => place.Group % 10 == group % 10, Skip = 3 });
        }
    }

    private async Task CheckAsync(LocalVectorStoreCollection<int, Place> places, float[] query, int top, VectorSearchOptions<Place> options)
    {
        options.IncludeVectors = true;
        List<VectorSearchResult<Place>> found = await places.SearchAsync(query, top, options, CancellationToken.None).ToListAsync(CancellationToken.None);
        Assert.Equal(top, found.Count);
        Assert.Equal(top, found.DistinctBy(result => result.Record.Id).Count());
        Assert.All(found.GroupBy(result => result.Record.Writer), ofWriter => Assert.Single(ofWriter.Select(result => result.Record.Number).Distinct()));
        Assert.All(found, result =>
        {
            Assert.Equal(Moved(_vectors[result.Record.Id], result.Record.Number), result.Record.Vector);
            Assert.Equal(Cosine(query, result.Record.Vector!), result.Score!.Value, 1e-5);
            Assert.True(options.Filter is null || options.Filter.Compile()(result.Record));
        });
        Assert.Equal(found.Select(result => result.Score).OrderDescending(), found.Select(result => result.Score));
    }

    private static double Cosine(float[] x, float[] y) => x.Zip(y, (a, b) => (double)a * b).Sum() / Math.Sqrt(x.Sum(a => (double)a * a) * y.Sum(b => (double)b * b));

    /// <summary>A record that says which batch wrote it.</summary>
    public sealed class Place
    {
        [VectorStoreKey]
        public int Id { get; set; }

        [VectorStoreData(IsIndexed = true)]
        public int Writer { get; set; }

        [VectorStoreData(IsIndexed = true)]
        public int Group { get; set; }

        [VectorStoreData]
        public int Number { get; set; }

        [VectorStoreVector(Dimensions)]
        public float[]? Vector { get; set; }
    }
}
