using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;
using Moq;

namespace LocalRetrieval.Rag.Tests.Retrieval;

/// <summary>Late interaction over stored vectors: who finds, who orders, and what runs through a model.</summary>
public sealed class MaxSimStagesTests : IDisposable
{
    private readonly LocalVectorStore _store = new();
    private readonly FakeTokenGenerator _tokens = new();

    public void Dispose()
    {
        _store.Dispose();
        _tokens.Dispose();
    }

    [Fact]
    public async Task RetrieveAsync_MaxSimStage_OrdersCandidatesByStoredVectorsAndEmbedsTheQueryAlone()
    {
        var notes = await FillAsync("red green", "red blue", "yellow");
        var retriever = Retriever(notes, options =>
        {
            options.Rerankers.Add(new MaxSimStage<int, TokenNote>(notes, _tokens, note => note.Tokens));
            options.OrderStage = RetrievalStage.MaxSim;
        });

        RetrievalResult<TokenNote> result = await retriever.RetrieveAsync("blue rose");

        Assert.Equal(["red blue", "red green"], result.Passages.Take(2).Select(passage => passage.Text));
        Assert.Equal([2, 1, 0], result.Passages.Select(passage => Math.Round(passage.Stage(RetrievalStage.MaxSim)!.Value.Score, 3)));
        (string? role, string[] texts) = Assert.Single(_tokens.Calls);
        Assert.Equal("query", role);
        Assert.Equal(["blue rose"], texts);
    }

    [Fact]
    public async Task RetrieveAsync_MaxSimGenerator_FindsWhatVectorsAndWordsDoNot()
    {
        var notes = await FillAsync([.. Enumerable.Range(0, 20).Select(i => $"x{i} y"), "zebra"]);
        var retriever = Retriever(notes, options =>
        {
            options.Candidates = 3;
            options.Generators.Add(new MaxSimGenerator<int, TokenNote>(notes, _tokens, note => note.Tokens));
        });

        RetrievalResult<TokenNote> result = await retriever.RetrieveAsync("zoo", new RetrievalOptions<TokenNote> { Top = 30 });

        RetrievedPassage<TokenNote> found = result.Passages.Single(passage => passage.Text == "zebra");
        Assert.Equal((1, 1), (found.Stage(RetrievalStage.MaxSim)!.Value.Rank, Math.Round(found.Stage(RetrievalStage.MaxSim)!.Value.Score, 3)));

        // What the vectors found is scored as well.
        Assert.All(result.Candidates, candidate => Assert.NotNull(candidate.Stage(RetrievalStage.MaxSim)));
        Assert.Single(_tokens.Calls);
    }

    [Fact]
    public async Task RetrieveAsync_MaxSimGeneratorsOverTwoCollections_EmbedTheQueryOnce()
    {
        var notes = await FillAsync("red green", "yellow");
        var others = await FillIntoAsync("others", "blue rose", "white");
        PassageRetrieverOptions<TokenNote> options = Options();
        options.Generators.Add(new MaxSimGenerator<int, TokenNote>(notes, _tokens, note => note.Tokens));
        options.Generators.Add(new MaxSimGenerator<int, TokenNote>(others, _tokens, note => note.Tokens));

        RetrievalResult<TokenNote> result = await new PassageRetriever<int, TokenNote>([notes, others], new FakeEmbeddingGenerator(2), reranker: null, options).RetrieveAsync("red rose");

        Assert.Equal(4, result.Candidates.Count);
        Assert.All(result.Candidates, candidate => Assert.NotNull(candidate.Stage(RetrievalStage.MaxSim)));
        Assert.Single(_tokens.Calls);
    }

    [Fact]
    public async Task ScoreAsync_StagesOfOneGenerator_EmbedARequestsQueryOnceAndAnothersAnew()
    {
        var notes = await FillAsync("red green");
        MaxSimGenerator<int, TokenNote> generator = new(notes, _tokens, note => note.Tokens);
        MaxSimStage<int, TokenNote> stage = new(notes, _tokens, note => note.Tokens);
        TokenNote note = new() { Id = 0 };
        CandidateRequest<TokenNote> request = Request("red");

        IReadOnlyList<double?> first = await generator.ScoreAsync(request, [note], default);
        IReadOnlyList<double?> second = await stage.ScoreAsync(request, [new RetrievalCandidate<TokenNote>("notes", note, "0", "red green")], default);

        Assert.Equal(first, second);
        Assert.Single(_tokens.Calls);
        await stage.ScoreAsync(Request("red"), [new RetrievalCandidate<TokenNote>("notes", note, "0", "red green")], default);
        Assert.Equal(2, _tokens.Calls.Count);
    }

