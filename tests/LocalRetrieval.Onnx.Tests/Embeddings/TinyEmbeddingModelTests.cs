using System.Text.Json;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Onnx.Tests.Embeddings;

/// <summary>Every shape of bi-encoder against the vectors of torch with sentence-transformers' own modules.</summary>
public sealed class TinyEmbeddingModelTests
{
    public static TheoryData<string> Committed => TinyModelNames.Committed("embedding");

    public static TheoryData<string> Shared => TinyModelNames.Shared("embedding");

    [Theory]
    [MemberData(nameof(Committed))]
    public Task GenerateAsync_CommittedModel_EqualsTorch(string name) => AssertEqualsTorch(TestModels.Tiny(name));

    [SharedTheory]
    [MemberData(nameof(Shared))]
    public Task GenerateAsync_SharedModel_EqualsTorch(string name) => AssertEqualsTorch(SharedData.Path("models-tiny", name));

    private static async Task AssertEqualsTorch(string folder)
    {
        JsonElement expected = TestModels.ReadJson(Path.Combine(folder, "expected.json"));
        JsonElement[] cases = expected.Cases();
        float tolerance = File.Exists(Path.Combine(folder, "onnx", "model_fp16.onnx")) ? 2e-3f : 1e-4f;
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(folder, ExpectedOptions.Of(folder));

        Assert.NotEmpty(cases);
        foreach (IGrouping<string?, JsonElement> role in cases.GroupBy(golden => golden.GetProperty("role").GetString()))
        {
            JsonElement[] goldens = [.. role];
            EmbeddingGenerationOptions options = new() { Dimensions = goldens[0].GetProperty("embedding").GetArrayLength() };
            if (role.Key is { } name)
            {
                options.AdditionalProperties = new() { [EmbeddingPropertyNames.InputType] = name };
            }

            GeneratedEmbeddings<Embedding<float>> together = await generator.GenerateAsync(goldens.Select(golden => golden.GetProperty("text").GetString()!), options);

            Assert.Equal(goldens.Sum(golden => golden.GetProperty("tokens").GetInt64()), together.Usage!.InputTokenCount);
            for (int i = 0; i < goldens.Length; i++)
            {
                Embedding<float> alone = (await generator.GenerateAsync([goldens[i].GetProperty("text").GetString()!], options))[0];
                AssertClose(goldens[i].GetProperty("embedding").Floats(), together[i].Vector.Span, tolerance, $"{role.Key} {i}, together");
                AssertClose(goldens[i].GetProperty("embedding").Floats(), alone.Vector.Span, tolerance, $"{role.Key} {i}, alone");
            }
        }
    }

    private static void AssertClose(float[] expected, ReadOnlySpan<float> actual, float tolerance, string name)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"case {name}, dimension {i}: {actual[i]}, expected {expected[i]}");
        }
    }
}
