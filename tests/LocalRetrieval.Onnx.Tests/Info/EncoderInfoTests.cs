using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Onnx.Tests.Info;

public sealed class EncoderInfoTests(EmbeddedModels models) : IClassFixture<EmbeddedModels>
{
    [Fact]
    public void GetService_BiEncoder_SaysWhatItsFilesSay()
    {
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(TestModels.Tiny("bert-cls-prompt"));

        EncoderInfo info = generator.GetRequiredService<EncoderInfo>();

        Assert.Equal("bert-cls-prompt", info.ModelId);
        Assert.Equal(TestModels.Tiny("bert-cls-prompt"), info.ModelPath);
        Assert.Equal(("CPUExecutionProvider", "CPUExecutionProvider"), (info.RequestedProvider, info.ActiveProvider));
        Assert.Equal("Represent this sentence for searching relevant passages: ", Assert.Single(info.Prompts).Value);
        Assert.Equal(("cls", true, SimilarityFunctions.Cosine, 32, 128, ""), (info.Pooling, info.IsNormalized, info.SimilarityFunction, info.Dimensions, info.MaxTokens, info.DefaultPrompt));
        Assert.Equal(
            [FingerprintComponents.Model, FingerprintComponents.Tokenizer, FingerprintComponents.Prompts, FingerprintComponents.Pooling, FingerprintComponents.Normalization, FingerprintComponents.Dimensions],
            info.Fingerprint.Components.Select(component => component.Name));
        Assert.Same(info, generator.GetService<EncoderInfo>());
        Assert.Null(generator.GetService<EncoderInfo>("key"));
    }

    [Fact]
    public void GetService_OtherKinds_SayWhatTheyAre()
    {
        using OnnxSparseEmbeddingGenerator sparse = OnnxSparseEmbeddingGenerator.Load(TestModels.Tiny("splade-mlm"));
        using OnnxLateInteractionReranker late = OnnxLateInteractionReranker.Load(TestModels.Tiny("colbert"));
        using OnnxTextReranker reranker = OnnxTextReranker.Load(TestModels.Tiny("reranker-two-logits"));

        EncoderInfo ofSparse = sparse.GetRequiredService<EncoderInfo>();
        EncoderInfo ofLate = (EncoderInfo)late.GetService(typeof(EncoderInfo))!;
        EncoderInfo ofReranker = (EncoderInfo)reranker.GetService(typeof(EncoderInfo))!;

        Assert.Equal(("splade max", 3000, 128), (ofSparse.Pooling, ofSparse.Dimensions, ofSparse.MaxTokens));
        Assert.Equal(("maxsim", true, 16, 64, "query: "), (ofLate.SimilarityFunction, ofLate.IsNormalized, ofLate.Dimensions, ofLate.MaxTokens, ofLate.Prompts["query"]));
        Assert.Equal((null, null, 512), (ofReranker.Pooling, ofReranker.Dimensions, ofReranker.MaxTokens));
        Assert.Equal(3, new[] { ofSparse, ofLate, ofReranker }.Select(info => info.Fingerprint.Value).Distinct().Count());
    }

    [Fact]
    public async Task MeasureBatchIndependenceAsync_EmbeddedModels_AreTheSameBitForBit()
    {
        BatchIndependence biEncoder = await models.BiEncoder.GetRequiredService<EncoderInfo>().MeasureBatchIndependenceAsync();
        BatchIndependence crossEncoder = await ((EncoderInfo)models.CrossEncoder.GetService(typeof(EncoderInfo))!).MeasureBatchIndependenceAsync();

        Assert.Equal((0f, true), (biEncoder.LargestDifference, biEncoder.IsBitForBit));
        Assert.Equal((0f, true), (crossEncoder.LargestDifference, crossEncoder.IsBitForBit));
        Assert.Equal(models.BiEncoder.GetRequiredService<ITokenCounter>().MaxTokens, biEncoder.LongestTokens);
    }

    [SharedFact]
    public async Task MeasureBatchIndependenceAsync_Float32Reference_IsIndependent()
    {
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(SharedData.Path("models", "all-MiniLM-L6-v2"));

        BatchIndependence measured = await generator.GetRequiredService<EncoderInfo>().MeasureBatchIndependenceAsync();

        Assert.True(measured.IsIndependent, measured.ToString());
        Assert.True(measured.Texts >= 8, measured.ToString());
    }

    [Fact]
    public async Task MeasureBatchIndependenceAsync_AfterDispose_GivesWhatWasMeasured()
    {
        OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(TestModels.Tiny("dense-tanh"));
        EncoderInfo info = generator.GetRequiredService<EncoderInfo>();
        BatchIndependence measured = await info.MeasureBatchIndependenceAsync();
        generator.Dispose();

        Assert.True(measured.IsIndependent, measured.ToString());
        Assert.Same(measured, await info.MeasureBatchIndependenceAsync());
    }
}
