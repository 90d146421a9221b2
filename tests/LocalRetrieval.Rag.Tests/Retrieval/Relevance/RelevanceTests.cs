using System.Text.Json;
using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;
using Moq;

namespace LocalRetrieval.Rag.Tests.Retrieval.Relevance;

/// <summary>The probability that a passage answers, and what is done with it.</summary>
public sealed class RelevanceTests
{
    private static readonly EncoderFingerprint Encoder = new([FingerprintComponent.Of("model", "m", "m")]);
    private static readonly EncoderFingerprint Reranker = new([FingerprintComponent.Of("model", "r", "r")]);

    private static readonly RelevanceModel OfVectors = new(Encoder.Value, reranker: null, intercept: -5, [new(RetrievalStage.Vector, 10)]);
    private static readonly RelevanceModel OfBoth = new(Encoder.Value, Reranker.Value, intercept: -3, [new(RetrievalStage.Vector, 4), new(RetrievalStage.Reranker, 0.5)]);

    private readonly ScriptedCollection _collection = new(("a", 0.9), ("b", 0.5), ("c", 0.1));

    [Fact]
    public void Probability_ScoresBeyondThoseSeen_CountAsTheLast()
    {
        RelevanceModel model = new("encoder", null, -1, [new RelevanceStage("keyword", 0.1) { Least = 0, Greatest = 50 }]);

        Assert.Equal(model.Probability(_ => 50), model.Probability(_ => 5000));
        Assert.Equal(model.Probability(_ => 0), model.Probability(_ => -5));
        Assert.True(model.Probability(_ => 40) < model.Probability(_ => 50));
        Assert.Throws<ArgumentException>(() => new RelevanceModel("encoder", null, 0, [new RelevanceStage("keyword", 1) { Least = 2, Greatest = 1 }]));
    }

    [Fact]
    public async Task RetrieveAsync_ModelOfTheStages_GivesEachPassageItsProbability()
    {
        RetrievalResult<Note> result = await Retriever(OfVectors).RetrieveAsync("query");

        // 1 / (1 + e^-4), 1/2 and 1 / (1 + e^4).
        AssertNear([0.98201379, 0.5, 0.01798621], result.Passages.Select(passage => passage.Relevance));
    }

    [Fact]
    public async Task RetrieveAsync_ModelWithReranker_LeavesWhatWasNotReadUnknown()
    {
        FakeReranker reranker = new(text => text == "a" ? 2 : -2) { Encoder = Reranker };

        RetrievalResult<Note> result = await Retriever(OfBoth, reranker, options => (options.Reranked, options.Top) = (2, 2)).RetrieveAsync("query");

        // -3 + 3.6 + 1 = 1.6, and -3 + 2 - 1 = -2.
        AssertNear([0.83201839, 0.11920292, null], result.Candidates.Select(passage => passage.Relevance));
    }

    [Fact]
    public async Task RetrieveAsync_MinimumRelevance_ReturnsOnlyWhatIsLikelyEnough()
    {
        PassageRetriever<int, Note> retriever = Retriever(OfVectors, configure: options => options.MinimumRelevance = 0.6);

        Assert.Equal(["a"], (await retriever.RetrieveAsync("query")).Passages.Select(passage => passage.Text));
        Assert.Equal(["a", "b"], (await retriever.RetrieveAsync("query", new() { MinimumRelevance = 0.4 })).Passages.Select(passage => passage.Text));
        Assert.Equal(["a", "b", "c"], (await retriever.RetrieveAsync("query", new() { MinimumRelevance = 0 })).Passages.Select(passage => passage.Text));
        RetrievalResult<Note> nothing = await retriever.RetrieveAsync("query", new() { MinimumRelevance = 0.99 });
        Assert.Empty(nothing.Passages);
        Assert.Equal("its relevance 0.982 is below MinimumRelevance, 0.99", nothing.Candidates[0].Omission);
    }

    [Fact]
    public async Task RetrieveAsync_MinimumRelevanceAndUnreadPassages_AreNotReturned()
    {
        FakeReranker reranker = new(text => text == "a" ? 2 : float.NaN) { Encoder = Reranker };

        RetrievalResult<Note> result = await Retriever(OfBoth, reranker).RetrieveAsync("query", new() { MinimumRelevance = 0.1 });

        Assert.Equal(["a"], result.Passages.Select(passage => passage.Text));
        Assert.Equal("its relevance is not known, and MinimumRelevance is 0.1", result.Candidates[1].Omission);
    }

    public static TheoryData<string> Unfitting => ["encoder", "reranker", "stages", "unknown"];

