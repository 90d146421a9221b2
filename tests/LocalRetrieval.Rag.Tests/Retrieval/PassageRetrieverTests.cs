using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Retrieval;

public sealed class PassageRetrieverTests
{
    private static readonly (string, double?)[] Four = [("a", 0.9), ("b", 0.8), ("c", 0.3), ("d", 0.1)];

    [Fact]
    public async Task RetrieveAsync_StandardScores_OrdersByTheirSum()
    {
        Dictionary<string, float> logits = new() { ["a"] = -5, ["b"] = 2, ["c"] = 3, ["d"] = -6 };
        ScriptedCollection collection = new(Four);

        RetrievalResult<Note> result = await Retriever(collection, text => logits[text]).RetrieveAsync("query");

        Assert.Equal(["b", "c", "a", "d"], result.Passages.Select(passage => passage.Text));
        AssertScores([1.6904217441515887, 0.44362102782613383, 0.2529094970034446, -2.386952268981167], result.Passages);
        Assert.Equal([1, 2, 3, 4], result.Passages.Select(passage => passage.Rank));
        Assert.Equal(
            [
                new() { Stage = RetrievalStage.Vector, Score = 0.3, Rank = 3 },
                new StageScore { Stage = RetrievalStage.Reranker, Score = 3, Rank = 1 },
            ],
            result.Passages[1].Stages);
        Assert.Equal(["a", "b", "c", "d"], result.Candidates.Select(passage => passage.Text));
        Assert.Equal(["embed", RetrievalStage.Vector, RetrievalStage.Reranker, "selection"], result.Timings.Select(timing => timing.Stage));
        Assert.Equal(("1", "notes"), (result.Passages[0].Key, result.Passages[0].Source));
    }

    [Fact]
    public async Task RetrieveAsync_RisingScores_AreDistances()
    {
        ScriptedCollection collection = new(("a", 0.1), ("b", 0.5), ("c", 2.0));

        RetrievalResult<Note> result = await Retriever(collection, text => text == "a" ? 1 : 0).RetrieveAsync("query");

        Assert.Equal(["a", "b", "c"], result.Passages.Select(passage => passage.Text));
        Assert.Equal([-0.1, -0.5, -2.0], result.Passages.Select(passage => passage.Stage(RetrievalStage.Vector)!.Value.Score));
    }

    [Theory]
    [InlineData(DistanceFunction.EuclideanDistance, -0.4)]
    [InlineData(DistanceFunction.CosineDistance, -0.4)]
    [InlineData(DistanceFunction.CosineSimilarity, 0.4)]
    [InlineData(DistanceFunction.DotProductSimilarity, 0.4)]
    [InlineData("FunctionOfAStore", 0.4)]
    [InlineData(null, 0.4)]
    public async Task RetrieveAsync_OneHitOrEqualHits_AreReadByTheDistanceFunction(string? function, double score)
    {
        foreach (int hits in (int[])[1, 3])
        {
            ScriptedCollection collection = new([.. Enumerable.Repeat(("a", (double?)0.4), hits)]);

            RetrievalResult<Note> result = await Retriever(collection, configure: options => options.Definition = Definition(("Vector", function))).RetrieveAsync("query");

            Assert.Equal(Enumerable.Repeat(score, hits), result.Candidates.Select(passage => passage.Stage(RetrievalStage.Vector)!.Value.Score));
        }
    }

    [Fact]
    public async Task RetrieveAsync_SeveralVectors_TakesTheFunctionOfTheSearchedOne()
    {
        ScriptedCollection collection = new(("a", 0.4));
        void Configure(PassageRetrieverOptions<Note> options)
        {
            options.Definition = Definition(("Other", DistanceFunction.CosineSimilarity), ("Vector", DistanceFunction.ManhattanDistance));
            options.VectorProperty = note => note.Vector;
        }

        Assert.Equal(-0.4, (await Retriever(collection, configure: Configure).RetrieveAsync("query")).Passages[0].Score);
    }

    [Fact]
    public async Task RetrieveAsync_AttributedRecord_TakesItsFunction()
    {
        using LocalVectorStore store = new();
        using FakeEmbeddingGenerator generator = new();
        using VectorStoreCollection<int, DistantNote> collection = store.GetCollection<int, DistantNote>("distant");
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(new DistantNote { Id = 1, Vector = generator.Vector("far away") });
        PassageRetriever<int, DistantNote> retriever = new(
            collection, generator, null, new() { Mapping = new() { Key = note => $"{note.Id}", Text = _ => "text" }, UseKeywords = false });

        Assert.True((await retriever.RetrieveAsync("query")).Passages[0].Score < 0);
    }

