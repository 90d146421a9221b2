using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Hybrid;

public sealed class HybridSearchTests
{
    private static readonly float[] East = [1, 0, 0];

    [Fact]
    public async Task HybridSearchAsync_Default_AddsUpReciprocalRanks()
    {
        var notes = await NotesAsync();

        List<VectorSearchResult<Note>> found = await Hybrid(notes).HybridSearchAsync(East, ["plum", "pear"], 9).ToListAsync();

        // By vector a, b, c, d; by keyword c (both words), b.
        Assert.Equal(["c", "b", "a", "d"], found.Select(result => result.Record.Id));
        Assert.Equal((1.0 / 61) + (1.0 / 63), ScoreOf(found, "c"), 12);
        Assert.Equal((1.0 / 62) + (1.0 / 62), ScoreOf(found, "b"), 12);
        Assert.Equal(1.0 / 61, ScoreOf(found, "a"), 12);
    }

    [Fact]
    public async Task HybridSearchAsync_MinMax_AddsUpWeightedScores()
    {
        using LocalVectorStore store = new(new()
        {
            HybridSearch = new() { Method = HybridFusionMethod.MinMax, VectorWeight = 0.5, KeywordWeight = 2 },
        });
        var notes = await NotesAsync(store);

        List<VectorSearchResult<Note>> found = await Hybrid(notes).HybridSearchAsync(East, ["pear"], 9).ToListAsync();

        // Each list's best has 1 and its worst 0; b and c hold the word once, and c in the shorter text.
        Assert.Equal("c", found[0].Record.Id);
        Assert.Equal(0.5, ScoreOf(found, "a"), 6);
        Assert.Equal(2 + Stretched(2), ScoreOf(found, "c"), 6);
        Assert.Equal(Stretched(1), ScoreOf(found, "b"), 6);
        Assert.Equal(0, ScoreOf(found, "d"), 6);

        static double Stretched(float y) => 0.5 * (Cosine(y) - Cosine(8)) / (1 - Cosine(8));

        static double Cosine(float y) => 1 / Math.Sqrt(1 + (y * y));
    }

    [Fact]
    public async Task HybridSearchAsync_DistanceFunction_CountsLowScoresAsNear()
    {
        using LocalVectorStore store = new(new() { HybridSearch = new() { Method = HybridFusionMethod.MinMax } });
        var notes = await NotesAsync(store, DistanceFunction.EuclideanDistance);

        Assert.Equal("abcd", await Hybrid(notes).HybridSearchAsync(East, [], 9).IdsAsync());
    }

    [Fact]
    public async Task HybridSearchAsync_Options_Apply()
    {
        var notes = await NotesAsync();
        IKeywordHybridSearchable<Note> hybrid = Hybrid(notes);
        string all = await hybrid.HybridSearchAsync(East, ["plum"], 9).IdsAsync();

        Assert.Equal(all[..2], await hybrid.HybridSearchAsync(East, ["plum"], 2).IdsAsync());
        Assert.Equal(all[1..3], await hybrid.HybridSearchAsync(East, ["plum"], 2, new() { Skip = 1 }).IdsAsync());
        Assert.Equal("c", await hybrid.HybridSearchAsync(East, ["plum"], 9, new() { ScoreThreshold = 1.0 / 60.9 }).IdsAsync());
        Assert.Equal("cd", await hybrid.HybridSearchAsync(East, ["plum"], 9, new() { Filter = note => note.Number >= 3 }).IdsAsync());
        var found = await hybrid.HybridSearchAsync(East, ["plum"], 1, new() { IncludeVectors = true, VectorProperty = note => note.Vector, AdditionalProperty = note => note.Text }).SingleAsync();
        Assert.Equal(3, found.Record.Vector!.Value.Length);
    }

    [Fact]
    public async Task HybridSearchAsync_String_IsEmbeddedAsAQuery()
    {
        using FakeGenerator generator = new() { Vector = _ => [1, 0, 0] };
        using LocalVectorStore store = Stores.With(generator);
        var notes = await NotesAsync(store);

        Assert.Equal(4, (await Hybrid(notes).HybridSearchAsync("anything", ["plum"], 9).ToListAsync()).Count);
        Assert.Equal("query", Assert.Single(generator.Calls).Role);
    }

