using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Retrieval.Selection;

/// <summary>Which of the candidates are returned: duplicates, marginal relevance, sources.</summary>
public sealed class ChoiceTests
{
    // By their angles: b is near a, and c far from both.
    private static readonly Dictionary<int, float[]> Angles = new() { [0] = [1, 0], [1] = [0.96f, 0.28f], [2] = [0, 1] };

    [Fact]
    public async Task RetrieveAsync_EqualTexts_AreReturnedOnceAndNamed()
    {
        ScriptedCollection collection = new(("Oil the chain.", 0.9), ("other", 0.8), ("oil  the\nChain. ", 0.7), ("third", 0.6));

        RetrievalResult<Note> result = await Retriever(collection, options => options.Top = 3).RetrieveAsync("query");

        Assert.Equal(["Oil the chain.", "other", "third"], result.Passages.Select(passage => passage.Text));
        PassageLocation also = Assert.Single(result.Passages[0].AlsoIn);
        Assert.Equal(("2", "2.md", "scripted"), (also.Key, also.Source, also.Title));
        Assert.Empty(result.Passages[1].AlsoIn);
        Assert.Equal([null, null, "says the same as '0' of '0.md'", null], result.Candidates.Select(passage => passage.Omission));
    }

    [Fact]
    public async Task RetrieveAsync_EqualBehindTheLastReturned_IsNamedAllTheSame()
    {
        ScriptedCollection collection = new(("a", 0.9), ("b", 0.8), ("A", 0.7));

        RetrievalResult<Note> result = await Retriever(collection, options => options.Top = 1).RetrieveAsync("query");

        Assert.Equal("2", Assert.Single(Assert.Single(result.Passages).AlsoIn).Key);
        Assert.Equal("its place is 2, beyond Top, 1", result.Candidates[1].Omission);
        Assert.Empty(collection.Fetched);
    }

    [Fact]
    public async Task RetrieveAsync_EqualUnderOtherHeadings_AreNoDuplicates()
    {
        ScriptedCollection collection = new(("Not supported.", 0.9), ("Not supported.", 0.8));
        PassageMapping<Note> mapping = new() { Key = note => $"{note.Id}", Text = note => note.Body, HeadingPath = note => note.Id == 0 ? "Windows" : "Linux" };

        Assert.Equal(2, (await Retriever(collection, options => options.Mapping = mapping).RetrieveAsync("query")).Passages.Count);
    }

    [Fact]
    public async Task RetrieveAsync_EqualHashes_AreDuplicatesWhateverTheTexts()
    {
        ScriptedCollection collection = new(("a", 0.9), ("b", 0.8), ("c", 0.7));
        PassageMapping<Note> mapping = new() { Key = note => $"{note.Id}", Text = note => note.Body, ContentHash = note => note.Id < 2 ? "same" : "" };

        Assert.Equal(["a", "c"], (await Retriever(collection, options => options.Mapping = mapping).RetrieveAsync("query")).Passages.Select(passage => passage.Text));
    }

    [Theory]
    [InlineData(0.95, new[] { "one", "three" })]
    [InlineData(0.97, new[] { "one", "two", "three" })]
    [InlineData(null, new[] { "one", "two", "three" })]
    public async Task RetrieveAsync_VectorsNearerThanTheThreshold_AreDuplicates(double? similarity, string[] expected)
    {
        // The cosine of "one" and "two" is 0.96.
        ScriptedCollection collection = new(("one", 0.9), ("two", 0.8), ("three", 0.7)) { Vectors = Angles };

        RetrievalResult<Note> result = await Retriever(collection, options => options.Selection.DuplicateSimilarity = similarity).RetrieveAsync("query");

        Assert.Equal(expected, result.Passages.Select(passage => passage.Text));
        Assert.Equal(expected.Length == 2 ? ["1.md"] : [], result.Passages[0].AlsoIn.Select(also => also.Source));
    }

    [Fact]
    public async Task RetrieveAsync_OtherNumbers_AreNoDuplicatesHoweverNear()
    {
        Dictionary<int, float[]> same = new() { [0] = [1, 0], [1] = [1, 0], [2] = [1, 0] };
        ScriptedCollection collection = new(("Version 1.22.0 is out", 0.9), ("Version 1.22.1 is out", 0.8), ("Out is version 1.22.0!", 0.7)) { Vectors = same };

        RetrievalResult<Note> result = await Retriever(collection).RetrieveAsync("query");

        Assert.Equal(["Version 1.22.0 is out", "Version 1.22.1 is out"], result.Passages.Select(passage => passage.Text));
    }

    [Fact]
    public async Task RetrieveAsync_DroppedDuplicate_IsReplacedByTheNextAndVectorsAreFetchedAsNeeded()
    {
        Dictionary<int, float[]> vectors = Enumerable.Range(0, 9).ToDictionary(key => key, key => key == 1 ? [1f, 0] : new float[] { MathF.Cos(key), MathF.Sin(key) });
        ScriptedCollection collection = new([.. "abcdefghi".Select((letter, index) => ($"{letter}", (double?)(1 - (index * 0.1))))]) { Vectors = vectors };

        RetrievalResult<Note> result = await Retriever(collection, options => options.Top = 3).RetrieveAsync("query");

        // b lies on a; the other angles are far from each other.
        Assert.Equal(["a", "c", "d"], result.Passages.Select(passage => passage.Text));
        Assert.Equal([[0, 1, 2], [3, 4, 5]], collection.Fetched);
    }