    [Fact]
    public async Task RetrieveAsync_NoStoreScores_UsesTheStoresOrder()
    {
        ScriptedCollection collection = new(("a", null), ("b", null), ("c", null));

        RetrievalResult<Note> result = await Retriever(collection).RetrieveAsync("query");

        Assert.Equal(["a", "b", "c"], result.Passages.Select(passage => passage.Text));
        Assert.Equal([1, 2, 3], result.Passages.Select(passage => passage.Stage(RetrievalStage.Vector)!.Value.Rank));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(RetrievalStage.Reranker)]
    public async Task RetrieveAsync_TwoCandidates_TheRerankerDecides(string? orderStage)
    {
        ScriptedCollection collection = new(("a", 0.9), ("b", 0.1));

        RetrievalResult<Note> result = await Retriever(collection, text => text == "b" ? 0.2f : 0.1f, options => options.OrderStage = orderStage).RetrieveAsync("query");

        Assert.Equal(["b", "a"], result.Passages.Select(passage => passage.Text));
        Assert.Equal(0.2f, result.Passages[0].Score);
    }

    [Fact]
    public async Task RetrieveAsync_VectorWithoutSpread_TheRerankerDecides()
    {
        ScriptedCollection collection = new(("a", 0.5), ("b", 0.5), ("c", 0.5));

        RetrievalResult<Note> result = await Retriever(collection, text => text[0]).RetrieveAsync("query");

        Assert.Equal(["c", "b", "a"], result.Passages.Select(passage => passage.Text));
    }

