using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag.Tests.Retrieval;

/// <summary>Reranking that stops once the rest cannot come among the first.</summary>
public sealed class EarlyStopTests
{
    // Read are 5 and -1; the three to come, and another candidate, count as -1. Mean 0, deviation 2.2360680 (numpy): z of 5 is 2.2360680, of -1 it is -0.4472136.
    [Theory]
    [InlineData(1, -0.01, true)]
    [InlineData(1, 0.01, false)]
    [InlineData(2, -2.69, true)]
    [InlineData(2, -2.68, false)]
    [InlineData(3, -9, false)]
    public void IsEnough_RestWithTheBestScoreSoFar_MustStayBehindTheLastThatIsReturned(int top, double sum, bool expected) =>
        Assert.Equal(expected, new EarlyStop([0, 0, sum, -9, -9], others: 1, weight: 1, top).IsEnough([5, -1, null, null, null]));

    [Fact]
    public void IsEnough_ScoresAllAlike_IsFalse() => Assert.False(new EarlyStop([1, 1, -9], others: 0, weight: 1, top: 1).IsEnough([3, 3, null]));

    [Fact]
    public async Task RetrieveAsync_StopRerankingEarly_ReadsOnlyWhatCouldBeReturned()
    {
        FakeReranker all = new(Logit);
        FakeReranker some = new(Logit);

        RetrievalOptions<Passage> asked = new() { Top = 2, Selection = new SelectionOptions { DropDuplicates = false } };

        RetrievalResult<Passage> expected = await (await RetrieverAsync(all, stop: false)).RetrieveAsync("word", asked);
        RetrievalResult<Passage> actual = await (await RetrieverAsync(some, stop: true)).RetrieveAsync("word", asked);

        Assert.Equal(40, all.Requests.Sum(request => request.Count));
        Assert.All(some.Requests, request => Assert.InRange(request.Count, 1, 8));
        Assert.InRange(some.Requests.Sum(request => request.Count), 2, 32);
        Assert.Equal(expected.Passages.Select(passage => passage.Key), actual.Passages.Select(passage => passage.Key));
        Assert.Equal(some.Requests.Sum(request => request.Count), actual.Candidates.Count(passage => passage.Stage(RetrievalStage.Reranker) is not null));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task RetrieveAsync_SelectionThatTakesOthersThanTheFirst_IsThatOfAFullRun(int seed)
    {
        Random random = new(seed);
        Passage[] passages = [.. Enumerable.Range(1, 60).Select(number => new Passage
        {
            Key = $"{number}", Source = number <= 20 ? "same" : $"{number}", Text = $"{new string('x', 1 + random.Next(number))}{number}", Vector = new[] { MathF.Cos(number / 40f), MathF.Sin(number / 40f) },
        })];
        SelectionOptions[] selections = [new() { MaxPerSource = 1 }, new() { MmrLambda = 0.3 }, new() { MaxPerSource = 2, DropDuplicates = false }];
        foreach (SelectionOptions selection in selections)
        {
            RetrievalOptions<Passage> asked = new() { Top = 5, Selection = selection };

            RetrievalResult<Passage> expected = await (await RetrieverAsync(new FakeReranker(Logit), stop: false, passages)).RetrieveAsync("word", asked);
            RetrievalResult<Passage> actual = await (await RetrieverAsync(new FakeReranker(Logit), stop: true, passages)).RetrieveAsync("word", asked);

            Assert.Equal(expected.Passages.Select(passage => passage.Key), actual.Passages.Select(passage => passage.Key));
            Assert.Equal(expected.Passages.Select(passage => passage.Score), actual.Passages.Select(passage => passage.Score));
            Assert.All(actual.Passages, passage => Assert.NotNull(passage.Stage(RetrievalStage.Reranker)));
        }
    }

    [Fact]
    public void Constructor_StopRerankingEarlyByRanks_Throws()
    {
        PassageRetrieverOptions<Passage> options = new() { StopRerankingEarly = true, Order = FinalOrder.ReciprocalRanks };

        Assert.Contains(nameof(options.StopRerankingEarly), Assert.Throws<ArgumentException>(() => Retriever(new FakeReranker(), options)).Message, StringComparison.Ordinal);
    }

    private static float Logit(string text) => 3 - (text.Length / 10f);

    private static PassageRetriever<string, Passage> Retriever(ITextReranker reranker, PassageRetrieverOptions<Passage> options) =>
        new(new LocalVectorStore().GetCollection<string, Passage>("docs", Passage.CreateDefinition(2)), new FakeEmbeddingGenerator(2), reranker, options);

    /// <summary>Over 40 passages, each a little farther from the query, and a little longer, than the one before.</summary>
    private static Task<PassageRetriever<string, Passage>> RetrieverAsync(ITextReranker reranker, bool stop) => RetrieverAsync(
        reranker,
        stop,
        [.. Enumerable.Range(1, 40).Select(number => new Passage
        {
            Key = $"{number}", Source = "s", Text = new string('x', number), Vector = new[] { MathF.Cos(number / 30f), MathF.Sin(number / 30f) },
        })]);

    private static async Task<PassageRetriever<string, Passage>> RetrieverAsync(ITextReranker reranker, bool stop, Passage[] passages)
    {
        LocalVectorStoreCollection<string, Passage> collection = new LocalVectorStore().GetCollection<string, Passage>("docs", Passage.CreateDefinition(2));
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(passages);
        return new PassageRetriever<string, Passage>(
            collection, new ConstantGenerator([1, 0]), reranker, new() { UseKeywords = false, Reranked = passages.Length, Candidates = passages.Length, StopRerankingEarly = stop });
    }

    private sealed class ConstantGenerator(float[] vector) : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(_ => new Embedding<float>(vector))));

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
