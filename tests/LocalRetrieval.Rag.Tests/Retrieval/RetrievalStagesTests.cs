using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Moq;

namespace LocalRetrieval.Rag.Tests.Retrieval;

/// <summary>Stages of any kind: who finds, who scores what others found, who decides.</summary>
public sealed class RetrievalStagesTests
{
    private static readonly Note[] Notes = [.. "abcdefgh".Select((letter, index) => new Note { Id = index, Body = $"{letter}" })];

    private static readonly VectorStoreCollectionDefinition WithFullText = new()
    {
        Properties =
        [
            new VectorStoreKeyProperty(nameof(Note.Id), typeof(int)),
            new VectorStoreDataProperty(nameof(Note.Body), typeof(string)) { IsFullTextIndexed = true },
            new VectorStoreVectorProperty(nameof(Note.Vector), typeof(ReadOnlyMemory<float>), 32),
        ],
    };

    [Fact]
    public async Task RetrieveAsync_TwoGenerators_EachScoresTheUnion()
    {
        FakeGenerator own = new("own", (Notes[4], 7), (Notes[1], 5)) { Others = note => note.Id == 0 ? 1 : null };

        RetrievalResult<Note> result = await Retriever(own).RetrieveAsync("query");

        // b was found by both; what is not known of "c" and "e" counts as the least score.
        Assert.Equal(["b", "a", "e", "c"], result.Candidates.Select(passage => passage.Text));
        Assert.Equal(
            [
                new StageScore { Stage = RetrievalStage.Vector, Score = 0.8, Rank = 2 },
                new StageScore { Stage = "own", Score = 5, Rank = 2 },
            ],
            result.Candidates[0].Stages);
        Assert.Equal([new StageScore { Stage = RetrievalStage.Vector, Score = 0.9, Rank = 1 }, new StageScore { Stage = "own", Score = 1, Rank = 0 }], result.Candidates[1].Stages);
        Assert.Equal([new StageScore { Stage = "own", Score = 7, Rank = 1 }], result.Candidates[2].Stages);

        // numpy: z of [.8, .9, .3, .3] plus z of [5, 1, 7, 1], population deviation.
        Assert.Equal(["b", "e", "a", "c"], result.Passages.Select(passage => passage.Text));
        AssertScores([1.3888529, 0.3553140, 0.2099201, -1.9540870], result.Passages);
    }

    [Fact]
    public async Task RetrieveAsync_Weights_AreByName()
    {
        FakeGenerator own = new("own", (Notes[4], 7), (Notes[1], 5));

        Assert.Equal("e", (await Retriever(own, options => options.Weights["own"] = 3).RetrieveAsync("query")).Passages[0].Text);
        Assert.Equal("a", (await Retriever(own, options => options.Weights["own"] = 0).RetrieveAsync("query")).Passages[0].Text);
    }

    [Fact]
    public async Task RetrieveAsync_ReciprocalRanks_AddsWeightsOverRanks()
    {
        FakeGenerator own = new("own", (Notes[4], 7), (Notes[1], 5));

        RetrievalResult<Note> result = await Retriever(own, options => (options.Order, options.Weights["own"]) = (FinalOrder.ReciprocalRanks, 0.5)).RetrieveAsync("query");

        Assert.Equal(["b", "a", "c", "e"], result.Passages.Select(passage => passage.Text));
        AssertScores([1 / 62.0 + 0.5 / 62, 1 / 61.0, 1 / 63.0, 0.5 / 61], result.Passages);
    }

    [Fact]
    public async Task RetrieveAsync_OneStageOrders_AsksNoOtherGenerator()
    {
        FakeGenerator own = new("own", (Notes[4], 7), (Notes[1], 5));

        RetrievalResult<Note> result = await Retriever(own, options => options.OrderStage = "own", new FakeReranker(_ => 1)).RetrieveAsync("query");

        Assert.Equal(["e", "b"], result.Passages.Select(passage => passage.Text));
        Assert.Equal(["own", "selection"], result.Timings.Select(timing => timing.Stage).Where(stage => stage != "embed"));
    }