    [Fact]
    public async Task RetrieveAsync_RerankerWithoutSpread_KeepsTheVectorsOrder()
    {
        ScriptedCollection collection = new(Four);

        RetrievalResult<Note> result = await Retriever(collection, _ => 1).RetrieveAsync("query");

        Assert.Equal(["a", "b", "c", "d"], result.Passages.Select(passage => passage.Text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(RetrievalStage.Vector)]
    public async Task RetrieveAsync_OneVectorScoreIsNaN_CountsAsTheWorst(string? orderStage)
    {
        (string, double?)[] hits = [.. Enumerable.Range(0, 20).Select(index => ($"{(char)('a' + index)}", (double?)(index == 7 ? double.NaN : 1 - (index * 0.01))))];
        ScriptedCollection collection = new(hits);

        RetrievalResult<Note> result = await Retriever(collection, text => -text[0], options => (options.OrderStage, options.Top) = (orderStage, 20)).RetrieveAsync("query");

        // The NaN of "h" counts as 0.81, the least score.
        Assert.Equal(
            orderStage is not null ? "abcdefgijklmnopqrsth" : "abcdefgijklmhnopqrst", string.Concat(result.Passages.Select(passage => passage.Text)));
        if (orderStage is null)
        {
            AssertScores(
                [
                    3.305922948930119, 2.9683015484080384, 2.630680147885958, 2.2930587473638773, 1.955437346841797, 1.6178159463197164, 1.2801945457976358,
                    -1.0278197341315234, 0.6049517447534748, 0.2673303442313942, -0.07029105629068634, -0.4079124568127669, -0.7455338573348474, -1.083155257856928,
                    -1.4207766583790085, -1.758398058901089, -2.09601945942317, -2.43364085994525, -2.771262260467331, -3.1088836609894113,
                ],
                result.Candidates);
        }
    }

    [Fact]
    public async Task RetrieveAsync_NaNBelowAThreshold_IsDropped()
    {
        ScriptedCollection collection = new(("a", 0.5), ("b", double.NaN));

        Assert.Equal("a", Assert.Single((await Retriever(collection, configure: options => options.MinimumVectorScore = 0.1).RetrieveAsync("query")).Passages).Text);
    }

    [Fact]
    public async Task RetrieveAsync_RerankerBudgetOver_UnscoredCountAsTheWorst()
    {
        ScriptedCollection collection = new(Four);
        FakeReranker reranker = new(text => text is "a" or "d" ? float.NaN : text == "b" ? 1 : 2);

        RetrievalResult<Note> result = await Retriever(collection, reranker, options => options.RerankingBudget = TimeSpan.FromSeconds(1)).RetrieveAsync("query");

        AssertScores([0.543802369938278, 0.2448283328375037, 1.059359224092135, -1.8479899268679167], result.Candidates);
        Assert.Single(result.Candidates[0].Stages);
        Assert.Equal(TimeSpan.FromSeconds(1), reranker.LastOptions!.Budget);
    }

    [Fact]
    public async Task RetrieveAsync_GeneratorGivesNull_SaysWhichGenerator()
    {
        ScriptedCollection collection = new(Four);
        using NullGenerator generator = new(hasItem: true);
        PassageRetriever<int, Note> retriever = new(collection.Object, generator, null, new() { Mapping = Note.Mapping });

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => retriever.RetrieveAsync("query"));

        Assert.Contains("NullGenerator gave null as the embedding at index 0", refusal.Message, StringComparison.Ordinal);
    }

    public static TheoryData<RerankedDocument[]?, string> BrokenResults => new()
    {
        { null, "null instead of a result" },
        { [], "0 scores" },
        { [new(0, 1), new(1, 1)], "2 scores" },
        { [new(0, 1), new(4, 1)], "the index 4" },
        { [new(-1, 1)], "the index -1" },
        { [new(2, 1), new(2, 1)], "the index 2 twice" },
        { [new(3, float.NaN)], "the score NaN at index 3" },
        { [new(0, 1) { Logit = float.NaN }], "the logit NaN at index 0" },
    };

    [Theory]
    [MemberData(nameof(BrokenResults))]
    public async Task RetrieveAsync_BrokenReranker_IsNamedWithWhatItGave(RerankedDocument[]? given, string fault)
    {
        ScriptedCollection collection = new(Four);
        FakeReranker reranker = new() { Gives = _ => given is null ? null! : new RerankingResult(given) };

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Retriever(collection, reranker).RetrieveAsync("query"));

        Assert.StartsWith($"FakeReranker gave {fault}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("for 4 documents", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RetrieveAsync_PartOfTheDocumentsWithinABudget_OthersAreUnscored()
    {
        ScriptedCollection collection = new(Four);
        FakeReranker reranker = new() { Gives = _ => new RerankingResult([new RerankedDocument(1, 0.5f)]) };

        RetrievalResult<Note> result = await Retriever(collection, reranker, options => options.RerankingBudget = TimeSpan.FromSeconds(1)).RetrieveAsync("query");

        Assert.Equal([1, 2, 1, 1], result.Candidates.Select(passage => passage.Stages.Count));
    }

    [Fact]
    public void Options_ThresholdIsNaN_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("MinimumVectorScore", () => new PassageRetrieverOptions<Note> { MinimumVectorScore = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>("MinimumRerankerScore", () => new PassageRetrieverOptions<Note> { MinimumRerankerScore = double.NaN });
        Assert.Equal(double.NegativeInfinity, new PassageRetrieverOptions<Note> { MinimumVectorScore = double.NegativeInfinity }.MinimumVectorScore);
    }

    [Fact]
    public async Task RetrieveAsync_RerankerWithoutLogits_BlendsItsScores()
    {
        ScriptedCollection collection = new(Four);
        Dictionary<string, float> logits = new() { ["a"] = -1, ["b"] = 0, ["c"] = 6, ["d"] = 8 };
        FakeReranker reranker = new(text => logits[text], hasLogits: false);

        RetrievalResult<Note> result = await Retriever(collection, reranker).RetrieveAsync("query");

        // The sigmoids of the logits, which the reranker gives in single precision.
        Assert.All(
            result.Candidates.Zip([0.2689414213699951, 0.5, 0.9975273768433653, 0.9996646498695336]),
            pair => Assert.Equal(pair.Second, pair.First.Stage(RetrievalStage.Reranker)!.Value.Score, 1e-6));
        AssertScores([-0.20882151013837566, 0.21938805172432052, 0.29032752390806266, -0.30089406549400755], result.Candidates, 1e-6);
        Assert.Equal("cbad", string.Concat(result.Passages.Select(passage => passage.Text)));
    }

    [Fact]
    public async Task RetrieveAsync_VectorOrder_DoesNotAskTheReranker()
    {
        ScriptedCollection collection = new(Four);
        FakeReranker reranker = new(text => text[0]);
        PassageRetriever<int, Note> retriever = Retriever(collection, reranker, options => options.OrderStage = RetrievalStage.Vector);

        RetrievalResult<Note> result = await retriever.RetrieveAsync("query");
        Assert.Empty(reranker.Requests);
        Assert.Equal("a", result.Passages[0].Text);

        result = await retriever.RetrieveAsync("query", new RetrievalOptions<Note> { Rerank = true });
        Assert.Equal("a", result.Passages[0].Text);
        Assert.Equal(4, result.Passages[0].Stage(RetrievalStage.Reranker)!.Value.Rank);
    }

    [Fact]
    public async Task RetrieveAsync_Thresholds_DropPassagesNotCandidates()
    {
        ScriptedCollection collection = new(Four);

        RetrievalResult<Note> result = await Retriever(
            collection, text => text == "b" ? -3 : 3, options => (options.MinimumVectorScore, options.MinimumRerankerScore) = (0.2, 0.5)).RetrieveAsync("query");

        Assert.Equal(["a", "c"], result.Passages.Select(passage => passage.Text));
        Assert.Equal(4, result.Candidates.Count);
        Assert.Equal([1, 2, 3, 4], result.Candidates.Select(passage => passage.Rank).Order());
    }

    [Fact]
    public async Task RetrieveAsync_Request_OverridesTheDefaults()
    {
        ScriptedCollection collection = new(Four);
        FakeReranker reranker = new(text => text[0]);
        IPassageRetriever retriever = Retriever(collection, reranker, options => options.Candidates = 2);

        Assert.Equal(2, (await retriever.RetrieveAsync("query", new RetrievalOptions { Top = 1 })).Candidates.Count);
        Assert.Equal(3, (await retriever.RetrieveAsync("query", new RetrievalOptions { Top = 1, Candidates = 3 })).Candidates.Count);
        Assert.Equal(4, (await retriever.RetrieveAsync("query", new RetrievalOptions { Top = 4, Candidates = 1 })).Passages.Count);
        Assert.Equal(3, reranker.Requests.Count);
        Assert.Equal("a", (await retriever.RetrieveAsync("query", new RetrievalOptions { Rerank = false })).Passages[0].Text);
        Assert.Equal(3, reranker.Requests.Count);
    }

    [Fact]
    public async Task RetrieveAsync_OptionsOfAnotherRecord_Throw()
    {
        ScriptedCollection collection = new(Four);
        IPassageRetriever retriever = Retriever(collection);
        RetrievalOptions<Passage> options = new() { Filter = passage => passage.Source == "a" };

        ArgumentException exception = await Assert.ThrowsAsync<ArgumentException>(() => retriever.RetrieveAsync("query", options));

        Assert.Contains("RetrievalOptions<Passage>", exception.Message, StringComparison.Ordinal);
        Assert.Contains("RetrievalOptions<Note>", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => retriever.RetrieveAsync("query", new TenantOptions { Tenant = "a" }));
    }

    [Fact]
    public async Task RetrieveAsync_OptionsDerivedFromTheRecords_AreRefusedUntilTheyAreBaseOptions()
    {
        ScriptedCollection collection = new(("a", 0.9));
        PassageRetriever<int, Note> retriever = Retriever(collection);
        LanguageOptions options = new() { Language = "de" };

        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(() => retriever.RetrieveAsync("query", options));
        await Assert.ThrowsAsync<ArgumentException>(() => ((IPassageRetriever)retriever).RetrieveAsync("query", options));

        Assert.Contains("LanguageOptions", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("ToBaseOptions", refusal.Message, StringComparison.Ordinal);
        Assert.Single((await retriever.RetrieveAsync("query", options.ToBaseOptions())).Passages);
    }

    [Fact]
    public async Task RetrieveAsync_RerankWithoutReranker_NamesTheFix()
    {
        ScriptedCollection collection = new(Four);

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Retriever(collection).RetrieveAsync("query", new RetrievalOptions<Note> { Rerank = true }));

        Assert.Contains("ITextReranker", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RetrieveAsync_NoHits_IsEmpty()
    {
        ScriptedCollection collection = new();
        FakeReranker reranker = new(_ => 1);

        RetrievalResult<Note> result = await Retriever(collection, reranker).RetrieveAsync("query");

        Assert.Empty(result.Passages);
        Assert.Empty(reranker.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RetrieveAsync_MissingCollection_NamesItAndTheFix(bool storeThrows)
    {
        ScriptedCollection collection = new() { Exists = false, Failure = storeThrows ? new IOException("raw") : null };

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Retriever(collection).RetrieveAsync("query"));

        Assert.Contains("'scripted'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("IndexAsync", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RetrieveAsync_OtherStoreFailure_IsThrownAsItIs()
    {
        ScriptedCollection collection = new() { Failure = new IOException("raw") };

        await Assert.ThrowsAsync<IOException>(() => Retriever(collection).RetrieveAsync("query"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n")]
    public async Task RetrieveAsync_BlankQuery_Throws(string? query)
    {
        ScriptedCollection collection = new(Four);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => Retriever(collection).RetrieveAsync(query!));
    }

    [Fact]
    public async Task RetrieveAsync_Cancelled_Throws()
    {
        ScriptedCollection collection = new(Four);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Retriever(collection, _ => 1).RetrieveAsync("query", null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void GetService_Parts_AreFound()
    {
        ScriptedCollection collection = new(Four);
        PassageRetriever<int, Note> retriever = Retriever(collection, _ => 1);

        Assert.Same(retriever, retriever.GetService<IPassageRetriever>());
        Assert.NotNull(retriever.GetService<ITextReranker>());
        Assert.NotNull(retriever.GetService<ITokenCounter>());
        Assert.NotNull(retriever.GetService<IEmbeddingGenerator<string, Embedding<float>>>());
        Assert.Null(retriever.GetService<IPassageRetriever>("key"));
        Assert.Null(retriever.GetService<Note>());
    }

    [Fact]
    public void GetService_TokenCounter_IsTheGenerators()
    {
        WordTokenCounter counter = new();
        using FakeEmbeddingGenerator generator = new(counter: counter);
        ScriptedCollection collection = new();
        FakeReranker reranker = new(_ => 1);
        PassageRetriever<int, Note> retriever = new(collection.Object, generator, reranker, new PassageRetrieverOptions<Note> { Mapping = Note.Mapping });

        Assert.Same(counter, retriever.GetService<ITokenCounter>());
        Assert.Same(reranker, retriever.GetService<ITextReranker>());
        Assert.Same(reranker, retriever.GetService<FakeReranker>());
    }

    [Fact]
    public void Constructor_OtherRecordWithoutMapping_NamesTheFix()
    {
        ScriptedCollection collection = new();
        using FakeEmbeddingGenerator generator = new();

        Assert.Contains("Mapping", Assert.Throws<ArgumentException>(() => new PassageRetriever<int, Note>(collection.Object, generator)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Vector", false)]
    [InlineData("typo", false)]
    [InlineData("typo", true)]
    public async Task RetrieveAsync_StageThatThereIsNot_IsRefusedByName(string name, bool isWeight)
    {
        PassageRetriever<int, Note> retriever = Retriever(new ScriptedCollection(Four), configure: options =>
        {
            options.OrderStage = isWeight ? null : name;
            if (isWeight)
            {
                options.Weights[name] = 2;
            }
        });

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => retriever.RetrieveAsync("query"));

        Assert.Contains($"'{name}', and the stages are vector", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RetrieveAsync_WhatNeedsARerankerWithoutOne_IsRefusedByName()
    {
        PassageRetriever<int, Note> without = Retriever(new ScriptedCollection(Four));
        PassageRetriever<int, Note> ordered = Retriever(new ScriptedCollection(Four), _ => 1, options => options.OrderStage = RetrievalStage.Reranker);

        Assert.Contains("MinimumRerankerScore needs the reranker", await RefusalAsync(without, new() { MinimumRerankerScore = 0.5 }), StringComparison.Ordinal);
        Assert.Contains("OrderStage 'reranker' needs the reranker", await RefusalAsync(ordered, new() { Rerank = false }), StringComparison.Ordinal);

        static async Task<string> RefusalAsync(PassageRetriever<int, Note> retriever, RetrievalOptions<Note> options) =>
            (await Assert.ThrowsAsync<InvalidOperationException>(() => retriever.RetrieveAsync("query", options))).Message;
    }

    [Fact]
    public async Task RetrieveAsync_MinimumRerankerScore_LeavesOutWhatWasNotRead()
    {
        PassageRetriever<int, Note> retriever = Retriever(new ScriptedCollection(Four), _ => -9, options => options.Reranked = 2);

        RetrievalResult<Note> result = await retriever.RetrieveAsync("query", new RetrievalOptions<Note> { MinimumRerankerScore = 0.5, Top = 1 });

        Assert.Empty(result.Passages);
        Assert.Equal(2, result.Candidates.Count(candidate => candidate.Omission!.StartsWith("the reranker did not read it", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task RetrieveAsync_MinimumVectorScoreWithoutVectors_IsRefusedByName()
    {
        PassageRetriever<int, Note> retriever = Retriever(new ScriptedCollection(Four), configure: options =>
        {
            options.OrderStage = "own";
            options.Generators.Add(new FakeGenerator("own"));
        });

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => retriever.RetrieveAsync("query", new() { MinimumVectorScore = 0 }));

        Assert.Contains("MinimumVectorScore needs the vector search", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RetrieveAsync_GeneratorThatPaysNoHeedToTheFilter_IsHeldToIt()
    {
        FakeGenerator careless = new("own", (new Note { Id = 7, Body = "hidden" }, 9), (new Note { Id = 8, Body = "seen" }, 8));
        PassageRetriever<int, Note> retriever = Retriever(new ScriptedCollection(Four), configure: options => options.Generators.Add(careless));

        RetrievalResult<Note> result = await retriever.RetrieveAsync("query", new RetrievalOptions<Note> { Filter = note => note.Id != 7, Top = 9 });

        Assert.Contains(result.Passages, passage => passage.Text == "seen");
        Assert.DoesNotContain(result.Candidates, passage => passage.Text == "hidden");
    }

    [Fact]
    public async Task RetrieveAsync_ScoresBeyondAllMeasure_StillOrder()
    {
        PassageRetriever<int, Note> retriever = Retriever(new ScriptedCollection(("a", double.MaxValue), ("b", 1), ("c", -double.MaxValue)));

        RetrievalResult<Note> result = await retriever.RetrieveAsync("query");

        Assert.Equal(["a", "b", "c"], result.Passages.Select(passage => passage.Text));
        Assert.All(result.Passages, passage => Assert.True(double.IsFinite(passage.Score)));
    }

    [Fact]
    public async Task RetrieveAsync_HalfAnEmojiInTheQuery_IsReplaced()
    {
        FakeEmbeddingGenerator generator = new();
        PassageRetriever<int, Note> retriever = new(new ScriptedCollection(Four).Object, generator, options: new PassageRetrieverOptions<Note> { Mapping = Note.Mapping });

        RetrievalResult<Note> result = await retriever.RetrieveAsync("oil \uD83D");

        Assert.Equal("oil \uD83D", result.Query);
        Assert.NotEmpty(result.Passages);
        Assert.Equal(["oil \uFFFD"], generator.Embedded.Select(embedded => embedded.Text));
    }

    [Fact]
    public void Constructor_WeightsBothZero_IsRefused()
    {
        ScriptedCollection collection = new(Four);

        Assert.Contains(
            "no stage weighs",
            Assert.Throws<ArgumentException>("options", () => Retriever(collection, configure: options => (options.VectorWeight, options.KeywordWeight, options.RerankerWeight) = (0, 0, 0))).Message,
            StringComparison.Ordinal);
    }

    private static PassageRetriever<int, Note> Retriever(
        ScriptedCollection collection, Func<string, float> logit, Action<PassageRetrieverOptions<Note>>? configure = null) =>
        Retriever(collection, new FakeReranker(logit), configure);

    private static PassageRetriever<int, Note> Retriever(
        ScriptedCollection collection, FakeReranker? reranker = null, Action<PassageRetrieverOptions<Note>>? configure = null)
    {
        PassageRetrieverOptions<Note> options = new() { Mapping = Note.Mapping };
        configure?.Invoke(options);
        return new PassageRetriever<int, Note>(collection.Object, new FakeEmbeddingGenerator(), reranker, options);
    }

    private static VectorStoreCollectionDefinition Definition(params (string Name, string? Function)[] vectors) => new()
    {
        Properties =
        [
            new VectorStoreKeyProperty("Id", typeof(int)),
            .. vectors.Select(vector => new VectorStoreVectorProperty(vector.Name, typeof(ReadOnlyMemory<float>), 32) { DistanceFunction = vector.Function }),
        ],
    };

    private sealed class DistantNote
    {
        [VectorStoreKey]
        public int Id { get; set; }

        [VectorStoreVector(32, DistanceFunction = DistanceFunction.EuclideanDistance)]
        public ReadOnlyMemory<float> Vector { get; set; }
    }

    /// <summary>Expected scores are from Python's decimal with 40 digits: of each stage (x - mean) / population deviation, added up.</summary>
    private static void AssertScores(double[] expected, IReadOnlyList<RetrievedPassage> passages, double tolerance = 1e-12)
    {
        Assert.Equal(expected.Length, passages.Count);
        Assert.All(passages.Zip(expected), pair => Assert.Equal(pair.Second, pair.First.Score, tolerance));
    }

    private sealed class TenantOptions : RetrievalOptions
    {
        public string? Tenant { get; init; }
    }

    private sealed class LanguageOptions : RetrievalOptions<Note>
    {
        public string? Language { get; init; }
    }
}
