using System.Text.Json;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Onnx.Tests.Sparse;

/// <summary>Sparse encoders against the weights of torch.</summary>
public sealed class TinySparseModelTests
{
    public static TheoryData<string> Committed => TinyModelNames.Committed("sparse");

    public static TheoryData<string> Shared => TinyModelNames.Shared("sparse");

    [Theory]
    [MemberData(nameof(Committed))]
    public Task GenerateAsync_CommittedModel_EqualsTorch(string name) => AssertEqualsTorch(TestModels.Tiny(name));

    [SharedTheory]
    [MemberData(nameof(Shared))]
    public Task GenerateAsync_SharedModel_EqualsTorch(string name) => AssertEqualsTorch(SharedData.Path("models-tiny", name));

    private static async Task AssertEqualsTorch(string folder)
    {
        JsonElement[] cases = TestModels.ReadJson(Path.Combine(folder, "expected.json")).Cases();
        using OnnxSparseEmbeddingGenerator generator = OnnxSparseEmbeddingGenerator.Load(folder);

        GeneratedEmbeddings<SparseEmbedding> together = await generator.GenerateAsync(cases.Select(golden => golden.GetProperty("text").GetString()!));

        Assert.NotEmpty(cases);
        for (int i = 0; i < cases.Length; i++)
        {
            int[] indices = [.. cases[i].GetProperty("indices").EnumerateArray().Select(index => index.GetInt32())];
            float[] expected = Dense(indices, cases[i].GetProperty("weights").Floats(), together[i].Dimensions);
            SparseEmbedding alone = (await generator.GenerateAsync([cases[i].GetProperty("text").GetString()!]))[0];
            foreach (SparseEmbedding actual in new[] { together[i], alone })
            {
                float[] weights = Dense(actual.Indices.ToArray(), actual.Weights.ToArray(), actual.Dimensions);
                Assert.All(Enumerable.Range(0, expected.Length), index => Assert.Equal(expected[index], weights[index], 1e-4f));
                Assert.All(actual.Weights.ToArray(), weight => Assert.True(weight > 0));
            }
        }
    }

    private static float[] Dense(int[] indices, float[] weights, int dimensions)
    {
        float[] dense = new float[dimensions];
        for (int i = 0; i < indices.Length; i++)
        {
            dense[indices[i]] = weights[i];
        }

        return dense;
    }
}