    [Fact]
    public async Task RetrieveAsync_OnlyTheFirstByFusion_AreReranked()
    {
        FakeGenerator own = new("own", (Notes[4], 7), (Notes[1], 5));
        FakeReranker reranker = new(text => text[0]);

        RetrievalResult<Note> result = await Retriever(own, options => (options.Reranked, options.Top) = (2, 1), reranker).RetrieveAsync("query");

        Assert.Equal([["b", "a"]], reranker.Requests);
        Assert.Equal([true, true, false, false], result.Candidates.Select(passage => passage.Stage(RetrievalStage.Reranker) is not null));
    }

    [Fact]
    public async Task RetrieveAsync_RerankersWithFallingNumber_EachReadsTheBestOfTheOneBefore()
    {
        FakeCandidateReranker first = new("first", note => note.Id, count: 3);
        FakeCandidateReranker second = new("second", note => note.Id == 2 ? null : 9, count: 2);
        PassageRetriever<int, Note> retriever = Retriever(new FakeGenerator("own", (Notes[4], 7)), options =>
        {
            options.Rerankers.Add(first);
            options.Rerankers.Add(second);
        });

        RetrievalResult<Note> result = await retriever.RetrieveAsync("query");

        Assert.Equal([["a", "e", "b"]], first.Read);
        Assert.Equal([["e", "b"]], second.Read);
        Assert.Equal("e", result.Passages[0].Text);
        Assert.Equal([RetrievalStage.Vector, "first"], result.Candidates[0].Stages.Select(score => score.Stage));
        Assert.Equal(2, result.Candidates.Single(passage => passage.Text == "b").Stage("second")!.Value.Rank);
    }

    [Fact]
    public async Task RetrieveAsync_Selectors_ChooseAmongWhatIsGoodEnough()
    {
        List<string[]> seen = [];
        PassageRetriever<int, Note> retriever = Retriever(null, options =>
        {
            options.MinimumVectorScore = 0.5;
            options.Selectors.Add(new FakeSelector(candidates =>
            {
                seen.Add([.. candidates.Select(candidate => candidate.Text)]);
                return [.. candidates.Skip(1)];
            }));
        });

        RetrievalResult<Note> result = await retriever.RetrieveAsync("query");

        Assert.Equal([["a", "b"]], seen);
        Assert.Equal(("b", 1), (Assert.Single(result.Passages).Text, result.Passages[0].Rank));
        Assert.Equal([2, 1, 3], result.Candidates.Select(passage => passage.Rank));
    }

    [Fact]
    public async Task RetrieveAsync_ThresholdsOfTheRequest_ReplaceTheDefaults()
    {
        PassageRetriever<int, Note> retriever = Retriever(null, options => options.MinimumVectorScore = 0.5, new FakeReranker(text => text == "a" ? -3 : 3));

        Assert.Equal(3, (await retriever.RetrieveAsync("query", new RetrievalOptions<Note> { MinimumVectorScore = 0.1 })).Passages.Count);
        Assert.Equal("b", Assert.Single((await retriever.RetrieveAsync("query", new RetrievalOptions<Note> { MinimumRerankerScore = 0.5 })).Passages).Text);
    }

    [Fact]
    public async Task RetrieveAsync_VectorScoreNotKnown_IsNotAboveAThreshold()
    {
        FakeGenerator own = new("own", (Notes[4], 7));

        Assert.DoesNotContain("e", (await Retriever(own, options => options.MinimumVectorScore = 0.1).RetrieveAsync("query")).Passages.Select(passage => passage.Text));
    }

    [Fact]
    public async Task RetrieveAsync_StageWithTooFewScores_IsNamed()
    {
        Mock<ICandidateReranker<Note>> reranker = new();
        reranker.SetupGet(stage => stage.Name).Returns("broken");
        reranker.Setup(stage => stage.ScoreAsync(It.IsAny<CandidateRequest<Note>>(), It.IsAny<IReadOnlyList<RetrievalCandidate<Note>>>(), It.IsAny<CancellationToken>())).ReturnsAsync([1]);

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Retriever(null, options => options.Rerankers.Add(reranker.Object)).RetrieveAsync("query"));

