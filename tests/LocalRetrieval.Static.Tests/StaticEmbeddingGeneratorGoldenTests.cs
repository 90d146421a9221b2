using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Static.Tests;

/// <summary>Vectors against those of model2vec and sentence-transformers.</summary>
public sealed class StaticEmbeddingGeneratorGoldenTests
{
    [Theory]
    [InlineData("static-model2vec", 1e-6)]
    [InlineData("static-model2vec-fp16-weighted", 3e-4)]
    [InlineData("static-model2vec-int8-mapped", 5e-5)]
    [InlineData("static-sentence-transformers", 1e-6)]
    public async Task GenerateAsync_TinyModel_EqualsTheReference(string name, double tolerance)
    {
        using StaticEmbeddingGenerator generator = StaticEmbeddingGenerator.Load(TestModels.Tiny(name));

        await AssertEqualsReference(generator, StaticModels.Cases(Path.Combine(TestModels.Tiny(name), "expected.json")), tolerance);
    }

    [Fact]
    public async Task GenerateAsync_EmbeddedModel_EqualsModel2Vec()
    {
        using StaticEmbeddingGenerator generator = StaticEmbeddingGenerator.Load(LocalModels.Static.Locate());
        (string Text, float[] Vector)[] cases = StaticModels.Cases(StaticModels.Golden("static.json"));

        Assert.Equal(129, cases.Length);
        await AssertEqualsReference(generator, cases, tolerance: 1e-6);
    }

    private static async Task AssertEqualsReference(StaticEmbeddingGenerator generator, (string Text, float[] Vector)[] cases, double tolerance)
    {
        GeneratedEmbeddings<Embedding<float>> result = await generator.GenerateAsync(cases.Select(golden => golden.Text));

        Assert.NotEmpty(cases);
        for (int i = 0; i < cases.Length; i++)
        {
            Assert.Equal(cases[i].Vector.Length, result[i].Dimensions);
            double difference = cases[i].Vector.Zip(result[i].Vector.ToArray(), (a, b) => Math.Abs(a - b)).Max();
            Assert.True(difference <= tolerance, $"case {i}, '{cases[i].Text}': {difference}");
        }
    }
}
