using LocalRetrieval.Testing;
using LocalRetrieval.VectorData.Collections;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Collections;

public sealed class MultiVectorTests
{
    private static readonly VectorSearchOptions<MultiNote> ByTokens = new() { VectorProperty = note => note.Tokens };

    public static TheoryData<MultiVectorQuantization, MultiVectorFirstPass> Kinds => new()
    {
        { MultiVectorQuantization.None, MultiVectorFirstPass.None },
        { MultiVectorQuantization.None, MultiVectorFirstPass.Pooled },
        { MultiVectorQuantization.Int8, MultiVectorFirstPass.None },
        { MultiVectorQuantization.Int8, MultiVectorFirstPass.Pooled },
        { MultiVectorQuantization.Int8, MultiVectorFirstPass.FixedDimensional },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task SearchAsync_AfterRandomBatches_IsTheNaiveTwin(MultiVectorQuantization quantization, MultiVectorFirstPass firstPass)
    {
        Random random = new(5);
        var notes = await CollectionAsync(new() { Quantization = quantization, FirstPass = firstPass });
        Dictionary<int, MultiNote> expected = [];
        for (int round = 0; round < 40; round++)
        {
            // Keys come again, in one batch too, so that rows die and the table is compacted.
            MultiNote[] batch = [.. Enumerable.Range(0, random.Next(90)).Select(_ => Make(random))];
            await notes.UpsertAsync(batch);
            Array.ForEach(batch, note => expected[note.Id] = note);
            int[] gone = [.. Enumerable.Range(0, random.Next(20)).Select(_ => random.Next(200))];
            await notes.DeleteAsync(gone);
            Array.ForEach(gone, id => expected.Remove(id));
            await AssertLikeTwinAsync(notes, expected, random, quantization);
        }

        if (firstPass != MultiVectorFirstPass.None)
        {
            FirstPasses.AssertMade(TableOf(notes).Read(), new() { Quantization = quantization, FirstPass = firstPass });
        }
    }

    [Theory]
    [InlineData(13)]
    [InlineData(40)]
    public async Task RebuildAsync_OfAnotherPropertyWhereTokensHaveOtherDimensions_IsRefusedAndLeavesAll(int dimensions)
    {
        Random random = new(9);
        using LocalVectorStore store = new();
        LocalVectorStoreCollection<int, MultiNote> notes = store.GetCollection<int, MultiNote>("notes");
        await notes.EnsureCollectionExistsAsync();
        MultiVectorEmbedding tokens = TokenVectors.Exact(random);
        await notes.UpsertAsync(new MultiNote { Id = 1, Tokens = tokens, Dense = [1, 2] });
        VectorStoreVectorProperty other = new(nameof(MultiNote.Tokens), typeof(MultiVectorEmbedding), dimensions) { DistanceFunction = DistanceFunction.DotProductSimilarity };
        LocalVectorStoreCollection<int, MultiNote> asked = store.GetCollection<int, MultiNote>("notes", new() { Properties = [other] });

        Exception refusal = await Assert.ThrowsAnyAsync<Exception>(() => ((IRebuildableCollection<MultiNote>)asked).RebuildAsync(new RecordRebuild<MultiNote>
        {
            VectorProperty = nameof(MultiNote.Dense),
            InputOf = note => note.Text ?? "",
            Remake = (_, _) => Task.CompletedTask,
        }));

        Assert.Contains($"vectors of {MultiNote.Dimensions} dimensions, and property 'Tokens' has such of {dimensions}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(tokens.Vectors.ToArray(), (await notes.GetAsync(1, new() { IncludeVectors = true }))!.Tokens!.Vectors.ToArray());
    }

    [Theory]
    [InlineData(MultiVectorFirstPass.Pooled)]
    [InlineData(MultiVectorFirstPass.FixedDimensional)]
    public async Task SearchAsync_FirstPass_ComparesNoMoreThanItsCandidatesAndMostOfTheBestAreAmongThem(MultiVectorFirstPass firstPass)
    {
        const int Candidates = 60;
        Random random = new(6);
        MultiNote[] written = [.. Enumerable.Range(0, 600).Select(id => AroundATopic(id, random))];
        var exact = await CollectionAsync(new());
        var quick = await CollectionAsync(new() { FirstPass = firstPass, Candidates = Candidates });
        await exact.UpsertAsync(written);
        await quick.UpsertAsync(written);
        int kept = 0;
        for (int i = 0; i < 20; i++)
        {
            MultiVectorEmbedding query = AroundATopic(random.Next(600), random).Tokens!;
            HashSet<int> best = [.. (await FoundAsync(exact.SearchAsync(query, 10, ByTokens))).Select(found => found.Id)];
            kept += (await FoundAsync(quick.SearchAsync(query, 10, ByTokens))).Count(found => best.Contains(found.Id));
        }

        Assert.InRange(kept, 160, 200);

        // A filter does not narrow what is found, nor does asking for more than the candidates.
        MultiVectorEmbedding any = AroundATopic(1, random).Tokens!;
        Assert.Equal(20, await quick.SearchAsync(any, 20, new() { VectorProperty = note => note.Tokens, Filter = note => note.Number == 3 }).CountAsync());
        Assert.Equal(20, await quick.SearchAsync(any, 20, new() { VectorProperty = note => note.Tokens, Filter = note => note.Text == "3" }).CountAsync());
        Assert.Equal(90, await quick.SearchAsync(any, 90, ByTokens).CountAsync());
    }

    [Fact]
    public async Task SearchAsync_RecordsWithAndWithoutVectors_FindsThoseThatHaveSome()
    {
        var notes = await CollectionAsync(new());
        await notes.UpsertAsync([new MultiNote { Id = 1, Tokens = Unit(0, 1) }, new MultiNote { Id = 2 }, new MultiNote { Id = 3, Tokens = Unit() }, new MultiNote { Id = 4, Tokens = Unit(1) }]);

        Assert.Equal([(1, 2), (4, 1), (3, 0)], await FoundAsync(notes.SearchAsync(Unit(0, 1), 9, ByTokens)));
        Assert.Equal([(4, 1), (3, 0)], await FoundAsync(notes.SearchAsync(Unit(0, 1), 9, new() { VectorProperty = note => note.Tokens, Skip = 1 })));
        Assert.Equal([(1, 2)], await FoundAsync(notes.SearchAsync(Unit(0, 1), 9, new() { VectorProperty = note => note.Tokens, ScoreThreshold = 1.5 })));
        Assert.Equal(3, await notes.SearchAsync(Unit(), 9, ByTokens).CountAsync());
    }

    [Fact]
    public async Task Find_AReaderOfAnOlderGeneration_SeesWhatItSaw()
    {
        MultiVectorOptions options = new() { FirstPass = MultiVectorFirstPass.Pooled, Candidates = 1 };
        VectorProperty property = RecordModelBuilder.Build(typeof(int), typeof(MultiNote), Definition(options), storeGenerator: null).VectorColumns.Single(column => column.IsMulti);
        var notes = await CollectionAsync(options);
        await notes.UpsertAsync(Enumerable.Range(0, 50).Select(id => new MultiNote { Id = id, Tokens = Unit(id % 3) }));
        TableSnapshot before = TableOf(notes).Read();
        await notes.UpsertAsync(Enumerable.Range(0, 40).Select(id => new MultiNote { Id = id }));
        await notes.UpsertAsync(Enumerable.Range(50, 50).Select(id => new MultiNote { Id = id, Tokens = Unit(0, 0) }));

        Assert.Equal(Enumerable.Range(0, 10).Select(number => (number * 3, 1.0)), Find(before));
        Assert.Equal([(42, 1.0), (45, 1.0), (48, 1.0), .. Enumerable.Range(50, 7).Select(number => (number, 1.0))], Find(TableOf(notes).Read()));

        // Fewer than are there, so that the first pass chooses.
        IEnumerable<(int Id, double Score)> Find(TableSnapshot snapshot) => new BestRows(snapshot, property, candidates: null, matches: null)
            .Find(Unit(0).Vectors, new RowSearchOptions { Top = 10 }, CancellationToken.None)
            .Select(found => ((int)snapshot.GetRow(found.Row).Key, Math.Round(found.Score, 4)));
    }

    [Fact]
    public async Task SearchAsync_SeveralViewsOfOneCollection_EachGetsTheFirstPassItAsksFor()
    {
        using LocalVectorStore store = new();
        var quick = await HiddenAsync(store, new() { FirstPass = MultiVectorFirstPass.Pooled, Candidates = 5 });
        var wide = store.GetCollection<int, MultiNote>("docs", Definition(new() { FirstPass = MultiVectorFirstPass.Pooled, Candidates = 50 }));
        var exact = store.GetCollection<int, MultiNote>("docs", Definition(new() { Candidates = 5 }));

        Assert.Equal([(1, 0.5)], await FoundAsync(quick.SearchAsync(Unit(0), 1, ByTokens)));
        Assert.Equal([(0, 1)], await FoundAsync(wide.SearchAsync(Unit(0), 1, ByTokens)));
        Assert.Equal([(0, 1)], await FoundAsync(exact.SearchAsync(Unit(0), 1, ByTokens)));
    }

    [Fact]
    public async Task EnsureCollectionExistsAsync_WithAnotherFirstPassThanItHas_WarnsOnce()
    {
        RecordingLoggerFactory log = new();
        using LocalVectorStore store = new(options: null, log);
        await HiddenAsync(store, new());
        foreach (MultiVectorFirstPass asked in (MultiVectorFirstPass[])[MultiVectorFirstPass.Pooled, MultiVectorFirstPass.Pooled, MultiVectorFirstPass.None])
        {
            var notes = await Stores.CollectionAsync<int, MultiNote>(store, Definition(new() { FirstPass = asked, Candidates = 5 }));
            Assert.Equal([(0, 1)], await FoundAsync(notes.SearchAsync(Unit(0), 1, ByTokens)));
        }

        Assert.Equal(
            "Collection 'docs' is asked for with the first pass Pooled over property 'Tokens', and was opened with None, which stays until it is opened anew: have the first that opens it ask for the first pass. Said once.",
            Assert.Single(log.Messages));
    }

    [Fact]
    public async Task MeasureRecallAsync_FirstPass_IsHeldAgainstComparingAll()
    {
        using LocalVectorStore store = new();
        var quick = await HiddenAsync(store, new() { FirstPass = MultiVectorFirstPass.Pooled, Candidates = 5 });
        var exact = store.GetCollection<int, MultiNote>("docs", Definition(new() { Candidates = 5 }));

        RecallMeasurement measured = await quick.MeasureRecallAsync([Unit(0), Unit(1)], top: 1, ByTokens);

        // Of the second all are equally good, and so all are right.
        Assert.Equal((1, 2, 0.5, 0.0, 0), (measured.Top, measured.Queries, measured.Recall, measured.WorstRecall, measured.WorstQuery));
        Assert.True(measured.MedianTime > TimeSpan.Zero && measured.MedianExactTime > TimeSpan.Zero);
        Assert.Equal(1, (await exact.MeasureRecallAsync([Unit(0), Unit(1)], top: 1, ByTokens)).Recall);
        Assert.Equal(1, (await quick.MeasureRecallAsync([Unit(0)], top: 1, new() { VectorProperty = note => note.Tokens, Filter = note => note.Number == 1 })).Recall);
    }

    [Fact]
    public async Task UpsertAsync_BadVectors_ThrowsNamingKeyAndPropertyAndChangesNothing()
    {
        var notes = await CollectionAsync(new());
        (MultiVectorEmbedding Vectors, string Fault)[] bad =
        [
            (new(new float[6], 3), "has vectors of 3 dimensions, and property 'Tokens' has such of 20"),
            (With(float.NaN), "has NaN at index 3 of vector 1, and property 'Tokens' takes numbers from -1E+15 to 1E+15 only"),
            (With(float.NegativeInfinity), "has -Infinity at index 3 of vector 1, and"),
            (With(2e15f), "has 2E+15 at index 3 of vector 1, and"),
        ];
        foreach ((MultiVectorEmbedding vectors, string fault) in bad)
        {
            var exception = await Assert.ThrowsAsync<ArgumentException>(() => notes.UpsertAsync([new MultiNote { Id = 1, Tokens = Unit(1) }, new MultiNote { Id = 42, Tokens = vectors }]));
            Assert.Contains($"key '42' {fault}", exception.Message, StringComparison.Ordinal);
            exception = await Assert.ThrowsAsync<ArgumentException>(() => FoundAsync(notes.SearchAsync(vectors, 1, ByTokens)));
            Assert.Contains($"The search vector {fault}", exception.Message, StringComparison.Ordinal);
        }

        Assert.Null(await notes.GetAsync(1));

        static MultiVectorEmbedding With(float number)
        {
            float[] numbers = new float[2 * MultiNote.Dimensions];
            numbers[MultiNote.Dimensions + 3] = number;
            return new(numbers, MultiNote.Dimensions);
        }
    }

    [Fact]
    public async Task SearchAsync_VectorOfAnotherKind_ThrowsNamingTheProperty()
    {
        var notes = await CollectionAsync(new());

        var dense = await Assert.ThrowsAsync<ArgumentException>(() => FoundAsync(notes.SearchAsync(new float[MultiNote.Dimensions], 1, ByTokens)));
        var several = await Assert.ThrowsAsync<ArgumentException>(() => FoundAsync(notes.SearchAsync(Unit(1), 1, new() { VectorProperty = note => note.Dense })));
        var text = await Assert.ThrowsAsync<NotSupportedException>(() => FoundAsync(notes.SearchAsync("text", 1, ByTokens)));

        Assert.Contains("is dense, and property 'Tokens' takes MultiVectorEmbedding", dense.Message, StringComparison.Ordinal);
        Assert.Contains("is of several vectors, and property 'Dense' takes ReadOnlyMemory<float>", several.Message, StringComparison.Ordinal);
        Assert.Contains("The supported vector types are: MultiVectorEmbedding.", text.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MultiVectorQuantization.None)]
    [InlineData(MultiVectorQuantization.Int8)]
    public async Task UpsertAsync_Vectors_AreCopiedInAndOut(MultiVectorQuantization quantization)
    {
        var notes = await CollectionAsync(new() { Quantization = quantization });
        float[] numbers = TokenVectors.Exact(new Random(2), mostVectors: 3).Vectors.ToArray();
        MultiVectorEmbedding given = new((float[])numbers.Clone(), MultiNote.Dimensions) { ModelId = "model", AdditionalProperties = new() { ["a"] = 1 } };
        await notes.UpsertAsync(new MultiNote { Id = 1, Tokens = given });
        System.Runtime.InteropServices.MemoryMarshal.AsMemory(given.Vectors).Span.Clear();
        given.ModelId = "other";

        Assert.NotEmpty(numbers);
        for (int i = 0; i < 2; i++)
        {
            MultiVectorEmbedding got = (await notes.GetAsync(1, new() { IncludeVectors = true }))!.Tokens!;
            Assert.Equal(numbers, got.Vectors.ToArray());
            Assert.Equal((MultiNote.Dimensions, "model", 1), (got.Dimensions, got.ModelId, got.AdditionalProperties!["a"]));
            got.AdditionalProperties["a"] = 2;
            System.Runtime.InteropServices.MemoryMarshal.AsMemory(got.Vectors).Span.Clear();
        }

        Assert.Null((await notes.GetAsync(1))!.Tokens);
        Assert.Equal(1, (await notes.GetAsync(note => note.Tokens != null && note.Tokens.Count > 0, 9).SingleAsync()).Id);
    }

    [Fact]
    public async Task SearchAsync_DynamicRecordsAndSeveralSearches_FindTheSame()
    {
        using LocalVectorStore store = new();
        var notes = (LocalVectorStoreCollection<int, MultiNote>)await Stores.CollectionAsync<int, MultiNote>(store);
        await notes.UpsertAsync([new MultiNote { Id = 1, Text = "a", Tokens = Unit(0, 1) }, new MultiNote { Id = 2, Text = "b", Tokens = Unit(2) }]);
        var dynamic = store.GetDynamicCollection("docs", new()
        {
            Properties =
            [
                new VectorStoreKeyProperty("Id", typeof(int)),
                new VectorStoreDataProperty("Text", typeof(string)) { IsFullTextIndexed = true },
                new VectorStoreDataProperty("Number", typeof(int)) { IsIndexed = true },
                new VectorStoreVectorProperty("Tokens", typeof(MultiVectorEmbedding), MultiNote.Dimensions) { DistanceFunction = DistanceFunction.DotProductSimilarity },
                new VectorStoreVectorProperty("Dense", typeof(float[]), 2),
            ],
        });
        await dynamic.UpsertAsync(new Dictionary<string, object?> { ["Id"] = 3, ["Number"] = 0, ["Tokens"] = Unit(2, 2) });

        var found = await dynamic.SearchAsync(Unit(2), 9, new() { VectorProperty = note => note["Tokens"], IncludeVectors = true }).ToListAsync();
        Assert.Equal([2, 3, 1], found.Select(result => (int)result.Record["Id"]!));
        Assert.Equal(2, ((MultiVectorEmbedding)found[1].Record["Tokens"]!).Count);
        var batch = await notes.SearchBatchAsync([Unit(2), Unit(0)], 1, ByTokens);
        Assert.Equal([2, 1], batch.Select(results => results[0].Record.Id));
        var hybrid = await notes.HybridSearchAsync(Unit(2), ["a"], 3, new() { VectorProperty = note => note.Tokens, AdditionalProperty = note => note.Text }).ToListAsync();

        // The first alone is in both lists.
        Assert.Equal([1, 2, 3], hybrid.Select(result => result.Record.Id));
    }

    [Fact]
    public async Task ScoreAsync_Keys_ScoresTheirStoredVectors()
    {
        var notes = await CollectionAsync(new());
        await notes.UpsertAsync([new MultiNote { Id = 1, Tokens = Unit(0, 1) }, new MultiNote { Id = 2 }, new MultiNote { Id = 3, Tokens = Unit() }]);
        var scores = (IMultiVectorScores<int>)notes.GetService(typeof(IMultiVectorScores<int>))!;

        IReadOnlyList<double?> found = await scores.ScoreAsync(Unit(0, 1), [3, 9, 1, 2, 1], "Tokens");

        Assert.Equal([0, null, 2, null, 2], found.Select(score => score is { } known ? Math.Round(known, 4) : (double?)null));
        Assert.Equal(found, await scores.ScoreAsync(Unit(0, 1), [3, 9, 1, 2, 1]));
        Assert.Contains("'Dense' of MultiNote holds one vector", (await Assert.ThrowsAsync<InvalidOperationException>(async () => await scores.ScoreAsync(Unit(0), [1], "Dense"))).Message, StringComparison.Ordinal);
        Assert.Contains("The query has vectors of 1 dimensions", (await Assert.ThrowsAsync<ArgumentException>(async () => await scores.ScoreAsync(new(new float[1], 1), [1]))).Message, StringComparison.Ordinal);
        Assert.Null((await Stores.CollectionAsync<string, Note>()).GetService(typeof(IMultiVectorScores<string>)));
    }

    private static VectorStoreCollectionDefinition Definition(MultiVectorOptions options) =>
        new() { Properties = [new VectorStoreVectorProperty("Tokens", MultiNote.Dimensions).WithMultiVectors(options)] };

    private static Task<VectorStoreCollection<int, MultiNote>> CollectionAsync(MultiVectorOptions options) => Stores.CollectionAsync<int, MultiNote>(definition: Definition(options));

    private static Table TableOf(VectorStoreCollection<int, MultiNote> notes) => ((LocalVectorStore)notes.GetService(typeof(LocalVectorStore))!).FindTable("docs")!;

    /// <summary>Makes a collection whose best record by axis 0 has vectors whose mean is nothing, so that the mean does not find it, beside 20 that are half as good.</summary>
    private static async Task<LocalVectorStoreCollection<int, MultiNote>> HiddenAsync(LocalVectorStore store, MultiVectorOptions options)
    {
        var notes = (LocalVectorStoreCollection<int, MultiNote>)await Stores.CollectionAsync<int, MultiNote>(store, Definition(options));
        await notes.UpsertAsync(Enumerable.Range(0, 21).Select(id => new MultiNote { Id = id, Number = id == 0 ? 0 : 1, Tokens = id == 0 ? Along(1, -1) : Along(0.5f) }));
        return notes;

        static MultiVectorEmbedding Along(params float[] lengths) =>
            new(lengths.SelectMany(length => Enumerable.Range(0, MultiNote.Dimensions).Select(i => i == 0 ? length : 0)).ToArray(), MultiNote.Dimensions);
    }

    private static MultiNote Make(Random random) => new()
    {
        Id = random.Next(200),
        Number = random.Next(10),
        Text = $"{random.Next(10)}",
        Tokens = random.Next(8) == 0 ? null : TokenVectors.Random(random, mostVectors: 6),
    };

    private static MultiNote AroundATopic(int id, Random random)
    {
        Random topic = new(id % 40);
        float[] center = TokenVectors.Numbers(topic, MultiNote.Dimensions);
        float[] numbers = [.. Enumerable.Range(0, 8).SelectMany(_ => center.Select(number => number + (0.7f * ((2 * random.NextSingle()) - 1))))];
        return new() { Id = id, Number = id % 10, Text = $"{id % 10}", Tokens = new(numbers, MultiNote.Dimensions) };
    }

    private static MultiVectorEmbedding Unit(params int[] axes) =>
        new(axes.SelectMany(axis => Enumerable.Range(0, MultiNote.Dimensions).Select(i => i == axis ? 1f : 0)).ToArray(), MultiNote.Dimensions);

    private static async Task AssertLikeTwinAsync(VectorStoreCollection<int, MultiNote> notes, Dictionary<int, MultiNote> expected, Random random, MultiVectorQuantization quantization)
    {
        MultiVectorEmbedding query = TokenVectors.Random(random, mostVectors: 5);
        int least = random.Next(10);
        VectorSearchOptions<MultiNote> options = random.Next(3) switch
        {
            0 => ByTokens,
            1 => new() { VectorProperty = note => note.Tokens, Filter = note => note.Number >= least },
            _ => new() { VectorProperty = note => note.Tokens, Filter = note => note.Text != "3" },
        };
        Func<MultiNote, bool> matches = options.Filter?.Compile() ?? (_ => true);
        Dictionary<int, double> naive = expected.Values.Where(note => note.Tokens is not null && matches(note))
            .ToDictionary(note => note.Id, note => TokenVectors.MaxSim(query, TokenVectors.Stored(note.Tokens!, quantization == MultiVectorQuantization.Int8)));

        List<VectorSearchResult<MultiNote>> found = await notes.SearchAsync(query, 15, options).ToListAsync();

        Assert.Equal(Math.Min(15, naive.Count), found.Count);
        Assert.All(found, result => Assert.Equal(naive[result.Record.Id], result.Score!.Value, 1e-3));
        Assert.All(found.Zip(naive.Values.OrderDescending()), pair => Assert.Equal(pair.Second, pair.First.Score!.Value, 1e-3));
    }

    private static async Task<List<(int Id, double Score)>> FoundAsync(IAsyncEnumerable<VectorSearchResult<MultiNote>> results) =>
        await results.Select(result => (result.Record.Id, Math.Round(result.Score!.Value, 4))).ToListAsync();
}
