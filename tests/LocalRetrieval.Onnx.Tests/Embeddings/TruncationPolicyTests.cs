using System.Text.Json;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Onnx.Tests.Embeddings;

public sealed class TruncationPolicyTests
{
    public static TheoryData<string> Committed => TinyModelNames.Committed("embedding");

    public static TheoryData<string> Shared => TinyModelNames.Shared("embedding");

    [Fact]
    public async Task Throw_TextBeyondTheLimit_IsRefusedByIndexAndCounts()
    {
        using OnnxEmbeddingGenerator generator = Load("bert-cls-prompt", TruncationPolicy.Throw);
        string fits = Words(126);

        ArgumentException exception = await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(["short", fits + " a a", fits + " a"]));

        Assert.Contains("index 1 has 130 tokens", exception.Message, StringComparison.Ordinal);
        Assert.Contains("would read 128 and drop 2", exception.Message, StringComparison.Ordinal);
        Assert.Contains("1 more", exception.Message, StringComparison.Ordinal);
        Assert.Equal("values", exception.ParamName);
        Assert.Single(await generator.GenerateAsync([fits]));
    }

    [Fact]
    public async Task Throw_PromptThatMakesATextTooLong_IsRefused()
    {
        using OnnxEmbeddingGenerator generator = Load("bert-cls-prompt", TruncationPolicy.Throw);

        Assert.Single(await generator.GenerateDocumentsAsync([Words(126)]));
        await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateQueryAsync(Words(126)));
    }

    [Theory]
    [MemberData(nameof(Committed))]
    public Task ChunkAndPool_CommittedModel_IsTheWeightedMeanOfItsWindows(string name) => AssertPoolsWindows(TestModels.Tiny(name));

    [SharedTheory]
    [MemberData(nameof(Shared))]
    public Task ChunkAndPool_SharedModel_IsTheWeightedMeanOfItsWindows(string name) => AssertPoolsWindows(SharedData.Path("models-tiny", name));

    [Fact]
    public async Task ChunkAndPool_MixedTexts_GivesTheSameBitsAloneAndTogether()
    {
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(LocalModels.BiEncoder.Locate(), new() { MaxTokens = 16, Truncation = TruncationPolicy.ChunkAndPool });
        string[] texts = [.. Enumerable.Range(0, 20).Select(i => string.Join(' ', Enumerable.Range(0, 1 + (i * 37 % 60)).Select(word => $"{i % 7} apples")))];

        GeneratedEmbeddings<Embedding<float>> together = await generator.GenerateAsync(texts);

        Assert.Contains(together, embedding => embedding.AdditionalProperties is null);
        Assert.Contains(together, embedding => embedding.AdditionalProperties?[EmbeddingPropertyNames.Windows] is > 5L);
        for (int i = 0; i < texts.Length; i++)
        {
            Assert.Equal((await generator.GenerateAsync([texts[i]]))[0].Vector.ToArray(), together[i].Vector.ToArray());
        }
    }

    [Fact]
    public async Task ChunkAndPool_TextThatFits_IsWhatTruncateGives()
    {
        using OnnxEmbeddingGenerator pooling = Load("bert-cls-prompt", TruncationPolicy.ChunkAndPool);
        using OnnxEmbeddingGenerator cutting = Load("bert-cls-prompt", TruncationPolicy.Truncate);

        Assert.Equal(await cutting.GenerateVectorAsync(Words(126)), await pooling.GenerateVectorAsync(Words(126)), (left, right) => left.Span.SequenceEqual(right.Span));
        Assert.NotEqual(await cutting.GenerateVectorAsync(Words(300)), await pooling.GenerateVectorAsync(Words(300)), (left, right) => left.Span.SequenceEqual(right.Span));
    }

    [Fact]
    public async Task ChunkAndPool_LongText_SaysItsWindowsAndDropsNothing()
    {
        RecordingLoggerFactory log = new();
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(
            TestModels.Tiny("bert-cls-prompt"), new() { Truncation = TruncationPolicy.ChunkAndPool, ChunkOverlap = 26 }, log);

        GeneratedEmbeddings<Embedding<float>> result = await generator.GenerateAsync([Words(126), Words(127), Words(226), Words(227)]);

        // 126 tokens, then a window every 100.
        Assert.Equal([null, 2L, 2L, 3L], result.Select(embedding => embedding.AdditionalProperties?[EmbeddingPropertyNames.Windows]));
        Assert.Equal(128 + (128 + 29) + (128 + 128) + (128 + 128 + 29), result.Usage!.InputTokenCount);
        Assert.Null(result.AdditionalProperties);
        Assert.Empty(log.Messages);
    }

    [Fact]
    public async Task ChunkAndPool_FewerDimensions_AreCutAndNormalisedAgain()
    {
        using OnnxEmbeddingGenerator generator = Load("bert-cls-prompt", TruncationPolicy.ChunkAndPool);
        float[] whole = (await generator.GenerateVectorAsync(Words(300))).ToArray();

        float[] cut = (await generator.GenerateVectorAsync(Words(300), new() { Dimensions = 8 })).ToArray();

        double norm = Math.Sqrt(whole.Take(8).Sum(value => (double)value * value));
        Assert.Equal(whole.Take(8).Select(value => value / norm), cut.Select(value => (double)value), (left, right) => Math.Abs(left - right) < 1e-6);
        Assert.Equal(1, whole.Sum(value => (double)value * value), 1e-5);
    }

    [Fact]
    public void ChunkAndPool_OverlapOfAWholeWindow_IsRefusedAtLoad()
    {
        using OnnxEmbeddingGenerator generator = Load("bert-cls-prompt", TruncationPolicy.ChunkAndPool);
        int room = generator.GetRequiredService<ITokenCounter>().MaxTokens!.Value;

        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => OnnxEmbeddingGenerator.Load(TestModels.Tiny("bert-cls-prompt"), new() { Truncation = TruncationPolicy.ChunkAndPool, ChunkOverlap = room }));

        Assert.Contains($"has room for {room} tokens", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_BadValues_AreRefusedWhenSet()
    {
        OnnxEmbeddingGeneratorOptions options = new();

        Assert.Throws<ArgumentOutOfRangeException>(() => options.Truncation = (TruncationPolicy)9);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.ChunkOverlap = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MatryoshkaDimensions = [16, 0]);
        Assert.Equal(TruncationPolicy.Truncate, options.Truncation);
    }

    // The definition, by what the model gives for each window as a text of its own: every word is one token.
    private static async Task AssertPoolsWindows(string folder)
    {
        const int Overlap = 5;
        JsonElement golden = TestModels.ReadJson(Path.Combine(folder, "expected.json"));
        OnnxEmbeddingGeneratorOptions options = ExpectedOptions.Of(folder);
        (options.MaxTokens, options.Truncation, options.ChunkOverlap) = (60, TruncationPolicy.ChunkAndPool, Overlap);
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(folder, options);
        // Where a word's space is part of its token, the first of a window has one as well.
        bool hasSpace = File.ReadAllText(Path.Combine(folder, "tokenizer.json")).Contains("\"ByteLevel\"", StringComparison.Ordinal);
        string Text(IEnumerable<string> words) => (hasSpace ? " " : "") + string.Join(' ', words);
        bool normalizes = ExpectedOptions.Normalizes(golden);
        ITokenCounter counter = generator.GetRequiredService<ITokenCounter>();
        string[] known = [.. "a an the of to and in is it on for as was with be by at he that from his this have which one you had not are".Split(' ').Where(word => counter.CountTokens(" " + word) == 1)];
        Random random = new(3);
        string[] words = [.. Enumerable.Range(0, 180).Select(_ => known[random.Next(known.Length)])];
        foreach (EmbeddingGenerationOptions role in new[] { EmbeddingInputTypes.QueryOptions(), EmbeddingInputTypes.DocumentOptions() })
        {
            int room = Enumerable.Range(1, 60).Last(count => Windows(generator, Text(words.Take(count)), role) is null);
            double[] sum = [];
            double weights = 0;
            long windows = 0;
            for (int start = 0; ; start += room - Overlap)
            {
                string[] window = [.. words.Skip(start).Take(room)];
                float[] vector = (await generator.GenerateVectorAsync(Text(window), role)).ToArray();
                sum = [.. vector.Select((value, i) => (sum.Length == 0 ? 0 : sum[i]) + (value * (double)window.Length))];
                weights += window.Length;
                windows++;
                if (start + window.Length == words.Length)
                {
                    break;
                }
            }

            double divisor = normalizes ? Math.Sqrt(sum.Sum(value => value * value)) : weights;

            Embedding<float> actual = await generator.GenerateAsync(Text(words), role);

            Assert.Equal(windows, actual.AdditionalProperties![EmbeddingPropertyNames.Windows]);
            Assert.Equal(sum.Select(value => value / divisor), actual.Vector.ToArray().Select(value => (double)value), (left, right) => Math.Abs(left - right) < 1e-5);
        }
    }

    private static object? Windows(OnnxEmbeddingGenerator generator, string text, EmbeddingGenerationOptions options) =>
        generator.GenerateAsync([text], options).GetAwaiter().GetResult()[0].AdditionalProperties?[EmbeddingPropertyNames.Windows];

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("a", count));

    private static OnnxEmbeddingGenerator Load(string name, TruncationPolicy policy) => OnnxEmbeddingGenerator.Load(TestModels.Tiny(name), new() { Truncation = policy });
}
