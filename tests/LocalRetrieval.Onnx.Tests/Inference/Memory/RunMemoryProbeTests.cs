using LocalRetrieval.Onnx.Inference;
using LocalRetrieval.Onnx.Inference.Memory;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Onnx.Tests.Inference.Memory;

public sealed class RunMemoryProbeTests
{
    [Theory]
    [InlineData(16, 128)]
    [InlineData(8, 256)]
    [InlineData(4, 512)]
    public void Measure_EmbeddedModel_PredictsWhatABatchTakesToAQuarter(int texts, int tokens)
    {
        using OnnxBackend backend = OnnxBackend.Load(TensorRun.Graph, new OnnxBackendSettings([OutputKind.SentenceEmbedding], PadTokenId: 0) { Threads = 1, MaxTokens = 512, MeasuresMemory = _ => true });
        using TensorRun run = new();
        run.Run(1, 1);

        long growth = RunMemoryProbe.Growth(run.Arena, () => run.Run(texts, tokens))!.Value;

        Assert.True(backend.Info.RunMemory!.IsMeasured);
        Assert.InRange(backend.Info.RunMemory.Predict(texts, tokens) / (double)growth, 1 / 1.25, 1.25);
    }

    [Fact]
    public void Growth_NoMoreThanBefore_IsNotTold()
    {
        using TensorRun run = new();
        run.Run(2, 32);

        Assert.Null(RunMemoryProbe.Growth(run.Arena, () => run.Run(1, 8)));
    }

    [Fact]
    public void Measure_TextsOfAFewTokens_TellNothing()
    {
        using TensorRun run = new();

        Assert.Null(RunMemoryProbe.Measure(run.Arena, maxTokens: 7, tokens => run.Run(1, tokens)));
    }

    [Fact]
    public void Execution_NoBudget_IsNotMeasuredWhereNoTextComesNearHalfOfTheMemory()
    {
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(LocalModels.BiEncoder.Locate());

        EncoderExecution execution = generator.GetRequiredService<EncoderInfo>().Execution!;

        Assert.Equal(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2, execution.MaxRunBytes);
        Assert.False(execution.RunMemory!.IsMeasured);
        Assert.True(execution.RunMemory.Predict(1, 512) < execution.MaxRunBytes);
    }

    [Fact]
    public async Task GenerateAsync_BudgetSet_RunsAreMeasuredAndGiveTheSameBits()
    {
        string[] texts = [.. Enumerable.Range(0, 24).Select(i => string.Join(' ', Enumerable.Repeat("the signal of a quiet river", 1 + (i * 3))))];
        using OnnxEmbeddingGenerator free = OnnxEmbeddingGenerator.Load(LocalModels.BiEncoder.Locate());
        using OnnxEmbeddingGenerator bound = OnnxEmbeddingGenerator.Load(LocalModels.BiEncoder.Locate(), new OnnxEmbeddingGeneratorOptions { MaxRunBytes = 32 << 20 });

        GeneratedEmbeddings<Embedding<float>> expected = await free.GenerateAsync(texts);
        GeneratedEmbeddings<Embedding<float>> actual = await bound.GenerateAsync(texts);

        Assert.Equal(expected.Select(embedding => embedding.Vector.ToArray()), actual.Select(embedding => embedding.Vector.ToArray()));
        EncoderExecution execution = bound.GetRequiredService<EncoderInfo>().Execution!;
        Assert.Equal((32L << 20, true), (execution.MaxRunBytes, execution.RunMemory!.IsMeasured));
        Assert.True(execution.RetainedBytes > 0);
    }

    [Fact]
    public async Task GenerateAsync_ATextAloneExceedsTheBudget_IsRefusedByIndexWithTheOption()
    {
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(LocalModels.BiEncoder.Locate(), new OnnxEmbeddingGeneratorOptions { MaxRunBytes = 8 << 20 });
        string longText = string.Join(' ', Enumerable.Repeat("river", 600));

        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(["the signal", longText]));

        EncoderExecution execution = generator.GetRequiredService<EncoderInfo>().Execution!;
        Assert.Contains("The text at index 1 has 512 tokens", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"{execution.RunMemory!.Predict(1, 512)} bytes; MaxRunBytes allows {8 << 20}", refused.Message, StringComparison.Ordinal);
        Assert.Equal("values", refused.ParamName);
        Assert.Single(await generator.GenerateAsync(["the signal"]));
    }

    [Fact]
    public async Task RerankAsync_ADocumentAloneExceedsTheBudget_IsRefusedByIndex()
    {
        using OnnxTextReranker reranker = OnnxTextReranker.Load(LocalModels.CrossEncoder.Locate(), new OnnxTextRerankerOptions { MaxRunBytes = 4 << 20 });

        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(() => reranker.RerankAsync("a river?", ["the signal", string.Join(' ', Enumerable.Repeat("river", 600))]));

        Assert.Contains("The text at index 1 has 512 tokens", refused.Message, StringComparison.Ordinal);
        Assert.Equal("documents", refused.ParamName);
    }
}
