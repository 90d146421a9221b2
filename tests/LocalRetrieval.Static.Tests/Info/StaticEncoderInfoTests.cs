using System.Text.Json.Nodes;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Static.Tests.Info;

public sealed class StaticEncoderInfoTests
{
    private static readonly string[] Names = ["static-model2vec", "static-model2vec-fp16-weighted", "static-model2vec-int8-mapped", "static-sentence-transformers"];

    public static TheoryData<string> Models => [.. Names];

    public static TheoryData<string, string> Alterations
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string name in Names)
            {
                data.Add(name, ModelAlteration.DefaultPrompt);
                data.Add(name, ModelAlteration.Normalization);
                data.Add(name, ModelAlteration.Tokenizer);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task ParityCheck_Model_Passes(string name)
    {
        using StaticEmbeddingGenerator generator = StaticEmbeddingGenerator.Load(TestModels.Tiny(name));

        ParityReport report = await ParityCheck.RunAsync(generator);

        Assert.True(report.Passed, report.ToString());
        Assert.NotNull(report.ExpectedValues);
        // model2vec computes in the precision of its vectors.
        Assert.Equal(name.Contains("fp16", StringComparison.Ordinal), generator.GetRequiredService<EncoderInfo>().IsHalfPrecision);
    }

    [Theory]
    [MemberData(nameof(Alterations))]
    public async Task ParityCheck_ModelAltered_Fails(string name, string alteration)
    {
        using TemporaryModel model = TestModels.Copy(name);
        Assert.True(ModelAlteration.TryApply(model.Path, alteration));
        using StaticEmbeddingGenerator generator = model.Load();

        ParityReport report = await ParityCheck.RunAsync(generator);

        Assert.Contains(report.Checks, check => !check.Passed && check.Difference > check.Tolerance);
    }

    [Theory]
    [InlineData(ModelAlteration.FirstPrompt)]
    [InlineData(ModelAlteration.LastPrompt)]
    public void Fingerprint_PromptAltered_DiffersInPrompts(string alteration)
    {
        // Prompts by role have no expected values to be held against.
        using TemporaryModel altered = TestModels.Copy("static-sentence-transformers");
        Assert.True(ModelAlteration.TryApply(altered.Path, alteration));

        Assert.Equal("prompts", Of(TestModels.Tiny("static-sentence-transformers")).DescribeDifference(Of(altered.Path)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task ParityCheck_WithoutExpectedValues_ProbesAndPasses(string name)
    {
        using TemporaryModel model = TestModels.Copy(name);
        File.Delete(model.File("expected.json"));
        using StaticEmbeddingGenerator generator = model.Load();

        ParityReport report = await ParityCheck.RunAsync(generator);

        Assert.True(report.Passed, report.ToString());
        Assert.Contains(report.Checks, check => check is { Name: "batch independence", Passed: true });
    }

    [Fact]
    public async Task GetService_EmbeddedModel_SaysWhatItIs()
    {
        using StaticEmbeddingGenerator generator = StaticEmbeddingGenerator.Load(LocalModels.Static.Locate());

        EncoderInfo info = generator.GetRequiredService<EncoderInfo>();
        BatchIndependence measured = await info.MeasureBatchIndependenceAsync();

        Assert.Equal(("mean", generator.GetRequiredService<EmbeddingGeneratorMetadata>().DefaultModelDimensions), (info.Pooling, info.Dimensions));
        Assert.Null(info.ActiveProvider);
        Assert.Equal((0f, true), (measured.LargestDifference, measured.IsBitForBit));
        Assert.Null(generator.GetService<EncoderInfo>("key"));
    }

    [Fact]
    public void Fingerprint_Altered_NamesWhatDiffers()
    {
        using TemporaryModel copy = TestModels.Copy("static-model2vec");
        EncoderFingerprint original = Of(copy.Path);
        Assert.Equal(original, Of(TestModels.Tiny("static-model2vec")));
        copy.Edit("config.json", json => json["normalize"] = false);
        copy.Edit("tokenizer.json", json => json["added_tokens"]!.AsArray().Last()!["lstrip"] = true);
        copy.Write("config_sentence_transformers.json", System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["prompts"] = new JsonObject { ["query"] = "query: " } }.ToJsonString()));
        byte[] weights = File.ReadAllBytes(copy.File("model.safetensors"));
        weights[^4] ^= 1;
        copy.Write("model.safetensors", weights);

        Assert.Equal("model, tokenizer, prompts, normalization ('normalized' and 'not normalized')", original.DescribeDifference(Of(copy.Path)));
    }

    private static EncoderFingerprint Of(string folder)
    {
        using StaticEmbeddingGenerator generator = StaticEmbeddingGenerator.Load(folder, new StaticEmbeddingGeneratorOptions { ModelId = "same" });
        return generator.GetRequiredService<EncoderInfo>().Fingerprint;
    }
}
