using System.Text.Json;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Onnx.Tests.Reranking;

public sealed class OnnxTextRerankerTests(EmbeddedModels models) : IClassFixture<EmbeddedModels>
{
    private OnnxTextReranker Reranker => models.CrossEncoder;

    [Fact]
    public async Task RerankAsync_EmbeddedModel_EqualsPythonOnnxRuntime()
    {
        // Made elsewhere: the bounds are those measured between CPUs and versions of ONNX Runtime.
        JsonElement[] cases = TestModels.Golden("reranking.json").Cases();
        List<float> differences = [];
        foreach (JsonElement golden in cases)
        {
            float[] expected = golden.GetProperty("logits").Floats();

            RerankingResult result = await Reranker.RerankAsync(golden.GetProperty("query").GetString()!, golden.GetProperty("documents").Strings());

            Assert.Equal(Enumerable.Range(0, expected.Length), result.Select(document => document.Index).Order());
            differences.AddRange(result.Select(document => expected[document.Index] - document.Logit!.Value));
            AssertOrder(result, expected);
        }

        Assert.True(differences.Count >= 300);
        Assert.All(differences, difference => Assert.InRange(Math.Abs(difference), 0, 0.06f));
        Assert.InRange(Math.Sqrt(differences.Average(difference => difference * difference)), 0, 0.01);
    }

    [Theory]
    [InlineData("reranker-bert-identity")]
    [InlineData("reranker-bert-sigmoid")]
    public async Task RerankAsync_TinyModel_EqualsTorch(string name)
    {
        using OnnxTextReranker reranker = OnnxTextReranker.Load(TestModels.Tiny(name));
        foreach (JsonElement golden in TestModels.ReadJson(Path.Combine(TestModels.Tiny(name), "expected.json")).Cases())
        {
            float[] scores = golden.GetProperty("scores").Floats();

            RerankingResult result = await reranker.RerankAsync(golden.GetProperty("query").GetString()!, golden.GetProperty("documents").Strings());

            Assert.Equal(scores.Length, result.Count);
            Assert.All(result, document => Assert.Equal(scores[document.Index], document.Score, 1e-4f));
        }
    }

    [Fact]
    public async Task RerankAsync_Score_IsTheSigmoidOfTheLogit()
    {
        RerankingResult result = await Reranker.RerankAsync("what is a cat?", ["A cat is an animal.", "The sky is blue."]);

        Assert.Equal(0, result[0].Index);
        Assert.All(result, document => Assert.Equal(1 / (1 + Math.Exp(-document.Logit!.Value)), document.Score, 1e-6));
    }

    [Fact]
    public async Task RerankAsync_EqualDocuments_KeepTheInputsOrderAndTheBits()
    {
        string[] documents = ["same text", "a much longer text that shares the batch with the others", "same text", "x", "same text"];

        RerankingResult result = await Reranker.RerankAsync("text", documents);

        Assert.Equal([0, 2, 4], result.Where(document => documents[document.Index] == "same text").Select(document => document.Index));
        Assert.Single(result.Where(document => documents[document.Index] == "same text").Select(document => document.Logit).Distinct());
    }

    [Fact]
    public async Task RerankAsync_TopN_GivesTheBestOfAll()
    {
        string[] documents = [.. Enumerable.Range(0, 40).Select(i => $"Document {i} speaks of subject {i % 7}.")];
        RerankingResult all = await Reranker.RerankAsync("subject 3", documents);

        RerankingResult top = await Reranker.RerankAsync("subject 3", documents, new RerankingOptions { TopN = 5 });

        Assert.Equal(all.Take(5), top);
    }

    [Fact]
    public async Task RerankAsync_BudgetSpent_ScoresTheFirstDocumentsAndKeepsTheRest()
    {
        string[] documents = [.. Enumerable.Range(0, 300).Select(i => string.Join(' ', Enumerable.Repeat($"word{i}", 60)))];

        RerankingResult result = await Reranker.RerankAsync("word", documents, new RerankingOptions { Budget = TimeSpan.FromTicks(1) });

        int scored = result.Count(document => document.Logit is not null);
        Assert.InRange(scored, 1, documents.Length - 1);
        Assert.Equal(Enumerable.Range(0, scored), result.Take(scored).Select(document => document.Index).Order());
        Assert.Equal(Enumerable.Range(scored, documents.Length - scored), result.Skip(scored).Select(document => document.Index));
        Assert.All(result.Skip(scored), document => Assert.Equal(float.NegativeInfinity, document.Score));
    }

    [Theory]
    [InlineData(2048)]
    [InlineData(16_384)]
    public async Task RerankAsync_BudgetSpent_EndsAfterAMicroBatch(int batchTokens)
    {
        using OnnxTextReranker reranker = OnnxTextReranker.Load(LocalModels.CrossEncoder.Locate(), new OnnxTextRerankerOptions { BatchTokenBudget = batchTokens });
        string[] documents = [.. Enumerable.Repeat(string.Join(' ', Enumerable.Repeat("word", 60)), 200)];

        RerankingResult result = await reranker.RerankAsync("word", documents, new RerankingOptions { Budget = TimeSpan.FromTicks(1) });

        // 64 tokens a pair, and 512 a micro-batch at most, whatever other batches have.
        int scored = result.Count(document => document.Logit is not null);
        Assert.InRange(scored * 64, 256, 512);
        Assert.Equal(scored * 64, result.Usage!.InputTokenCount);
    }