        Assert.Contains("'broken' gave 1 scores for 3 candidates", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_TwoStagesOfOneName_IsRefused() =>
        Assert.Contains("'vector'", Assert.Throws<ArgumentException>("options", () => Retriever(new FakeGenerator(RetrievalStage.Vector))).Message, StringComparison.Ordinal);

    [Fact]
    public void Options_WeightThatIsNone_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("KeywordWeight", () => new PassageRetrieverOptions<Note> { KeywordWeight = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("Reranked", () => new PassageRetrieverOptions<Note> { Reranked = 0 });
        Assert.Contains("'own'", Assert.Throws<ArgumentException>("options", () => Retriever(null, options => options.Weights["own"] = double.NaN)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RetrieveAsync_FilterRequired_RefusesARequestWithoutOne()
    {
        PassageRetriever<int, Note> retriever = Retriever(null, options => options.RequireFilter = true);

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => retriever.RetrieveAsync("query"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => ((IPassageRetriever)retriever).RetrieveAsync("query", new RetrievalOptions()));

        Assert.Contains("RequireFilter", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(3, (await retriever.RetrieveAsync("query", new RetrievalOptions<Note> { Filter = note => note.Id < 9 })).Passages.Count);
    }

    [Fact]
    public async Task RetrieveAsync_QueryBeyondTheLimit_IsTold()
    {
        Mock<IEmbeddingGenerator<string, Embedding<float>>> generator = new();
        Embedding<float> embedding = new(new float[] { 1, 0 }) { AdditionalProperties = new() { [EmbeddingPropertyNames.DroppedTokens] = 12L } };
        generator.Setup(inner => inner.GenerateAsync(It.IsAny<IEnumerable<string>>(), It.IsAny<EmbeddingGenerationOptions?>(), It.IsAny<CancellationToken>())).ReturnsAsync([embedding]);

        Assert.Equal(12, (await new PassageRetriever<int, Note>(Collection().Object, generator.Object, null, new() { Mapping = Note.Mapping }).RetrieveAsync("query")).DroppedQueryTokens);
    }

    [Fact]
    public async Task RetrieveAsync_StoreWithItsOwnHybridSearch_TakesItsRanks()
    {
        ScriptedCollection collection = Collection();
        Mock<IKeywordHybridSearchable<Note>> hybrid = new();
        ICollection<string>? words = null;
        hybrid.Setup(store => store.HybridSearchAsync(It.IsAny<ReadOnlyMemory<float>>(), It.IsAny<ICollection<string>>(), It.IsAny<int>(), It.IsAny<HybridSearchOptions<Note>?>(), It.IsAny<CancellationToken>()))
            .Callback((ReadOnlyMemory<float> _, ICollection<string> keywords, int _, HybridSearchOptions<Note>? _, CancellationToken _) => words = keywords)
            .Returns(new[] { new VectorSearchResult<Note>(Notes[1], 0.1), new VectorSearchResult<Note>(Notes[0], 77) }.ToAsyncEnumerable());
        collection.Setup(store => store.GetService(typeof(IKeywordHybridSearchable<Note>), null)).Returns(hybrid.Object);

        RetrievalResult<Note> result = await Retriever(collection, null, options => options.Definition = WithFullText, null).RetrieveAsync("What is C#-8's user_name?");

        Assert.Equal([("b", 1.0 / 61), ("a", 1.0 / 62)], result.Passages.Select(passage => (passage.Text, passage.Stage(RetrievalStage.Hybrid)!.Value.Score)));
        Assert.Equal(["What", "is", "C", "8's", "user_name"], words!);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RetrieveAsync_PassagesWithoutFullTextInAHybridStore_SearchesByVectorsAloneOnceTheDefinitionSaysSo(bool isSaid)
    {
        using FakeEmbeddingGenerator generator = new();
        Mock<IKeywordHybridSearchable<Passage>> hybrid = new();
        hybrid.Setup(store => store.HybridSearchAsync(It.IsAny<ReadOnlyMemory<float>>(), It.IsAny<ICollection<string>>(), It.IsAny<int>(), It.IsAny<HybridSearchOptions<Passage>?>(), It.IsAny<CancellationToken>()))
            .Throws(new InvalidOperationException("no full-text property"));
        Mock<VectorStoreCollection<string, Passage>> collection = new();
        collection.Setup(store => store.Name).Returns("passages");
        collection.Setup(store => store.CollectionExistsAsync(It.IsAny<CancellationToken>())).ReturnsAsync(true);
        collection.Setup(store => store.GetService(typeof(IKeywordHybridSearchable<Passage>), null)).Returns(hybrid.Object);
        collection.Setup(store => store.SearchAsync(It.IsAny<ReadOnlyMemory<float>>(), It.IsAny<int>(), It.IsAny<VectorSearchOptions<Passage>?>(), It.IsAny<CancellationToken>()))
            .Returns(new[] { new VectorSearchResult<Passage>(new Passage { Key = "k", Text = "text", Source = "s" }, 0.5) }.ToAsyncEnumerable());
        PassageRetriever<string, Passage> retriever = new(collection.Object, generator, null, new()
        {
            Definition = isSaid ? Passage.CreateDefinition<string>(32, new PassageDefinitionOptions { HasFullText = false }) : null,
        });

        if (isSaid)
        {
            Assert.Single((await retriever.RetrieveAsync("query")).Passages);
            return;
        }

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => retriever.RetrieveAsync("query"));
        Assert.Contains("'passages' failed: no full-text property", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Definition", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("UseKeywords = false", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RetrieveAsync_KeywordsRequiredOfAStoreWithout_NamesTheFix()
    {
        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Retriever(null, options => options.UseKeywords = true).RetrieveAsync("query"));

        Assert.Contains("UseKeywords", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RetrieveAsync_RecordWithoutFullText_NamesTheLineToAdd()
    {
        using LocalVectorStore store = new();
        using FakeEmbeddingGenerator generator = new();
        using VectorStoreCollection<int, Note> collection = store.GetCollection<int, Note>("notes");
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(new Note { Id = 1, Body = "text", Vector = generator.Vector("text") });

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => new PassageRetriever<int, Note>(collection, generator, null, new() { Mapping = Note.Mapping }).RetrieveAsync("text"));
        Assert.Contains("[VectorStoreData(IsFullTextIndexed = true)]", refusal.Message, StringComparison.Ordinal);

        Assert.Single((await new PassageRetriever<int, Note>(collection, generator, null, new() { Mapping = Note.Mapping, UseKeywords = false }).RetrieveAsync("text")).Passages);
    }

    private static ScriptedCollection Collection() => new(("a", 0.9), ("b", 0.8), ("c", 0.3));

    private static PassageRetriever<int, Note> Retriever(FakeGenerator? own, Action<PassageRetrieverOptions<Note>>? configure = null, FakeReranker? reranker = null) =>
        Retriever(Collection(), own, configure, reranker);

    private static PassageRetriever<int, Note> Retriever(
        ScriptedCollection collection, FakeGenerator? own, Action<PassageRetrieverOptions<Note>>? configure, FakeReranker? reranker)
    {
        PassageRetrieverOptions<Note> options = new() { Mapping = Note.Mapping };
        if (own is not null)
        {
            options.Generators.Add(own);
        }

        configure?.Invoke(options);
        return new PassageRetriever<int, Note>(collection.Object, new FakeEmbeddingGenerator(), reranker, options);
    }

    private static void AssertScores(double[] expected, IEnumerable<RetrievedPassage> passages) =>
        AssertNumbers.Close(expected, [.. passages.Select(passage => passage.Score)], 1e-6);
}
