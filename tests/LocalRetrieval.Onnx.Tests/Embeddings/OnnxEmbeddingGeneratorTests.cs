using LocalRetrieval.Onnx.Tests.Inference;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Onnx.Tests.Embeddings;

public sealed class OnnxEmbeddingGeneratorTests(EmbeddedModels models) : IClassFixture<EmbeddedModels>
{
    private const int SpecialTokens = 2;
    private const int QueryPromptTokens = 8;

    private static readonly string Long = string.Join(' ', Enumerable.Repeat("word", 1000));

    private OnnxEmbeddingGenerator Generator => models.BiEncoder;

    [Fact]
    public async Task GenerateAsync_NoTexts_GivesAnEmptyResult()
    {
        GeneratedEmbeddings<Embedding<float>> result = await Generator.GenerateAsync([]);

        Assert.Empty(result);
        Assert.Equal(0, result.Usage!.InputTokenCount);
    }

    [Fact]
    public async Task GenerateAsync_TextsOfAllLengths_KeepsTheInputsOrder()
    {
        string[] texts = [.. Enumerable.Range(0, 60).Select(i => string.Join(' ', Enumerable.Repeat($"topic{i}", 1 + (i * 37 % 50))))];

        GeneratedEmbeddings<Embedding<float>> together = await Generator.GenerateAsync(texts);

        for (int i = 0; i < texts.Length; i++)
        {
            Assert.Equal((await Generator.GenerateAsync([texts[i]]))[0].Vector.ToArray(), together[i].Vector.ToArray());
        }
    }

    [Fact]
    public async Task GenerateAsync_Input_IsEnumeratedOnce()
    {
        int enumerations = 0;
        IEnumerable<string> Texts()
        {
            enumerations++;
            yield return "one";
            yield return "two";
        }

        Assert.Equal(2, (await Generator.GenerateAsync(Texts())).Count);
        Assert.Equal(1, enumerations);
    }

    [Fact]
    public async Task GenerateAsync_ManyCallers_GiveWhatOneGives()
    {
        string[] texts = [.. Enumerable.Range(0, 24).Select(i => $"Passage {i} about subject {i % 5}.")];
        GeneratedEmbeddings<Embedding<float>> serial = await Generator.GenerateAsync(texts);

        float[][] concurrent = await Task.WhenAll(texts.Select(async text => (await Generator.GenerateAsync([text]))[0].Vector.ToArray()));

        Assert.Equal(serial.Select(embedding => embedding.Vector.ToArray()), concurrent);
    }

    [Fact]
    public async Task GenerateAsync_Result_CarriesModelUsageAndUnitVectors()
    {
        GeneratedEmbeddings<Embedding<float>> result = await Generator.GenerateAsync(["a b c", "d"]);

        Assert.Equal(5 + 3, result.Usage!.InputTokenCount);
        Assert.Equal(result.Usage.InputTokenCount, result.Usage.TotalTokenCount);
        Assert.Null(result.AdditionalProperties);
        Assert.All(result, embedding =>
        {
            Assert.Equal("bi-encoder", embedding.ModelId);
            Assert.NotNull(embedding.CreatedAt);
            Assert.Null(embedding.AdditionalProperties);
            Assert.Equal(1, Norm(embedding.Vector.Span), 1e-5);
        });
    }

    [Fact]
    public async Task GenerateAsync_TextBeyondTheLimit_IsCutAndCounted()
    {
        GeneratedEmbeddings<Embedding<float>> result = await Generator.GenerateAsync(["short", Long]);

        Assert.Equal(3 + 512, result.Usage!.InputTokenCount);
        Assert.Null(result[0].AdditionalProperties);
        Assert.Equal(1000L - 510, result[1].AdditionalProperties![EmbeddingPropertyNames.DroppedTokens]);
        Assert.Equal(1L, result.AdditionalProperties![EmbeddingPropertyNames.TruncatedTexts]);
        Assert.Equal(1000L - 510, result.AdditionalProperties![EmbeddingPropertyNames.DroppedTokens]);
    }

