using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Collections;

public sealed class SearchTests
{
    private static readonly float[] Query = [3, 2, 1];

    [Fact]
    public async Task SearchAsync_Vector_ReturnsNearestFirstWithScores()
    {
        var notes = await Stores.NotesAsync();

        List<VectorSearchResult<Note>> results = await notes.SearchAsync(Query, 2).ToListAsync();

        Assert.Equal(["a", "b"], results.Select(result => result.Record.Id));
        Assert.Equal(3 / Math.Sqrt(14), results[0].Score!.Value, 6);
        Assert.Null(results[0].Record.Vector);
    }

    [Fact]
    public async Task SearchAsync_VectorOfEachType_IsTheSame()
    {
        var notes = await Stores.NotesAsync();

        Assert.Equal("abc", await notes.SearchAsync(Query, 3).IdsAsync());
        Assert.Equal("abc", await notes.SearchAsync(new ReadOnlyMemory<float>(Query), 3).IdsAsync());
        Assert.Equal("abc", await notes.SearchAsync(new Embedding<float>(Query), 3).IdsAsync());
        Assert.Equal("abc", await notes.SearchAsync<object>(Query, 3).IdsAsync());
    }

    [Theory]
    [InlineData(1, 0, "a")]
    [InlineData(1, 1, "b")]
    [InlineData(5, 1, "bc")]
    [InlineData(5, 3, "")]
    [InlineData(int.MaxValue, int.MaxValue, "")]
    [InlineData(int.MaxValue, 2, "c")]
    public async Task SearchAsync_TopAndSkip_ReturnsThatPage(int top, int skip, string expected)
    {
        var notes = await Stores.NotesAsync();

        Assert.Equal(expected, await notes.SearchAsync(Query, top, new() { Skip = skip }).IdsAsync());
    }

    [Fact]
    public async Task SearchAsync_Filter_ReturnsTheNearestMatches()
    {
        var notes = await Stores.NotesAsync();

        Assert.Equal("bc", await notes.SearchAsync(Query, 2, new() { Filter = note => note.Number >= 2 }).IdsAsync());
        Assert.Equal("", await notes.SearchAsync(Query, 2, new() { Filter = note => note.Number > 3 }).IdsAsync());
    }

    [Theory]
    [InlineData(DistanceFunction.CosineSimilarity)]
    [InlineData(DistanceFunction.CosineDistance)]
    [InlineData(DistanceFunction.DotProductSimilarity)]
    [InlineData(DistanceFunction.NegativeDotProductSimilarity)]
    [InlineData(DistanceFunction.EuclideanDistance)]
    [InlineData(DistanceFunction.EuclideanSquaredDistance)]
    [InlineData(DistanceFunction.ManhattanDistance)]
    [InlineData(DistanceFunction.HammingDistance)]
    public async Task SearchAsync_ThresholdSkipAndFilter_ApplyInThatOrder(string distanceFunction)
    {
        var notes = await Stores.CollectionAsync<string, Note>(definition: new()
        {
            Properties = [new VectorStoreVectorProperty(nameof(Note.Vector), 3) { DistanceFunction = distanceFunction }],
        });
        Random random = new(1);
        await notes.UpsertAsync(Enumerable.Range(0, 40).Select(i => new Note
        {
            Id = $"<{i}>",
            Number = i % 3,
            Vector = new[] { random.Next(4), random.Next(4), random.NextSingle() },
        }));
        List<VectorSearchResult<Note>> all = await notes.SearchAsync(Query, 40).ToListAsync();
        List<VectorSearchResult<Note>> matching = [.. all.Where(result => result.Record.Number != 1)];
        double threshold = matching[12].Score!.Value;
        bool higherIsNearer = all[0].Score > all[^1].Score;

        string found = await notes.SearchAsync(Query, 7, new() { Filter = note => note.Number != 1, ScoreThreshold = threshold, Skip = 8 }).IdsAsync();

        IEnumerable<VectorSearchResult<Note>> passing = matching.Where(result => higherIsNearer ? result.Score >= threshold : result.Score <= threshold);
        Assert.Equal(string.Concat(passing.Skip(8).Take(7).Select(result => result.Record.Id)), found);
        Assert.NotEmpty(found);
    }

    [Fact]
    public async Task SearchAsync_EnumeratedTwiceOrLeft_SearchesAnew()
    {
        var notes = await Stores.NotesAsync();
        IAsyncEnumerable<VectorSearchResult<Note>> results = notes.SearchAsync(Query, 3);
        IAsyncEnumerable<Note> filtered = notes.GetAsync(note => true, 9);

        await foreach (VectorSearchResult<Note> result in results)
        {
            Assert.Equal("a", result.Record.Id);
            break;
        }

        Assert.Equal("abc", await results.IdsAsync());
        Assert.Equal("abc", await filtered.IdsAsync());
        await notes.DeleteAsync("b");
        Assert.Equal("ac", await results.IdsAsync());
        Assert.Equal("ac", await filtered.IdsAsync());
    }