    [Fact]
    public async Task ScoreAsync_StageWithoutCandidatesOfItsCollection_EmbedsNothing()
    {
        MaxSimStage<int, TokenNote> stage = new(_store.GetCollection<int, TokenNote>("notes"), _tokens, note => note.Tokens);

        IReadOnlyList<double?> scores = await stage.ScoreAsync(Request("red"), [new RetrievalCandidate<TokenNote>("others", new TokenNote(), "0", "red")], default);

        Assert.Equal([null], scores);
        Assert.Empty(_tokens.Calls);
    }

    [Fact]
    public async Task RetrieveAsync_WithAFilter_FindsNothingBesideIt()
    {
        var notes = await FillAsync("red", "rose", "blue");
        var retriever = Retriever(notes, options => options.Generators.Add(new MaxSimGenerator<int, TokenNote>(notes, _tokens, note => note.Tokens)));

        RetrievalResult<TokenNote> result = await retriever.RetrieveAsync("ruby", new RetrievalOptions<TokenNote> { Filter = note => note.Id > 0 });

        Assert.Equal(["blue", "rose"], result.Candidates.Select(passage => passage.Text).Order());
    }

    [Fact]
    public async Task RetrieveAsync_OtherEncoderThanTheOneThatFilled_Fails()
    {
        using FakeTokenGenerator first = new("first");
        using FakeTokenGenerator other = new("other");
        var notes = await FillAsync("red");
        await ((ICollectionEncoders)notes).RememberAsync(first.Encoder!, nameof(TokenNote.Tokens));
        CandidateRequest<TokenNote> request = Request("red");

        IReadOnlyList<double?> scores = await Generator(first).ScoreAsync(request, [new TokenNote { Id = 0 }, new TokenNote { Id = 7 }], default);
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Generator(other).ScoreAsync(request, [new TokenNote()], default));

        Assert.Equal([1, null], scores.Select(score => score is { } known ? Math.Round(known, 3) : (double?)null));
        Assert.Contains("differ in model ('first' and 'other')", refusal.Message, StringComparison.Ordinal);

        MaxSimGenerator<int, TokenNote> Generator(FakeTokenGenerator generator) => new(notes, generator, note => note.Tokens);
    }

    [Fact]
    public async Task ScoreAsync_AStoreThatComparesNone_IsRefusedByName()
    {
        Mock<VectorStoreCollection<int, TokenNote>> collection = new();
        collection.SetupGet(mocked => mocked.Name).Returns("elsewhere");
        MaxSimGenerator<int, TokenNote> generator = new(collection.Object, _tokens, note => note.Tokens);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => generator.ScoreAsync(Request("red"), [new TokenNote()], default));

        Assert.Contains("'elsewhere' gives no IMultiVectorScores", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new MaxSimStage<int, TokenNote>(collection.Object, _tokens, note => 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MaxSimStage<int, TokenNote>(collection.Object, _tokens, note => note.Tokens, count: 0));
    }

    private static CandidateRequest<TokenNote> Request(string query) => new(query, 1, null, () => throw new NotSupportedException());

    private static PassageRetrieverOptions<TokenNote> Options() => new()
    {
        Mapping = new PassageMapping<TokenNote> { Key = note => $"{note.Id}", Text = note => note.Body },
        VectorProperty = note => note.Vector,
    };

    private static PassageRetriever<int, TokenNote> Retriever(VectorStoreCollection<int, TokenNote> notes, Action<PassageRetrieverOptions<TokenNote>> configure)
    {
        PassageRetrieverOptions<TokenNote> options = Options();
        configure(options);
        return new PassageRetriever<int, TokenNote>(notes, new FakeEmbeddingGenerator(2), reranker: null, options);
    }

    private Task<VectorStoreCollection<int, TokenNote>> FillAsync(params string[] texts) => FillIntoAsync("notes", texts);

    private async Task<VectorStoreCollection<int, TokenNote>> FillIntoAsync(string name, params string[] texts)
    {
        var notes = _store.GetCollection<int, TokenNote>(name);
        await notes.EnsureCollectionExistsAsync();
        await notes.UpsertAsync(texts.Select((text, id) => new TokenNote { Id = id, Body = text, Vector = new float[] { 1, id }, Tokens = FakeTokenGenerator.Embed(text) }));
        return notes;
    }
}
