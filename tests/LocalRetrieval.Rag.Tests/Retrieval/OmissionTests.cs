using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Retrieval;

/// <summary>What the candidates of a result say of themselves: why they were not returned, and what their scores are made of.</summary>
public sealed class OmissionTests
{
    [Fact]
    public async Task RetrieveAsync_BelowTheThresholds_SaysTheFigures()
    {
        RetrievalOptions<Note> options = new() { MinimumVectorScore = 0.5, MinimumRerankerScore = 0.6 };

        RetrievalResult<Note> result = await Retriever(null, new FakeReranker(text => text == "a" ? -3 : 3)).RetrieveAsync("query", options);

        Assert.Equal("its reranker score, after the model's activation, 0.0474 is below MinimumRerankerScore, 0.6", Omission(result, "a"));
        Assert.Equal("its vector score 0.3 is below MinimumVectorScore, 0.5", Omission(result, "c"));
        Assert.Null(Omission(result, "b"));
        Assert.Null(Assert.Single(result.Passages).Omission);
    }

    [Fact]
    public async Task RetrieveAsync_ScoreNotKnown_SaysSo()
    {
        PassageRetriever<int, Note> retriever = Retriever(options =>
        {
            options.MinimumVectorScore = 0.1;
            options.Generators.Add(new FakeGenerator("own", (new Note { Id = 7, Body = "e" }, 7)));
        });

        Assert.Equal("its vector score is not known, and MinimumVectorScore is 0.1", Omission(await retriever.RetrieveAsync("query"), "e"));
    }

    [Fact]
    public async Task RetrieveAsync_DroppedBySelection_GivesTheSelectorsReasonOrItsName()
    {
        PassageRetriever<int, Note> retriever = Retriever(options => options.Selectors.Add(new FakeSelector(candidates =>
        {
            candidates[0].Omit("is far too good");
            candidates[1].Omit("is kept all the same");
            return [candidates[1]];
        })));

        RetrievalResult<Note> result = await retriever.RetrieveAsync("query");

        Assert.Equal("is far too good", Omission(result, "a"));
        Assert.Null(Omission(result, "b"));
        Assert.Equal("dropped by FakeSelector", Omission(result, "c"));
    }

    [Fact]
    public async Task RetrieveAsync_BeyondTop_SaysThePlaceAndWhetherItWasReranked()
    {
        RetrievalOptions<Note> options = new() { Top = 1 };

        RetrievalResult<Note> plain = await Retriever(null).RetrieveAsync("query", options);
        RetrievalResult<Note> reranked = await Retriever(settings => settings.Reranked = 2, new FakeReranker(text => -text[0])).RetrieveAsync("query", options);

        Assert.Equal([null, "its place is 2, beyond Top, 1", "its place is 3, beyond Top, 1"], plain.Candidates.Select(passage => passage.Omission));
        Assert.Equal([null, "its place is 2, beyond Top, 1", "its place is 3, beyond Top, 1, and 'reranker' did not read it"], reranked.Candidates.Select(passage => passage.Omission));
    }

    [Theory]
    [InlineData(FinalOrder.StandardScores, null, 1.1001778)]
    [InlineData(FinalOrder.ReciprocalRanks, null, (1 / 62.0) + (0.5 / 62))]
    [InlineData(FinalOrder.StandardScores, "own", 5)]
    public async Task RetrieveAsync_AnyOrder_ContributionsAddUpToTheScore(FinalOrder order, string? orderStage, double score)
    {
        FakeGenerator own = new("own", (new Note { Id = 4, Body = "e" }, 7), (new Note { Id = 1, Body = "b" }, 5)) { Others = note => note.Id == 0 ? 1 : null };
        RetrievalResult<Note> result = await Retriever(options =>
        {
            options.Generators.Add(own);
            options.Weights["own"] = 0.5;
            (options.Order, options.OrderStage) = (order, orderStage);
        }).RetrieveAsync("query");

        Assert.All(result.Candidates, passage => Assert.Equal(passage.Score, passage.Contributions.Sum(contribution => contribution.Value)));
        AssertNumbers.Close([score], [result.Passages.Single(passage => passage.Text == "b").Score], 1e-6);
    }

    [Fact]
    public async Task RetrieveAsync_StandardScores_ContributionIsWeightTimesStandard()
    {
        FakeGenerator own = new("own", (new Note { Id = 4, Body = "e" }, 7), (new Note { Id = 1, Body = "b" }, 5)) { Others = note => note.Id == 0 ? 1 : null };
        RetrievalResult<Note> result = await Retriever(options =>
        {
            options.Generators.Add(own);
            options.Weights["own"] = 0.5;
        }).RetrieveAsync("query");

        // By hand: z of [.8, .9, .3, .3] and of [5, 1, 7, 1], population deviation; nothing gave "e" a vector score, nor "c" one of its own.
        Assert.Equal([(RetrievalStage.Vector, 1), ("own", 0.5)], result.Candidates[0].Contributions.Select(contribution => (contribution.Stage, contribution.Weight)));
        AssertNumbers.Close([0.8115027, 0.5773503], [.. result.Candidates[0].Contributions.Select(contribution => contribution.Standard!.Value)], 1e-6);
        AssertNumbers.Close([-0.9918369, 0.6735753], [.. result.Candidates[2].Contributions.Select(contribution => contribution.Value)], 1e-6);
        Assert.Single(result.Candidates[2].Stages);
    }

    [Fact]
    public async Task RetrieveAsync_TooFewForStandardScores_TheDecidingStageIsTheWholeScore()
    {
        RetrievalResult<Note> result = await Retriever(null, new FakeReranker(text => text[0])).RetrieveAsync("query", new RetrievalOptions<Note> { Candidates = 2, Top = 2 });

        Assert.Equal(new StageContribution { Stage = RetrievalStage.Reranker, Weight = 1, Value = 'b' }, Assert.Single(result.Passages[0].Contributions));
    }

    private static string? Omission(RetrievalResult result, string text) => result.Candidates.Single(passage => passage.Text == text).Omission;

    private static PassageRetriever<int, Note> Retriever(Action<PassageRetrieverOptions<Note>>? configure, FakeReranker? reranker = null)
    {
        PassageRetrieverOptions<Note> options = new() { Mapping = Note.Mapping };
        configure?.Invoke(options);
        return new PassageRetriever<int, Note>(new ScriptedCollection(("a", 0.9), ("b", 0.8), ("c", 0.3)).Object, new FakeEmbeddingGenerator(), reranker, options);
    }
}