    [Fact]
    public async Task GenerateAsync_TextsBeyondTheLimit_AreLoggedOnce()
    {
        RecordingLoggerFactory log = new();
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(TestModels.Tiny("bert-cls-prompt"), loggerFactory: log);

        await generator.GenerateAsync(["fits"]);
        Assert.Empty(log.Messages);
        await generator.GenerateAsync([Long, "fits"]);
        await generator.GenerateAsync([Long]);

        string message = Assert.Single(log.Messages);
        Assert.Contains("1 of 2 inputs were longer than the 128 tokens that bert-cls-prompt reads", message, StringComparison.Ordinal);
        Assert.DoesNotContain("word", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_NullText_IsRefusedByIndex()
    {
        ArgumentException exception = await Assert.ThrowsAsync<ArgumentException>(() => Generator.GenerateAsync(["fine", null!]));

        Assert.Contains("index 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_LoneSurrogate_IsRefusedByIndexAndOffset()
    {
        ArgumentException exception = await Assert.ThrowsAsync<ArgumentException>(() => Generator.GenerateAsync(["fine", "fine", "bad \ud83d end"]));

        Assert.Contains("index 2", exception.Message, StringComparison.Ordinal);
        Assert.Contains("offset 4", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_LoneSurrogateReplaced_ReadsTheReplacementCharacter()
    {
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(TestModels.Tiny("bert-cls-prompt"), new() { LoneSurrogates = Tokenizers.LoneSurrogateHandling.Replace });

        GeneratedEmbeddings<Embedding<float>> result = await generator.GenerateAsync(["bad \ud83d end", "bad \ufffd end"]);

        Assert.Equal(result[1].Vector.ToArray(), result[0].Vector.ToArray());
    }

    [Fact]
    public async Task GenerateAsync_FewerDimensions_CutsAndNormalisesAgain()
    {
        float[] whole = (await Generator.GenerateAsync(["a text"]))[0].Vector.ToArray();

        float[] cut = (await Generator.GenerateAsync(["a text"], new() { Dimensions = 128 }))[0].Vector.ToArray();

        double norm = Norm(whole.AsSpan(0, 128));
        Assert.Equal(128, cut.Length);
        Assert.All(cut.Zip(whole), pair => Assert.Equal(pair.Second / norm, pair.First, 1e-6));
    }

    [Fact]
    public async Task GenerateAsync_DimensionsBeyondTheModels_AreRefused()
    {
        ArgumentOutOfRangeException exception = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Generator.GenerateAsync(["a"], new() { Dimensions = 385 }));

        Assert.Contains("384", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_UnknownRole_IsRefusedByName()
    {
        EmbeddingGenerationOptions options = new() { AdditionalProperties = new() { [EmbeddingPropertyNames.InputType] = "search_query" } };

        ArgumentException exception = await Assert.ThrowsAsync<ArgumentException>(() => Generator.GenerateAsync(["a"], options));

        Assert.Contains("search_query", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_CancelledBefore_DoesNotRun() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Generator.GenerateAsync(["a"], cancellationToken: new CancellationToken(canceled: true)));

    [Fact]
    public async Task GenerateAsync_CancelledWhileItRuns_EndsTheRunItself()
    {
        using TemporaryModel model = TestModels.Copy("bert-cls-prompt");
        model.Write("onnx/model.onnx", EndlessGraph.Model(width: 32));
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(model.Path);
        using CancellationTokenSource source = new();

        Task running = Task.Run(() => generator.GenerateAsync([Long], cancellationToken: source.Token));
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.OrHang());
        Assert.Single(await generator.GenerateAsync(["still usable"]));
    }

    [Fact]
    public async Task Dispose_AmongCalls_FinishesOrRefusesEach()
    {
        OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(TestModels.Tiny("bert-cls-prompt"));
        Task<GeneratedEmbeddings<Embedding<float>>>[] running = [.. Enumerable.Range(0, 8).Select(_ => generator.GenerateAsync(Enumerable.Repeat("some text to embed", 200)))];

        generator.Dispose();
        generator.Dispose();

        foreach (Task<GeneratedEmbeddings<Embedding<float>>> task in running)
        {
            // Each call either finished its batches before the disposal or was refused between two of them: never torn.
            Exception? exception = await Record.ExceptionAsync(() => task);
            Assert.True(exception is null or ObjectDisposedException { ObjectName: "LocalRetrieval.Onnx.OnnxEmbeddingGenerator" }, exception?.ToString());
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GenerateAsync(["a"]));
    }

    [Fact]
    public void GetService_KnownTypes_AreFoundUnkeyedOnly()
    {
        EmbeddingGeneratorMetadata metadata = Assert.IsType<EmbeddingGeneratorMetadata>(Generator.GetService(typeof(EmbeddingGeneratorMetadata)));
        Assert.Equal("onnxruntime", metadata.ProviderName);
        Assert.Equal("bi-encoder", metadata.DefaultModelId);
        Assert.Equal(384, metadata.DefaultModelDimensions);
        Assert.Same(Generator, Generator.GetService(typeof(OnnxEmbeddingGenerator)));
        Assert.Same(Generator, Generator.GetService(typeof(IEmbeddingGenerator)));
        Assert.Null(Generator.GetService(typeof(EmbeddingGeneratorMetadata), "key"));
        Assert.Null(Generator.GetService(typeof(string)));
    }

    [Fact]
    public void GetService_TokenCounter_CountsWithoutSpecialTokens()
    {
        ITokenCounter counter = Assert.IsType<ITokenCounter>(Generator.GetService(typeof(ITokenCounter)), exactMatch: false);

        Assert.Equal(512 - SpecialTokens - QueryPromptTokens, counter.MaxTokens);
        Assert.Equal(3, counter.CountTokens("one two three"));
        Assert.Equal("one two ".Length, counter.IndexOfTokenLimit("one two three", 2, out int count));
        Assert.Equal(2, count);
    }

    [Fact]
    public async Task GetService_TokenCounter_LeavesRoomForTheLongestPrompt()
    {
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(TestModels.Tiny("bert-cls-prompt"));
        ITokenCounter counter = generator.GetRequiredService<ITokenCounter>();
        string fits = string.Join(' ', Enumerable.Repeat("a", counter.MaxTokens!.Value));
        EmbeddingGenerationOptions query = new() { AdditionalProperties = new() { [EmbeddingPropertyNames.InputType] = EmbeddingInputTypes.Query } };

        GeneratedEmbeddings<Embedding<float>> whole = await generator.GenerateAsync([fits], query);
        GeneratedEmbeddings<Embedding<float>> cut = await generator.GenerateAsync([fits + " a"], query);

        Assert.Equal(counter.MaxTokens, counter.CountTokens(fits));
        Assert.Null(whole.AdditionalProperties);
        Assert.Equal(1L, cut.AdditionalProperties![EmbeddingPropertyNames.DroppedTokens]);
    }

    private static double Norm(ReadOnlySpan<float> vector)
    {
        double sum = 0;
        foreach (float value in vector)
        {
            sum += (double)value * value;
        }

        return Math.Sqrt(sum);
    }
}