    [Fact]
    public async Task RetrieveAsync_StoreWithoutVectors_GoesByTextsAndSaysSoOnce()
    {
        RecordingLoggerFactory logs = new();
        ScriptedCollection collection = new(("a", 0.9), ("b", 0.8), ("a", 0.7));
        PassageRetriever<int, Note> retriever = Retriever(collection, options => options.Selection.MmrLambda = 0.1, logs);

        Assert.Equal(["a", "b"], (await retriever.RetrieveAsync("query")).Passages.Select(passage => passage.Text));
        await retriever.RetrieveAsync("query");

        Assert.Single(logs.Messages, message => message.Contains("'scripted' gives no vectors back", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1.0, "abc")]
    [InlineData(0.8, "abc")]
    [InlineData(0.5, "acb")]
    [InlineData(0.0, "acb")]
    public async Task RetrieveAsync_MmrLambda_WeighsRelevanceAgainstSimilarity(double lambda, string expected)
    {
        // Relevance is 1, 0.875 and 0. Behind a: b has 0.8 * 0.875 - 0.2 * 0.96 = 0.508, or 0.5 * 0.875 - 0.5 * 0.96 = -0.0425; c has 0 in both.
        ScriptedCollection collection = new(("a", 0.9), ("b", 0.85), ("c", 0.5)) { Vectors = Angles };

        RetrievalResult<Note> result = await Retriever(collection, options => options.Selection.MmrLambda = lambda).RetrieveAsync("query");

        Assert.Equal(expected, string.Concat(result.Passages.Select(passage => passage.Text)));
        Assert.Equal([1, 2, 3], result.Passages.Select(passage => passage.Rank));
    }

    [Theory]
    [InlineData(0.6, "acbd")]
    [InlineData(0.4, "adcb")]
    public async Task RetrieveAsync_MmrOverFourCandidates_IsTheGreedyOrder(double lambda, string expected)
    {
        // By Python, relevance being (s - .2) / .7. λ = .6: behind a, b has .1143, c .1886 and d 0; behind c, b still has .1143. λ = .4: behind a, -.2571, -.0743 and 0.
        Dictionary<int, float[]> vectors = new() { [0] = [1, 0, 0], [1] = [1, 0, 0.01f], [2] = [0.6f, 0.8f, 0], [3] = [0, 0, 1] };
        ScriptedCollection collection = new(("a", 0.9), ("b", 0.8), ("c", 0.7), ("d", 0.2)) { Vectors = vectors };

        RetrievalResult<Note> result = await Retriever(collection, options => options.Selection = new() { DropDuplicates = false, MmrLambda = lambda }).RetrieveAsync("query");

        Assert.Equal(expected, string.Concat(result.Passages.Select(passage => passage.Text)));
    }

    [Fact]
    public async Task RetrieveAsync_MaxPerSource_TakesTheNextOfOthers()
    {
        ScriptedCollection collection = new(("a", 0.9), ("b", 0.8), ("c", 0.7), ("d", 0.6), ("e", 0.5));
        PassageMapping<Note> mapping = new() { Key = note => $"{note.Id}", Text = note => note.Body, Source = note => note.Id switch { 0 or 1 or 3 => "x", 2 => "y", _ => null } };

        RetrievalResult<Note> result = await Retriever(collection, options => (options.Mapping, options.Top, options.Selection.MaxPerSource) = (mapping, 3, 1)).RetrieveAsync("query");

        Assert.Equal([null, "'x' is returned 1 times already, which is MaxPerSource", null], result.Candidates.Take(3).Select(passage => passage.Omission));
        Assert.Equal("ace", string.Concat(result.Passages.Select(passage => passage.Text)));
    }

    [Fact]
    public async Task RetrieveAsync_SelectionOfTheRequest_ReplacesTheDefault()
    {
        ScriptedCollection collection = new(("a", 0.9), ("a", 0.8));
        RetrievalOptions<Note> asked = new() { Selection = new() { DropDuplicates = false } };

        Assert.Equal(2, (await Retriever(collection).RetrieveAsync("query", asked)).Passages.Count);
        Assert.Single((await Retriever(collection).RetrieveAsync("query")).Passages);
    }

    [Fact]
    public async Task RetrieveAsync_SelectorsOfTheUser_ChooseAmongAllThatAreLeft()
    {
        ScriptedCollection collection = new(("a", 0.9), ("b", 0.8), ("a", 0.7), ("c", 0.6));

        RetrievalResult<Note> result = await Retriever(collection, options =>
        {
            options.Top = 2;
            options.Selectors.Add(new FakeSelector(candidates => [.. candidates.Where(candidate => candidate.Text != "b")]));
        }).RetrieveAsync("query");

        Assert.Equal("ac", string.Concat(result.Passages.Select(passage => passage.Text)));
    }

    [Fact]
    public void Options_ValuesThatAreNone_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("DuplicateSimilarity", () => new SelectionOptions { DuplicateSimilarity = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("DuplicateSimilarity", () => new SelectionOptions { DuplicateSimilarity = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>("MmrLambda", () => new SelectionOptions { MmrLambda = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>("MaxPerSource", () => new SelectionOptions { MaxPerSource = 0 });
        Assert.Throws<ArgumentNullException>("Selection", () => new PassageRetrieverOptions<Note> { Selection = null! });
    }

    private static PassageRetriever<int, Note> Retriever(ScriptedCollection collection, Action<PassageRetrieverOptions<Note>>? configure = null, RecordingLoggerFactory? logs = null)
    {
        PassageRetrieverOptions<Note> options = new()
        {
            Mapping = new() { Key = note => $"{note.Id}", Text = note => note.Body, Source = note => $"{note.Id}.md", Title = _ => "scripted" },
        };
        configure?.Invoke(options);
        return new PassageRetriever<int, Note>(collection.Object, new FakeEmbeddingGenerator(), null, options, logs);
    }
}
