using LocalRetrieval.Testing;
using LocalRetrieval.Tokenizers;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Encoders.Tests.Backends;

/// <summary>All four kinds of encoders on a backend that is neither a graph nor a table, against results computed from its hash.</summary>
public sealed class HashBackendTests
{
    private static readonly string[] Texts =
    [
        "the cat", "", "a dog and a cat walk along the river", "river", .. Enumerable.Range(0, 40).Select(i => string.Join(' ', Enumerable.Repeat("the cat walks", 1 + (i % 7)))),
    ];

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 4)]
    public async Task Dense_Texts_AreMeansOfTheirTokensInOrder(bool isScheduled, int parallelRuns)
    {
        Tokenizer tokenizer = Tokenizer.Load(TestModels.Tiny("bert-cls-prompt"));
        using HashBackend backend = new(OutputKind.HiddenStates, TestHeads.Hidden)
        {
            Info = new BackendInfo("hash", "a hash", OutputKind.HiddenStates, TestHeads.Hidden) { IsScheduled = isScheduled, ParallelRuns = parallelRuns },
        };
        using DenseHead head = TestHeads.Dense(backend);

        GeneratedEmbeddings<Embedding<float>> embeddings = await head.GenerateAsync(Texts);

        for (int i = 0; i < Texts.Length; i++)
        {
            int[] ids = tokenizer.EncodeToIds(Texts[i], addSpecialTokens: true);
            double[] sum = [.. Enumerable.Range(0, TestHeads.Hidden).Select(dimension => ids.Sum(id => (double)HashBackend.Value(id, dimension)))];
            double norm = Math.Sqrt(sum.Sum(value => value * value));
            Assert.Equal(sum.Select(value => value / norm), embeddings[i].Vector.ToArray().Select(value => (double)value), (left, right) => Math.Abs(left - right) < 1e-5);
        }

        Assert.Equal(Texts.Sum(text => tokenizer.CountTokens(text, addSpecialTokens: true)), embeddings.Usage!.InputTokenCount);
    }

    [Fact]
    public async Task Sparse_Texts_AreTheLargestLogitsOfTheirTokens()
    {
        Tokenizer tokenizer = Tokenizer.Load(TestModels.Tiny("splade-mlm"));
        using SparseHead head = TestHeads.Sparse(new HashBackend(OutputKind.TokenLogits, TestHeads.Vocabulary));

        GeneratedEmbeddings<SparseEmbedding> embeddings = await head.GenerateAsync(Texts[..6]);

        for (int i = 0; i < embeddings.Count; i++)
        {
            int[] ids = tokenizer.EncodeToIds(Texts[i], addSpecialTokens: true);
            Assert.Equal(
                Enumerable.Range(0, TestHeads.Vocabulary).Select(entry => Math.Log(1 + Math.Max(0, ids.Max(id => HashBackend.Value(id, entry))))),
                embeddings[i].ToDense().Select(value => (double)value),
                (left, right) => Math.Abs(left - right) < 1e-5);
        }
    }

    [Fact]
    public async Task MultiVector_Documents_RankAsTheirMaxSim()
    {
        using MultiVectorHead head = TestHeads.MultiVector(TestHeads.HiddenStates());
        using LateInteractionReranker reranker = new(head);
        MultiVectorEmbedding query = (await head.GenerateAsync(["the cat"], EmbeddingInputTypes.QueryOptions()))[0];
        GeneratedEmbeddings<MultiVectorEmbedding> documents = await head.GenerateAsync(Texts);

        RerankingResult result = await reranker.RerankAsync("the cat", Texts);

        Assert.Equal(Enumerable.Range(0, Texts.Length).OrderByDescending(i => MaxSim.Score(query, documents[i])).ThenBy(i => i), result.Select(document => document.Index));
        Assert.All(result, document => Assert.Equal(MaxSim.Score(query, documents[document.Index]), document.Score));
    }

    [Fact]
    public async Task CrossEncoder_Documents_RankByTheSumOfTheirPairs()
    {
        Tokenizer tokenizer = Tokenizer.Load(TestModels.Tiny("reranker-bert-identity"));
        using CrossEncoderHead head = TestHeads.CrossEncoder(new HashBackend(OutputKind.Logits, 1));

        RerankingResult result = await head.RerankAsync("where is the cat", Texts);

        Assert.Equal(Texts.Length, result.Count);
        Assert.All(result, document =>
            Assert.Equal(tokenizer.Encode("where is the cat", Texts[document.Index]).Ids.Sum(id => (double)HashBackend.Value(id, 0)), document.Score, 1e-4));
        Assert.Equal(result.OrderByDescending(document => document.Score).ThenBy(document => document.Index), result);
    }

    [Fact]
    public async Task GetService_AllKinds_SayWhatTheBackendIsWithoutAFileOfIt()
    {
        using DenseHead dense = TestHeads.Dense(TestHeads.HiddenStates());
        using SparseHead sparse = TestHeads.Sparse(new HashBackend(OutputKind.TokenLogits, TestHeads.Vocabulary));
        using MultiVectorHead multiVector = TestHeads.MultiVector(TestHeads.HiddenStates());
        using CrossEncoderHead crossEncoder = TestHeads.CrossEncoder(new HashBackend(OutputKind.Logits, 1));
        EncoderInfo[] infos = [.. new Func<Type, object?, object?>[] { dense.GetService, sparse.GetService, multiVector.GetService, crossEncoder.GetService }.Select(get => (EncoderInfo)get(typeof(EncoderInfo), null)!)];

        foreach (EncoderInfo info in infos)
        {
            BatchIndependence measured = await info.MeasureBatchIndependenceAsync();
            Assert.True(measured.IsBitForBit, measured.ToString());
            Assert.Null(info.ActiveProvider);
        }

        Assert.Equal(4, infos.Select(info => info.Fingerprint.Value).Distinct().Count());
        Assert.Equal("hash", dense.GetRequiredService<EmbeddingGeneratorMetadata>().ProviderName);
    }

    [Fact]
    public async Task RunAsync_NaN_NamesTheTextOfEveryKind()
    {
        string[] texts = [.. Enumerable.Range(0, 20).Select(i => i == 18 ? "z" : "cat")];
        HashBackend Poisoned(string model, OutputKind kind, int width) => new(kind, width) { Poison = Tokenizer.Load(TestModels.Tiny(model)).TokenToId("z") };
        using DenseHead dense = TestHeads.Dense(Poisoned("bert-cls-prompt", OutputKind.HiddenStates, TestHeads.Hidden));
        using SparseHead sparse = TestHeads.Sparse(Poisoned("splade-mlm", OutputKind.TokenLogits, TestHeads.Vocabulary));
        using LateInteractionReranker late = new(TestHeads.MultiVector(Poisoned("colbert", OutputKind.HiddenStates, TestHeads.Hidden)));
        using CrossEncoderHead crossEncoder = TestHeads.CrossEncoder(Poisoned("reranker-bert-identity", OutputKind.Logits, 1));

        Assert.Contains("text at index 18", (await Assert.ThrowsAsync<InvalidOperationException>(() => dense.GenerateAsync(texts))).Message, StringComparison.Ordinal);
        Assert.Contains("text at index 18", (await Assert.ThrowsAsync<InvalidOperationException>(() => sparse.GenerateAsync(texts))).Message, StringComparison.Ordinal);
        // Under a budget documents are embedded in slices.
        foreach (RerankingOptions options in new[] { new RerankingOptions(), new() { Budget = TimeSpan.FromDays(1) } })
        {
            Assert.Contains("document at index 18", (await Assert.ThrowsAsync<InvalidOperationException>(() => late.RerankAsync("cat", texts, options))).Message, StringComparison.Ordinal);
            Assert.Contains("document at index 18", (await Assert.ThrowsAsync<InvalidOperationException>(() => crossEncoder.RerankAsync("cat", texts, options))).Message, StringComparison.Ordinal);
        }

        Assert.Contains("the query", (await Assert.ThrowsAsync<InvalidOperationException>(() => late.RerankAsync("z", ["cat"]))).Message, StringComparison.Ordinal);
    }
}
