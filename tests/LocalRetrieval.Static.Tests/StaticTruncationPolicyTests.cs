using System.Text.Json.Nodes;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Static.Tests;

public sealed class StaticTruncationPolicyTests
{
    [Fact]
    public async Task Throw_TextBeyondTheLimit_IsRefusedByIndexAndCounts()
    {
        using StaticEmbeddingGenerator generator = Load(TruncationPolicy.Throw);

        ArgumentException exception = await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(["cat", Words(14), Words(11)]));

        Assert.Contains("index 1 has 14 tokens", exception.Message, StringComparison.Ordinal);
        Assert.Contains("would read 10 and drop 4; 1 more are too long", exception.Message, StringComparison.Ordinal);
        Assert.Single(await generator.GenerateAsync([Words(10)]));
    }

    [Fact]
    public async Task ChunkAndPool_LongText_IsTheWeightedMeanOfItsWindows()
    {
        using StaticEmbeddingGenerator generator = Load(TruncationPolicy.ChunkAndPool, overlap: 2);
        string[] words = [.. Enumerable.Range(0, 24).Select(i => Known[i * 7 % Known.Length])];

        Embedding<float> actual = await generator.GenerateAsync(string.Join(' ', words));

        // Windows at 0, 8 and 16, the last one of 8 words.
        double[] sum = new double[actual.Dimensions];
        foreach (string[] window in new[] { words[..10], words[8..18], words[16..] })
        {
            float[] vector = (await generator.GenerateVectorAsync(string.Join(' ', window))).ToArray();
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += window.Length * (double)vector[i];
            }
        }

        double norm = Math.Sqrt(sum.Sum(value => value * value));
        Assert.Equal(sum.Select(value => value / norm), actual.Vector.ToArray().Select(value => (double)value), (left, right) => Math.Abs(left - right) < 1e-6);
        Assert.Equal(3L, actual.AdditionalProperties![EmbeddingPropertyNames.Windows]);
    }

    [Fact]
    public async Task ChunkAndPool_MixedTexts_GivesTheSameBitsAloneAndTogether()
    {
        using StaticEmbeddingGenerator generator = Load(TruncationPolicy.ChunkAndPool);
        string[] texts = [.. Enumerable.Range(0, 40).Select(i => Words(i * 13 % 50))];

        GeneratedEmbeddings<Embedding<float>> together = await generator.GenerateAsync(texts);

        Assert.Null(together.AdditionalProperties);
        for (int i = 0; i < texts.Length; i++)
        {
            Embedding<float> alone = await generator.GenerateAsync(texts[i]);
            Assert.Equal(alone.Vector.ToArray(), together[i].Vector.ToArray());
            Assert.Equal(i * 13 % 50 > 10, together[i].AdditionalProperties?.ContainsKey(EmbeddingPropertyNames.Windows) ?? false);
        }
    }

    [Fact]
    public async Task ChunkAndPool_Prompt_IsPutBeforeEveryWindow()
    {
        using TemporaryModel model = new(LocalModels.Static.Locate());
        model.Write("config_sentence_transformers.json", """{"prompts": {"query": "find a dog "}}"""u8.ToArray());
        using StaticEmbeddingGenerator generator = StaticEmbeddingGenerator.Load(model.Path, new() { MaxTokens = 10, ChunkOverlap = 0, Truncation = TruncationPolicy.ChunkAndPool });
        string[] words = [.. Known.Take(14)];

        GeneratedEmbeddings<Embedding<float>> pooled = await generator.GenerateAsync([string.Join(' ', words)], EmbeddingInputTypes.QueryOptions());

        float[] first = (await generator.GenerateQueryAsync(string.Join(' ', words[..7]))).Vector.ToArray();
        float[] second = (await generator.GenerateQueryAsync(string.Join(' ', words[7..]))).Vector.ToArray();
        double[] sum = [.. first.Zip(second, (left, right) => (double)left + right)];
        double norm = Math.Sqrt(sum.Sum(value => value * value));
        Assert.Equal(sum.Select(value => value / norm), pooled[0].Vector.ToArray().Select(value => (double)value), (left, right) => Math.Abs(left - right) < 1e-6);
        Assert.Equal(20, pooled.Usage!.InputTokenCount);
    }

    [Fact]
    public void ChunkAndPool_OverlapOfAWholeWindow_IsRefusedAtLoad() =>
        Assert.Contains("has room for 10 tokens", Assert.Throws<ArgumentOutOfRangeException>(() => Load(TruncationPolicy.ChunkAndPool, overlap: 10)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Dimensions_SizeThatConfigNames_IsNotLoggedAndAnotherOnce()
    {
        using RecordingLoggerFactory log = new();
        using TemporaryModel model = new(LocalModels.Static.Locate());
        model.Edit("config.json", config => config["matryoshka_dimensions"] = new JsonArray(64, 32));
        using StaticEmbeddingGenerator generator = StaticEmbeddingGenerator.Load(model.Path, loggerFactory: log);

        await generator.GenerateAsync(["cat"], new() { Dimensions = 32 });
        Assert.Empty(log.Messages);
        await generator.GenerateAsync(["cat"], new() { Dimensions = 33 });
        await generator.GenerateAsync(["cat"], new() { Dimensions = 34 });

        Assert.Contains("trained for 64, 32", Assert.Single(log.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_BadValues_AreRefusedWhenSet()
    {
        StaticEmbeddingGeneratorOptions options = new();

        Assert.Throws<ArgumentOutOfRangeException>(() => options.Truncation = (TruncationPolicy)9);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.ChunkOverlap = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MatryoshkaDimensions = [0]);
    }

    private static string[] Known { get; } = "cat dog house tree water fire earth wind sun moon star car road city king queen".Split(' ');

    private static string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(i => Known[i % Known.Length]));

    private static StaticEmbeddingGenerator Load(TruncationPolicy policy, int? overlap = null) =>
        StaticEmbeddingGenerator.Load(LocalModels.Static.Locate(), new() { MaxTokens = 10, Truncation = policy, ChunkOverlap = overlap });
}
