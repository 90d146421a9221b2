using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Collections;

public sealed class SparseVectorTests
{
    private static readonly VectorSearchOptions<SparseNote> ByWeights = new() { VectorProperty = note => note.Weights };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task SearchAsync_AfterRandomBatches_IsTheNaiveTwin(int seed)
    {
        Random random = new(seed);
        var notes = await Stores.CollectionAsync<int, SparseNote>();
        Dictionary<int, SparseNote> expected = [];
        for (int round = 0; round < 60; round++)
        {
            // Keys come again, in one batch too, so that rows die and the table is compacted.
            SparseNote[] batch = [.. Enumerable.Range(0, random.Next(120)).Select(_ => Make(random))];
            await notes.UpsertAsync(batch);
            Array.ForEach(batch, note => expected[note.Id] = note);
            int[] gone = [.. Enumerable.Range(0, random.Next(20)).Select(_ => random.Next(300))];
            await notes.DeleteAsync(gone);
            Array.ForEach(gone, id => expected.Remove(id));
            await AssertLikeTwinAsync(notes, expected, random);
        }

        static SparseNote Make(Random random) => new()
        {
            Id = random.Next(300),
            Number = random.Next(10),
            Weights = random.Next(8) == 0 ? null : SparseVectors.Random(random, 100),
            Title = random.Next(2) == 0 ? null : SparseVectors.Random(random, 100),
        };
    }

    [Fact]
    public async Task SearchAsync_ByEachVectorProperty_ComparesItsOwn()
    {
        var notes = await Stores.CollectionAsync<int, SparseNote>();
        await notes.UpsertAsync(
        [
            new SparseNote { Id = 1, Weights = SparseVectors.Of((3, 2), (7, 1)), Title = SparseVectors.Of((9, 1)), Dense = [1, 0] },
            new SparseNote { Id = 2, Weights = SparseVectors.Of((3, 1)), Dense = [0, 1] },
            new SparseNote { Id = 3, Weights = SparseVectors.Of() },
        ]);

        Assert.Equal([(1, 5), (2, 2)], await FoundAsync(notes.SearchAsync(SparseVectors.Of((3, 2), (7, 1)), 9, ByWeights)));
        Assert.Equal([(1, 4)], await FoundAsync(notes.SearchAsync(SparseVectors.Of((3, 1), (9, 4)), 9, new() { VectorProperty = note => note.Title })));
        Assert.Equal([(2, 1), (1, 0)], await FoundAsync(notes.SearchAsync(new float[] { 0, 1 }, 9, new() { VectorProperty = note => note.Dense })));
        Assert.Empty(await FoundAsync(notes.SearchAsync(SparseVectors.Of(), 9, ByWeights)));
        Assert.Empty(await FoundAsync(notes.SearchAsync(SparseVectors.Of((3, 0)), 9, ByWeights)));
    }

    [Fact]
    public async Task UpsertAsync_BadVectors_ThrowsNamingKeyAndPropertyAndChangesNothing()
    {
        var notes = await Stores.CollectionAsync<int, SparseNote>();

        foreach ((SparseEmbedding vector, string fault) in BadVectors())
        {
            var exception = await Assert.ThrowsAsync<ArgumentException>(() => notes.UpsertAsync([new SparseNote { Id = 1, Weights = SparseVectors.Of((3, 1)) }, new SparseNote { Id = 42, Weights = vector }]));
            Assert.Contains($"key '42' {fault}, and property 'Weights'", exception.Message, StringComparison.Ordinal);
            exception = await Assert.ThrowsAsync<ArgumentException>(() => FoundAsync(notes.SearchAsync(vector, 1, ByWeights)));
            Assert.Contains($"The search vector {fault}, and property 'Weights'", exception.Message, StringComparison.Ordinal);
        }

        Assert.Null(await notes.GetAsync(1));
        Assert.Empty(await FoundAsync(notes.SearchAsync(SparseVectors.Of((3, 1)), 9, ByWeights)));
    }

