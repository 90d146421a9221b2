using System.Numerics.Tensors;
using System.Text.Json;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Onnx.Tests.Embeddings;

/// <summary>Vectors against those of the reference implementations.</summary>
public sealed class OnnxEmbeddingGeneratorGoldenTests(EmbeddedModels models) : IClassFixture<EmbeddedModels>
{
    // Made elsewhere: int8 graphs give slightly other floats on other CPUs and versions of ONNX Runtime. The bounds are those measured between them.
    [Theory]
    [InlineData(null, 128)]
    [InlineData("query", 64)]
    public async Task GenerateAsync_EmbeddedModel_EqualsPythonOnnxRuntime(string? role, int count)
    {
        JsonElement[] cases = Cases(role);
        EmbeddingGenerationOptions? options = role is null ? null : new() { AdditionalProperties = new() { [EmbeddingPropertyNames.InputType] = role } };

        float[][] vectors = await Embed(models.BiEncoder, cases, options);

        Assert.Equal(count, cases.Length);
        float[] cosines = [.. cases.Select((golden, i) => TensorPrimitives.CosineSimilarity<float>(golden.GetProperty("embedding").Floats(), vectors[i]))];
        Assert.All(cosines, cosine => Assert.InRange(cosine, 0.999f, 1.00001f));
        Assert.InRange(cosines.Average(), 0.9999f, 1.00001f);
    }

    [SharedFact]
    public async Task GenerateAsync_MiniLmInFloat32_EqualsSentenceTransformers()
    {
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(SharedData.Path("models", "all-MiniLM-L6-v2"));
        JsonElement[] cases = TestModels.ReadJson(SharedData.Path("goldens", "minilm", "embeddings.json")).Cases();

        float[][] vectors = await Embed(generator, cases);

        Assert.Equal(128, cases.Length);
        for (int i = 0; i < cases.Length; i++)
        {
            Assert.True(LargestDifference(cases[i].GetProperty("embedding").Floats(), vectors[i]) <= 1e-5, $"case {i}");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("query")]
    public async Task GenerateAsync_EachText_ReadsTheTokensThatTheReferenceReads(string? role)
    {
        EmbeddingGenerationOptions? options = role is null ? null : new() { AdditionalProperties = new() { [EmbeddingPropertyNames.InputType] = role } };
        foreach (JsonElement golden in Cases(role))
        {
            GeneratedEmbeddings<Embedding<float>> result = await models.BiEncoder.GenerateAsync([golden.GetProperty("text").GetString()!], options);

            Assert.Equal(golden.GetProperty("tokens").GetInt64(), result.Usage!.InputTokenCount);
        }
    }

    [Fact]
    public async Task GenerateAsync_EmbeddedModel_GivesTheSameBitsAloneAndInAnyBatch()
    {
        string[] texts = [.. Cases(role: null).Select(golden => golden.GetProperty("text").GetString()!)];
        float[][] alone = [.. await Task.WhenAll(texts.Select(async text => (await models.BiEncoder.GenerateAsync([text]))[0].Vector.ToArray()))];

        foreach (int budget in new[] { 256, 2048, 1_000_000 })
        {
            using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(LocalModels.BiEncoder.Locate(), new OnnxEmbeddingGeneratorOptions { BatchTokenBudget = budget });
            GeneratedEmbeddings<Embedding<float>> together = await generator.GenerateAsync(texts);

            for (int i = 0; i < texts.Length; i++)
            {
                Assert.True(alone[i].AsSpan().SequenceEqual(together[i].Vector.Span), $"budget {budget}, text {i}: {LargestDifference(alone[i], together[i].Vector.ToArray())}");
            }
        }
    }

    [Fact]
    public async Task GenerateAsync_EmbeddedModel_GivesTheSameBitsOnOneThreadAndOnMany()
    {
        string[] texts = [.. Cases(role: null).Select(golden => golden.GetProperty("text").GetString()!)];
        using OnnxEmbeddingGenerator one = OnnxEmbeddingGenerator.Load(LocalModels.BiEncoder.Locate(), new OnnxEmbeddingGeneratorOptions { Threads = 1 });
        using OnnxEmbeddingGenerator many = OnnxEmbeddingGenerator.Load(LocalModels.BiEncoder.Locate(), new OnnxEmbeddingGeneratorOptions { Threads = 4 });

        GeneratedEmbeddings<Embedding<float>> ofOne = await one.GenerateAsync(texts);
        GeneratedEmbeddings<Embedding<float>> ofMany = await many.GenerateAsync(texts);

        Assert.Equal((128, 128), (ofOne.Count, ofMany.Count));
        Assert.All(ofOne.Zip(ofMany), pair => Assert.True(pair.First.Vector.Span.SequenceEqual(pair.Second.Vector.Span)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("query")]
    [InlineData("document")]
    public async Task GenerateAsync_ClsPoolingWithPrompts_EqualsSentenceTransformers(string? role)
    {
        string folder = TestModels.Tiny("bert-cls-prompt");
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(folder);
        JsonElement[] cases = [.. TestModels.ReadJson(Path.Combine(folder, "expected.json")).Cases()
            .Where(golden => golden.GetProperty("role").GetString() == (role == "document" ? null : role))];
        EmbeddingGenerationOptions? options = role is null ? null : new() { AdditionalProperties = new() { [EmbeddingPropertyNames.InputType] = role } };

        GeneratedEmbeddings<Embedding<float>> result = await generator.GenerateAsync(cases.Select(golden => golden.GetProperty("text").GetString()!), options);

        Assert.NotEmpty(cases);
        for (int i = 0; i < cases.Length; i++)
        {
            Assert.True(LargestDifference(cases[i].GetProperty("embedding").Floats(), result[i].Vector.ToArray()) <= 1e-4, $"case {i}");
        }
    }

    private static JsonElement[] Cases(string? role) =>
        [.. TestModels.Golden("embeddings.json").Cases().Where(golden => golden.GetProperty("role").GetString() == role)];

    private static async Task<float[][]> Embed(OnnxEmbeddingGenerator generator, JsonElement[] cases, EmbeddingGenerationOptions? options = null)
    {
        GeneratedEmbeddings<Embedding<float>> result = await generator.GenerateAsync(cases.Select(golden => golden.GetProperty("text").GetString()!), options);
        return [.. result.Select(embedding => embedding.Vector.ToArray())];
    }

    private static float LargestDifference(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        return expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max();
    }
}