    [Theory]
    [MemberData(nameof(Unfitting))]
    public async Task RetrieveAsync_ModelOfOtherEncodersOrStages_IsNotUsed(string what)
    {
        FakeReranker reranker = new() { Encoder = what == "reranker" ? Encoder : Reranker };
        PassageRetriever<int, Note> retriever = Retriever(what == "stages" ? OfVectors : OfBoth, reranker, generator: what == "encoder" ? Reranker : Encoder, isKnown: what != "unknown");

        Assert.All((await retriever.RetrieveAsync("query")).Candidates, passage => Assert.Null(passage.Relevance));
        string refusal = (await Assert.ThrowsAsync<InvalidOperationException>(() => retriever.RetrieveAsync("query", new() { MinimumRelevance = 0.5 }))).Message;
        Assert.Contains("vector, reranker", refusal, StringComparison.Ordinal);
        Assert.Contains(nameof(RelevanceFittingExtensions.FitRelevanceAsync), refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RetrieveAsync_EncoderWhoseFilesAreGone_HasNoRelevanceAndFailsOnlyWhereItIsAsked()
    {
        FakeEmbeddingGenerator embedding = new() { Encoder = new EncoderInfo("m", () => throw new IOException("model.onnx is gone")) };
        PassageRetriever<int, Note> retriever = new(_collection.Object, embedding, options: new() { Mapping = Note.Mapping });

        Assert.All((await retriever.RetrieveAsync("query")).Passages, passage => Assert.Null(passage.Relevance));
        Assert.Equal(3, (await retriever.RetrieveAsync("query")).Passages.Count);
        Assert.Equal("model.onnx is gone", (await Assert.ThrowsAsync<IOException>(() => retriever.RetrieveAsync("query", new() { MinimumRelevance = 0.5 }))).Message);
    }

    [Fact]
    public async Task FitRelevanceAsync_JudgedQuestions_GivesAModelOfTheRetriever()
    {
        // What holds the letter of the question answers; the fake reranker reads it well, the vectors say the same of all.
        FakeReranker reranker = new(text => text == "a" ? 3 : -3) { Encoder = Reranker };
        PassageRetriever<int, Note> retriever = Retriever(null, reranker);
        RelevanceJudgement[] judgements = [.. Enumerable.Range(0, 30).Select(index => new RelevanceJudgement($"question {index}", index % 3 == 0 ? [] : ["0"]))];

        RelevanceModel model = await retriever.FitRelevanceAsync(judgements);

        Assert.Equal((Encoder.Value, Reranker.Value), (model.Encoder, model.Reranker));
        Assert.Equal([RetrievalStage.Vector, RetrievalStage.Reranker], model.Stages.Select(stage => stage.Stage));
        RetrievalResult<Note> result = await Retriever(model, reranker).RetrieveAsync("question");

        // 20 of 30 "a" answer, and none of the others: Platt's targets are 21 / 22 and 1 / 72.
        AssertNear([(20 * 21 / 22.0 + 10 / 72.0) / 30, 1 / 72.0, 1 / 72.0], result.Passages.Select(passage => passage.Relevance), 0.005);
    }

    [Fact]
    public async Task FitRelevanceAsync_NothingRelevantIsFound_NamesTheKeys()
    {
        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(() => Retriever(null).FitRelevanceAsync([new("question", ["other"])]));

        Assert.Contains("keys", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FitRelevanceAsync_EncoderThatDoesNotSayWhichItIs_Throws() =>
        Assert.Contains(
            nameof(EncoderInfo),
            (await Assert.ThrowsAsync<InvalidOperationException>(() => Retriever(null, isKnown: false).FitRelevanceAsync([new("question", ["0"])]))).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task FitRelevanceAsync_Cancelled_Ends()
    {
        using CancellationTokenSource cancellation = new();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Retriever(null).FitRelevanceAsync([new("question", ["0"])], cancellationToken: cancellation.Token));
    }

    [Fact]
    public async Task ChatClient_NothingAnswers_SaysThatNoSourceWasFound()
    {
        Mock<IChatClient> inner = ChatClients.Saying("There is no source.");
        RetrievalChatOptions options = new() { Retrieval = new RetrievalOptions { MinimumRelevance = 0.99 } };

        await inner.Object.WithRetrieval(Retriever(OfVectors), new RetrievalChatOptions(options) { TokenCounter = new WordTokenCounter() }).GetResponseAsync("question");

        Assert.Contains(inner.Asked(), message => message.Text.Contains(options.NoSourcesInstructions!, StringComparison.Ordinal));
    }

    [Fact]
    public void Model_AsJson_IsTheSameAgain()
    {
        RelevanceModel? read = JsonSerializer.Deserialize<RelevanceModel>(JsonSerializer.Serialize(OfBoth));

        Assert.Equal((OfBoth.Encoder, OfBoth.Reranker, OfBoth.Intercept), (read!.Encoder, read.Reranker, read.Intercept));
        Assert.Equal(OfBoth.Stages, read.Stages);
    }

    [Fact]
    public void Constructor_NoModelThatHolds_Throws()
    {
        Assert.Throws<ArgumentException>(() => new RelevanceModel("e", null, 0, []));
        Assert.Throws<ArgumentException>(() => new RelevanceModel("e", null, 0, [new("vector", 1), new("vector", 2)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RelevanceModel("e", null, double.NaN, [new("vector", 1)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RelevanceModel("e", null, 0, [new("vector", double.PositiveInfinity)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetrievalOptions { MinimumRelevance = 1.01 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PassageRetrieverOptions<Note> { MinimumRelevance = double.NaN });
    }

    private static void AssertNear(double?[] expected, IEnumerable<double?> actual, double tolerance = 1e-7)
    {
        double?[] given = [.. actual];
        Assert.Equal(expected.Select(value => value is null), given.Select(value => value is null));
        Assert.All(expected.Zip(given), pair => Assert.Equal(pair.First ?? 0, pair.Second ?? 0, tolerance));
    }

    private PassageRetriever<int, Note> Retriever(
        RelevanceModel? model, FakeReranker? reranker = null, Action<PassageRetrieverOptions<Note>>? configure = null, EncoderFingerprint? generator = null, bool isKnown = true)
    {
        PassageRetrieverOptions<Note> options = new() { Mapping = Note.Mapping, RelevanceModel = model };
        configure?.Invoke(options);
        FakeEmbeddingGenerator embedding = new() { Encoder = isKnown ? new EncoderInfo("m", generator ?? Encoder) : null };
        return new PassageRetriever<int, Note>(_collection.Object, embedding, reranker, options);
    }
}