    [Fact]
    public async Task SearchAsync_CollectionChangedWhileRead_GoesOnWithWhatItFound()
    {
        var notes = await Stores.NotesAsync();
        string ids = "";

        await foreach (VectorSearchResult<Note> result in notes.SearchAsync(Query, 3, new() { IncludeVectors = true }))
        {
            ids += result.Record.Id;
            Assert.Equal(3, result.Record.Vector!.Value.Length);
            await notes.EnsureCollectionDeletedAsync();
        }

        Assert.Equal("abc", ids);
    }

    [Fact]
    public async Task SearchAsync_IncludeVectors_ReturnsThem()
    {
        var notes = await Stores.NotesAsync();

        VectorSearchResult<Note> result = await notes.SearchAsync(Query, 1, new() { IncludeVectors = true }).SingleAsync();

        Assert.Equal([1, 0, 0], result.Record.Vector!.Value.ToArray());
    }

    [Fact]
    public async Task SearchAsync_EqualScores_KeepTheOrderOfWriting()
    {
        var notes = await Stores.CollectionAsync<string, Note>();
        string[] ids = [.. Enumerable.Range(0, 50).Select(i => $"{(char)('A' + ((i * 7) % 26))}{i}")];
        await notes.UpsertAsync(ids.Select(id => new Note { Id = id, Vector = new float[] { 1, 1, 1 } }));
        await notes.UpsertAsync(new Note { Id = ids[0], Vector = new float[] { 1, 1, 1 } });

        Assert.Equal(string.Concat(ids[1..11]), await notes.SearchAsync(Query, 10).IdsAsync());
        Assert.Equal(string.Concat(ids[11..21]), await notes.SearchAsync(Query, 10, new() { Skip = 10 }).IdsAsync());
    }

    [Fact]
    public async Task SearchAsync_RecordWithoutVector_IsNotFound()
    {
        var notes = await Stores.NotesAsync();
        await notes.UpsertAsync(new Note { Id = "d" });

        Assert.Equal("abc", await notes.SearchAsync(Query, 10).IdsAsync());
    }

    [Fact]
    public async Task SearchAsync_OptionsChangedBeforeReading_UsesThemAsGiven()
    {
        var notes = await Stores.NotesAsync();
        VectorSearchOptions<Note> options = new() { Skip = 1 };

        IAsyncEnumerable<VectorSearchResult<Note>> results = notes.SearchAsync(Query, 1, options);
        options.Skip = 2;

        Assert.Equal("b", await results.IdsAsync());
    }

    [Fact]
    public async Task SearchAsync_SeveralVectorProperties_NeedsAndTakesASelector()
    {
        var records = await Stores.CollectionAsync<int, Twofold>();
        await records.UpsertAsync([new Twofold { Id = 1, First = [1, 0], Second = [0, 1] }, new Twofold { Id = 2, First = [0, 1], Second = [1, 0] }]);
        float[] query = [1, 0];

        Assert.Equal(1, (await records.SearchAsync(query, 1, new() { VectorProperty = record => record.First }).SingleAsync()).Record.Id);
        Assert.Equal(2, (await records.SearchAsync(query, 1, new() { VectorProperty = record => record.Second }).SingleAsync()).Record.Id);
        var exception = Assert.Throws<InvalidOperationException>(() => records.SearchAsync(query, 1));
        Assert.Contains("'Twofold' type has multiple vector properties", exception.Message, StringComparison.Ordinal);
        exception = Assert.Throws<InvalidOperationException>(() => records.SearchAsync(query, 1, new() { VectorProperty = record => record.Id }));
        Assert.Contains("First, Second", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SearchAsync_NoVectorProperty_Throws()
    {
        var records = await Stores.CollectionAsync<string, Keyed<string>>();

        Assert.Throws<InvalidOperationException>(() => records.SearchAsync(Query, 1));
    }

    [Fact]
    public async Task SearchAsync_BadArguments_Throws()
    {
        var notes = await Stores.NotesAsync();

        Assert.Throws<ArgumentNullException>(() => notes.SearchAsync<float[]>(null!, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => notes.SearchAsync(Query, 0));
        var exception = await Assert.ThrowsAsync<ArgumentException>(async () => await notes.SearchAsync(new float[] { 1, 2 }, 1).ToListAsync());
        Assert.Contains("has 2 dimensions, and property 'Vector' has 3", exception.Message, StringComparison.Ordinal);
        exception = await Assert.ThrowsAsync<ArgumentException>(async () => await notes.SearchAsync(new float[] { 1, 2, float.NaN }, 1).ToListAsync());
        Assert.Contains("NaN at index 2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SearchAsync_CancelledWhileRead_Throws()
    {
        var notes = await Stores.NotesAsync();
        using CancellationTokenSource cancellation = new();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (VectorSearchResult<Note> result in notes.SearchAsync(Query, 3, cancellationToken: cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });
    }

    [Fact]
    public async Task SearchAsync_ThresholdIsNaN_IsRefused()
    {
        var notes = await Stores.CollectionAsync<string, Note>(new LocalVectorStore());

        Assert.Throws<ArgumentOutOfRangeException>(() => notes.SearchAsync(new float[3], 1, new() { ScoreThreshold = double.NaN }));
    }

    private sealed class Twofold
    {
        [VectorStoreKey]
        public int Id { get; set; }

        [VectorStoreVector(2)]
        public float[]? First { get; set; }

        [VectorStoreVector(2)]
        public float[]? Second { get; set; }
    }
}