    [Fact]
    public async Task SearchAsync_VectorOfTheOtherKind_ThrowsNamingTheProperty()
    {
        var notes = await Stores.CollectionAsync<int, SparseNote>();

        var dense = await Assert.ThrowsAsync<ArgumentException>(() => FoundAsync(notes.SearchAsync(new float[100], 1, ByWeights)));
        var sparse = await Assert.ThrowsAsync<ArgumentException>(() => FoundAsync(notes.SearchAsync(SparseVectors.Of(), 1, new() { VectorProperty = note => note.Dense })));

        Assert.Contains("is dense, and property 'Weights' takes SparseEmbedding", dense.Message, StringComparison.Ordinal);
        Assert.Contains("is sparse, and property 'Dense' takes ReadOnlyMemory<float>", sparse.Message, StringComparison.Ordinal);
        var text = await Assert.ThrowsAsync<NotSupportedException>(() => FoundAsync(notes.SearchAsync("text", 1, ByWeights)));
        Assert.Contains("The supported vector types are: SparseEmbedding.", text.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpsertAsync_Vector_IsCopiedInAndOut()
    {
        var notes = await Stores.CollectionAsync<int, SparseNote>();
        int[] indices = [3, 7];
        float[] weights = [2, 1];
        SparseEmbedding given = new(indices, weights, 100) { ModelId = "model", AdditionalProperties = new() { ["a"] = 1 } };
        await notes.UpsertAsync(new SparseNote { Id = 1, Weights = given });
        (indices[0], weights[0], given.ModelId) = (4, 9, "other");

        for (int i = 0; i < 2; i++)
        {
            SparseEmbedding got = (await notes.GetAsync(1, new() { IncludeVectors = true }))!.Weights!;
            Assert.Equal([3, 7], got.Indices.ToArray());
            Assert.Equal([2, 1], got.Weights.ToArray());
            Assert.Equal((100, "model", 1), (got.Dimensions, got.ModelId, got.AdditionalProperties!["a"]));
            got.ModelId = "changed";
            got.AdditionalProperties["a"] = 2;
            System.Runtime.InteropServices.MemoryMarshal.AsMemory(got.Weights).Span.Clear();
        }

        Assert.Equal([(1, 2)], await FoundAsync(notes.SearchAsync(SparseVectors.Of((3, 1)), 1, ByWeights)));
        Assert.Null((await notes.GetAsync(1))!.Weights);
        Assert.Equal(1, (await notes.GetAsync(note => note.Weights != null && note.Weights.Indices.Length == 2 && note.Title == null, 9).SingleAsync()).Id);
    }

    [Fact]
    public async Task HybridSearchAsync_SparseVector_IsTheVectorStage()
    {
        using LocalVectorStore store = new(new() { HybridSearch = new() { Method = HybridFusionMethod.MinMax, KeywordWeight = 10 } });
        var notes = await Stores.CollectionAsync<int, SparseNote>(store);
        await notes.UpsertAsync(
        [
            new SparseNote { Id = 1, Text = "pear", Weights = SparseVectors.Of((3, 1)) },
            new SparseNote { Id = 2, Text = "plum", Weights = SparseVectors.Of((3, 5)) },
            new SparseNote { Id = 3, Text = "plum", Weights = SparseVectors.Of((3, 2)), Number = 1 },
            new SparseNote { Id = 4, Text = "fig", Weights = SparseVectors.Of((4, 2)) },
        ]);
        var hybrid = (IKeywordHybridSearchable<SparseNote>)notes;
        HybridSearchOptions<SparseNote> options = new() { VectorProperty = note => note.Weights };

        Assert.Equal([(2, 11), (3, 10.25), (1, 0)], await FoundAsync(hybrid.HybridSearchAsync(SparseVectors.Of((3, 1)), ["plum"], 9, options)));
        options.Filter = note => note.Number == 1;
        Assert.Equal([(3, 11)], await FoundAsync(hybrid.HybridSearchAsync(SparseVectors.Of((3, 1)), ["plum"], 9, options)));
    }

    [Fact]
    public async Task SearchAsync_WhileBatchesAreWritten_SeesWholeBatchesOnly()
    {
        const int Rows = 16;
        var notes = await Stores.CollectionAsync<int, SparseNote>();
        await notes.UpsertAsync(Batch(0));

        await Concurrently.RunAsync([ReadAsync], WriteAsync);

        async Task ReadAsync(CancellationToken stop)
        {
            HashSet<int> seen = [];
            while (seen.Count < 100 && !stop.IsCancellationRequested)
            {
                List<SparseNote> found = await notes.SearchAsync(SparseVectors.Of((3, 1)), 100, ByWeights, stop).Select(result => result.Record).ToListAsync(stop);
                Assert.Equal(Rows, found.Count);
                seen.Add(Assert.Single(found.Select(note => note.Number).Distinct()));
            }
        }

        async Task WriteAsync(CancellationToken stop)
        {
            for (int number = 1; !stop.IsCancellationRequested; number++)
            {
                await notes.UpsertAsync(Batch(number), CancellationToken.None);
            }
        }

        static IEnumerable<SparseNote> Batch(int number) =>
            Enumerable.Range(0, Rows).Select(id => new SparseNote { Id = id, Number = number, Weights = SparseVectors.Of((3, 1 + number + id)) });
    }

    [Fact]
    public async Task DynamicCollection_SparseVector_IsStoredAndFound()
    {
        using LocalVectorStore store = new();
        VectorStoreCollectionDefinition definition = new()
        {
            Properties =
            [
                new VectorStoreKeyProperty("Id", typeof(int)), new VectorStoreVectorProperty("Weights", typeof(SparseEmbedding), 100),
                new VectorStoreDataProperty("Text", typeof(string)) { IsFullTextIndexed = true }, new VectorStoreDataProperty("Number", typeof(int)),
                new VectorStoreVectorProperty("Title", typeof(SparseEmbedding), 100) { StorageName = "t" }, new VectorStoreVectorProperty("Dense", typeof(float[]), 2),
            ],
        };
        var dynamic = store.GetDynamicCollection("docs", definition);
        var notes = await Stores.CollectionAsync<int, SparseNote>(store);
        await dynamic.UpsertAsync([new() { ["Id"] = 1, ["Number"] = 1, ["Weights"] = SparseVectors.Of((3, 1)) }, new() { ["Id"] = 2, ["Number"] = 1 }]);

        var found = await dynamic.SearchAsync(SparseVectors.Of((3, 4)), 9, new() { IncludeVectors = true, VectorProperty = record => record["Weights"] }).SingleAsync();

        Assert.Equal(4, found.Score);
        Assert.Equal([3], ((SparseEmbedding)found.Record["Weights"]!).Indices.ToArray());
        Assert.Equal([(1, 4)], await FoundAsync(notes.SearchAsync(SparseVectors.Of((3, 4)), 9, ByWeights)));
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => dynamic.UpsertAsync(new Dictionary<string, object?> { ["Id"] = 5, ["Number"] = 1, ["Weights"] = new float[100] }));
        Assert.Contains("key '5' is of type System.Single[], and property 'Weights' is of type LocalRetrieval.SparseEmbedding", exception.Message, StringComparison.Ordinal);
        exception = await Assert.ThrowsAsync<ArgumentException>(() => dynamic.UpsertAsync(new Dictionary<string, object?> { ["Id"] = 5, ["Number"] = 1, ["Dense"] = SparseVectors.Of() }));
        Assert.Contains("key '5' is of type LocalRetrieval.SparseEmbedding, and property 'Dense'", exception.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(SparseEmbedding Vector, string Fault)> BadVectors() =>
    [
        (new(new[] { 100 }, new[] { 1f }, 101), "has 101 dimensions"),
        (new(new[] { 1 }, new[] { 1f }, 99), "has 99 dimensions"),
        (SparseVectors.Of((1, 1), (7, float.NaN)), "has the weight NaN at index 7"),
        (SparseVectors.Of((8, float.PositiveInfinity)), "has the weight Infinity at index 8"),
        (SparseVectors.Of((9, -0.5f)), "has the weight -0.5 at index 9"),
    ];

    private static async Task AssertLikeTwinAsync(VectorStoreCollection<int, SparseNote> notes, Dictionary<int, SparseNote> expected, Random random)
    {
        SparseEmbedding query = SparseVectors.Random(random, 100);
        int number = random.Next(10);
        (int Top, int Skip, double? Threshold) page = (random.Next(1, 40), random.Next(5), random.Next(2) == 0 ? null : random.NextDouble());
        VectorSearchOptions<SparseNote> options = new()
        {
            VectorProperty = random.Next(2) == 0 ? note => note.Weights : note => note.Title,
            Filter = random.Next(3) switch { 0 => null, 1 => note => note.Number == number, _ => note => note.Number % 3 != 1 },
            Skip = page.Skip,
            ScoreThreshold = page.Threshold,
            IncludeVectors = true,
        };
        Func<SparseNote, object?> vectorOf = options.VectorProperty.Compile();
        Func<SparseNote, bool> matches = options.Filter?.Compile() ?? (_ => true);
        double[] scores =
        [
            .. expected.Values.Where(note => vectorOf(note) is not null && matches(note))
                .Select(note => SparseVectors.Dot(query, (SparseEmbedding)vectorOf(note)!))
                .Where(score => score > 0 && !(score < page.Threshold)).OrderDescending().Skip(page.Skip).Take(page.Top),
        ];

        List<VectorSearchResult<SparseNote>> found = await notes.SearchAsync(query, page.Top, options).ToListAsync();

        Assert.Equal(scores.Length, found.Count);
        Assert.All(found.Zip(scores), pair => Assert.Equal(pair.Second, pair.First.Score!.Value, 1e-5));
        Assert.Equal(found.Count, found.Select(result => result.Record.Id).Distinct().Count());
        Assert.All(found, result =>
        {
            SparseNote record = expected[result.Record.Id];
            Assert.True(matches(record));
            Assert.Equal(SparseVectors.Dot(query, (SparseEmbedding)vectorOf(record)!), result.Score!.Value, 1e-5);
            Assert.Equal(record.Weights?.ToDense(), result.Record.Weights?.ToDense());
        });
    }

    private static async Task<(int Id, double Score)[]> FoundAsync(IAsyncEnumerable<VectorSearchResult<SparseNote>> results) =>
        await results.Select(result => (result.Record.Id, result.Score!.Value)).ToArrayAsync();
}