    [Fact]
    public async Task HybridSearchAsync_BadArguments_Throws()
    {
        IKeywordHybridSearchable<Note> hybrid = Hybrid(await NotesAsync());

        Assert.Throws<ArgumentNullException>(() => hybrid.HybridSearchAsync<float[]>(null!, [], 1));
        Assert.Throws<ArgumentNullException>(() => hybrid.HybridSearchAsync(East, null!, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => hybrid.HybridSearchAsync(East, [], 0));
        Assert.Throws<InvalidOperationException>(() => hybrid.HybridSearchAsync(East, [], 1, new() { AdditionalProperty = note => note.Number }));
    }

    [Fact]
    public async Task KeywordSearchAsync_Words_FindsThoseThatHoldThem()
    {
        var notes = await NotesAsync();
        var keywords = (IKeywordSearchable<Note>)notes;

        List<KeywordSearchResult<Note>> found = await keywords.KeywordSearchAsync("Plum or PEAR?", 9).ToListAsync();
        Assert.Equal(["c", "b"], found.Select(result => result.Record.Id));
        Assert.True(found[0].Score > found[1].Score && found[1].Score > 0);
        Assert.Equal(["b"], await IdsAsync(keywords.KeywordSearchAsync("plum pear", 1, new() { Skip = 1 })));
        Assert.Equal(["b"], await IdsAsync(keywords.KeywordSearchAsync("pear", 9, new() { Filter = note => note.Number == 2, Property = note => note.Text })));
        Assert.Empty(await IdsAsync(keywords.KeywordSearchAsync("pear", 9, new() { ScoreThreshold = 100 })));
        Assert.Empty(await IdsAsync(keywords.KeywordSearchAsync("absent", 9)));
        Assert.Throws<ArgumentNullException>(() => keywords.KeywordSearchAsync(null!, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => keywords.KeywordSearchAsync("x", 0));
    }

    [Fact]
    public async Task KeywordSearchAsync_AfterUpdatesAndDeletes_FindsWhatIsThere()
    {
        var notes = await NotesAsync();
        var keywords = (IKeywordSearchable<Note>)notes;

        await notes.UpsertAsync([new Note { Id = "c", Text = "fig" }, new Note { Id = "e", Text = "plum" }, new Note { Id = "f", Text = "plum" }, new Note { Id = "f", Text = "fig" }]);
        await notes.DeleteAsync("b");

        Assert.Equal(["e"], await IdsAsync(keywords.KeywordSearchAsync("plum", 9)));
        Assert.Empty(await IdsAsync(keywords.KeywordSearchAsync("pear", 9)));
        Assert.Equal(["c", "f"], await IdsAsync(keywords.KeywordSearchAsync("fig", 9)));
        for (int i = 0; i < 3000; i++)
        {
            await notes.UpsertAsync(new Note { Id = "e", Text = "plum" });
        }

        Assert.Equal(["e"], await IdsAsync(keywords.KeywordSearchAsync("plum", 9)));
        Assert.Equal(["c", "f"], await IdsAsync(keywords.KeywordSearchAsync("fig", 9)));
    }

    [Fact]
    public async Task KeywordSearchAsync_Stemming_IsTheStoresOption()
    {
        using LocalVectorStore store = new(new() { Keywords = new() { Stem = true, Language = "en" } });
        var notes = await NotesAsync(store);

        Assert.Equal(["c"], await IdsAsync(((IKeywordSearchable<Note>)notes).KeywordSearchAsync("plums", 9)));
        Assert.Throws<ArgumentNullException>(() => new LocalVectorStoreOptions { Keywords = null! });
        Assert.Throws<ArgumentNullException>(() => new LocalVectorStoreOptions { HybridSearch = null! });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HybridFusionOptions { KeywordWeight = double.NaN });
        Assert.Contains(
            "both 0",
            Assert.Throws<ArgumentException>(() => new LocalVectorStore(new() { HybridSearch = new() { VectorWeight = 0, KeywordWeight = 0 } })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeywordSearchAsync_SeveralProperties_HaveOptionsOfTheirOwn()
    {
        KeywordIndexOptions store = new() { RemoveStopWords = true, Language = "en" };
        using LocalVectorStore texts = new(new() { Keywords = store });
        KeywordIndexOptions stems = new() { Stem = true, Language = "en" };
        var docs = texts.GetDynamicCollection("docs", new()
        {
            Properties =
            [
                new VectorStoreKeyProperty("Id", typeof(string)),
                new VectorStoreDataProperty("Title", typeof(string)) { IsFullTextIndexed = true },
                new VectorStoreDataProperty("Body", typeof(string)).WithKeywordIndex(stems),
            ],
        });
        (store.RemoveStopWords, stems.Stem) = (false, false);
        await docs.EnsureCollectionExistsAsync();
        await docs.UpsertAsync([new() { ["Id"] = "a", ["Title"] = "the plums", ["Body"] = "the plums" }, new() { ["Id"] = "b", ["Title"] = "the", ["Body"] = null }]);

        Assert.Empty(await FindAsync("plum", record => record["Title"]));
        Assert.Empty(await FindAsync("the", record => record["Title"]));
        Assert.Equal(["a"], await FindAsync("PLUMS", record => record["Title"]));
        Assert.Equal(["a"], await FindAsync("plum", record => record["Body"]));
        Assert.Equal(["a"], await FindAsync("the", record => record["Body"]));
        Assert.Throws<InvalidOperationException>(() => docs.KeywordSearchAsync("plum", 1));

        async Task<object?[]> FindAsync(string query, System.Linq.Expressions.Expression<Func<Dictionary<string, object?>, object?>> property) =>
            await docs.KeywordSearchAsync(query, 9, new() { Property = property }).Select(result => result.Record["Id"]).ToArrayAsync();
    }

    [Fact]
    public async Task HybridSearchAsync_AdditionalProperty_IsTheTextThatIsSearched()
    {
        var docs = await Stores.CollectionAsync<string, Note>(definition: new()
        {
            Properties = [new VectorStoreDataProperty(nameof(Note.NotStored)).WithKeywordIndex(new() { Stem = true, Language = "en" })],
        });
        await docs.UpsertAsync([new Note { Id = "a", Text = "pear", NotStored = "plums" }, new Note { Id = "b", Text = "plums", NotStored = "pear" }]);

        Assert.Equal("a", await Hybrid(docs).HybridSearchAsync(East, ["plum"], 9, new() { AdditionalProperty = note => note.NotStored }).IdsAsync());
        Assert.Equal("", await Hybrid(docs).HybridSearchAsync(East, ["plum"], 9, new() { AdditionalProperty = note => note.Text }).IdsAsync());
        Assert.Throws<InvalidOperationException>(() => Hybrid(docs).HybridSearchAsync(East, ["plum"], 9));
    }

    [Fact]
    public void WithKeywordIndex_BadArgumentsOrNoText_Throws()
    {
        VectorStoreDataProperty number = new("Number", typeof(int));

        Assert.Throws<ArgumentNullException>(() => number.WithKeywordIndex(null!));
        Assert.Throws<ArgumentNullException>(() => KeywordIndexExtensions.WithKeywordIndex(null!, new()));
        using LocalVectorStore store = new();
        Assert.Throws<NotSupportedException>(() => store.GetCollection<string, Note>("docs", new() { Properties = [number.WithKeywordIndex(new())] }));
    }

    [Fact]
    public async Task KeywordSearchAsync_CollectionWithoutTheIndex_ThrowsNamingTheProperty()
    {
        using LocalVectorStore store = new();
        await Stores.CollectionAsync<string, Note>(store, new() { Properties = [new VectorStoreDataProperty(nameof(Note.Text))] });
        var notes = store.GetCollection<string, Note>("docs");

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(async () => await notes.KeywordSearchAsync("x", 1).ToListAsync());

        Assert.Contains("'Text'", exception.Message, StringComparison.Ordinal);
    }

    private static double ScoreOf(List<VectorSearchResult<Note>> found, string id) => found.Single(result => result.Record.Id == id).Score!.Value;

    private static IKeywordHybridSearchable<Note> Hybrid(VectorStoreCollection<string, Note> notes) => (IKeywordHybridSearchable<Note>)notes;

    private static async Task<string[]> IdsAsync(IAsyncEnumerable<KeywordSearchResult<Note>> found) => await found.Select(result => result.Record.Id).ToArrayAsync();

    private static async Task<VectorStoreCollection<string, Note>> NotesAsync(LocalVectorStore? store = null, string? distance = null)
    {
        var notes = await Stores.CollectionAsync<string, Note>(store, distance is null ? null : new()
        {
            Properties = [new VectorStoreVectorProperty(nameof(Note.Vector), 3) { DistanceFunction = distance }],
        });
        await notes.UpsertAsync(
        [
            new Note { Id = "a", Text = "an apple", Number = 1, Vector = new float[] { 1, 0, 0 } },
            new Note { Id = "b", Text = "a pear and an apple", Number = 2, Vector = new float[] { 1, 1, 0 } },
            new Note { Id = "c", Text = "plum, pear", Number = 3, Vector = new float[] { 1, 2, 0 } },
            new Note { Id = "d", Text = null, Number = 4, Vector = new float[] { 1, 8, 0 } },
        ]);
        return notes;
    }
}