    [Fact]
    public async Task RerankAsync_BudgetSpent_CountsOnlyWhatWasScored()
    {
        using OnnxTextReranker reranker = OnnxTextReranker.Load(LocalModels.CrossEncoder.Locate(), new OnnxTextRerankerOptions { MaxTokens = 16, BatchTokenBudget = 64 });
        string[] documents = [.. Enumerable.Repeat(string.Join(' ', Enumerable.Repeat("word", 30)), 50)];

        RerankingResult result = await reranker.RerankAsync("word", documents, new RerankingOptions { Budget = TimeSpan.FromTicks(1) });

        long scored = result.Count(document => document.Logit is not null);
        Assert.InRange(scored, 1, 49);
        Assert.Equal(scored, result.AdditionalProperties![EmbeddingPropertyNames.TruncatedTexts]);
        Assert.Equal(scored * 16, result.Usage!.InputTokenCount);
    }

    [Fact]
    public void GetService_TokenCounter_LeavesRoomForThePairsSpecialTokens() =>
        Assert.Equal(512 - 3, Reranker.GetRequiredService<ITokenCounter>().MaxTokens);

    [Fact]
    public async Task RerankAsync_NoDocuments_GivesAnEmptyResult()
    {
        RerankingResult result = await Reranker.RerankAsync("query", []);

        Assert.Empty(result);
        Assert.Equal(0, result.Usage!.InputTokenCount);
    }

    [Fact]
    public async Task RerankAsync_PairBeyondTheLimit_IsCutLongestFirstAndCounted()
    {
        using OnnxTextReranker reranker = OnnxTextReranker.Load(LocalModels.CrossEncoder.Locate(), new OnnxTextRerankerOptions { MaxTokens = 16 });
        string longText = string.Join(' ', Enumerable.Repeat("word", 30));

        RerankingResult result = await reranker.RerankAsync("one two", [longText, "fits"]);
        RerankingResult same = await reranker.RerankAsync("one two", [string.Join(' ', Enumerable.Repeat("word", 11))]);

        Assert.Equal(16 + 6, result.Usage!.InputTokenCount);
        Assert.Equal(19L, result.AdditionalProperties![EmbeddingPropertyNames.DroppedTokens]);
        Assert.Equal(1L, result.AdditionalProperties![EmbeddingPropertyNames.TruncatedTexts]);
        Assert.Equal(same[0].Logit, result.Single(document => document.Index == 0).Logit);
    }

    [Fact]
    public async Task RerankAsync_BadTexts_AreRefusedByIndexAndOffset()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => Reranker.RerankAsync(null!, ["a"]));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Reranker.RerankAsync("a", null!));
        Assert.Contains("index 1", (await Assert.ThrowsAsync<ArgumentException>(() => Reranker.RerankAsync("a", ["b", null!]))).Message, StringComparison.Ordinal);
        Assert.Contains("The query", (await Assert.ThrowsAsync<ArgumentException>(() => Reranker.RerankAsync("\udc00", ["b"]))).Message, StringComparison.Ordinal);
        string message = (await Assert.ThrowsAsync<ArgumentException>(() => Reranker.RerankAsync("a", ["b", "cd\udc00"]))).Message;
        Assert.Contains("index 1", message, StringComparison.Ordinal);
        Assert.Contains("offset 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RerankAsync_Cancelled_EndsEarly()
    {
        using CancellationTokenSource source = new(300);
        string[] documents = [.. Enumerable.Repeat(string.Join(' ', Enumerable.Repeat("word", 400)), 2000)];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Reranker.RerankAsync("word", documents, cancellationToken: source.Token));
    }

    [Fact]
    public async Task Dispose_Twice_RefusesFurtherUse()
    {
        OnnxTextReranker reranker = OnnxTextReranker.Load(TestModels.Tiny("reranker-bert-identity"));
        reranker.Dispose();
        reranker.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => reranker.RerankAsync("a", ["b"]));
    }

    [Fact]
    public void GetService_KnownTypes_AreFoundUnkeyedOnly()
    {
        TextRerankerMetadata metadata = Reranker.GetRequiredService<TextRerankerMetadata>();
        Assert.Equal("onnxruntime", metadata.ProviderName);
        Assert.Equal("cross-encoder", metadata.DefaultModelId);
        Assert.Equal(512, metadata.MaxPairTokens);
        Assert.Same(Reranker, Reranker.GetService<ITextReranker>());
        Assert.Null(Reranker.GetService<TextRerankerMetadata>("key"));
    }

    private static void AssertOrder(RerankingResult result, float[] expected)
    {
        for (int better = 0; better < result.Count; better++)
        {
            for (int worse = better + 1; worse < result.Count; worse++)
            {
                Assert.True(expected[result[worse].Index] - expected[result[better].Index] <= 0.12f, $"documents {result[better].Index} and {result[worse].Index} are swapped");
            }
        }
    }
}
