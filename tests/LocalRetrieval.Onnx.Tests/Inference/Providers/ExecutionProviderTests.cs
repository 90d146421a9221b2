using LocalRetrieval.Onnx.Inference;
using LocalRetrieval.Onnx.Inference.Providers;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Onnx.Tests.Inference.Providers;

/// <summary>With the native library that is referenced here, which offers the processor alone.</summary>
public sealed class ExecutionProviderTests
{
    private const string Cpu = "CPUExecutionProvider";

    [Fact]
    public void Load_NothingAskedFor_IsRunByTheProcessorAndNotCounted()
    {
        using OnnxEmbeddingGenerator generator = Load(null);

        EncoderInfo info = generator.GetRequiredService<EncoderInfo>();

        Assert.Equal((Cpu, Cpu), (info.RequestedProvider, info.ActiveProvider));
        Assert.Equal([new EncoderExecutionProvider { Name = Cpu }], info.ExecutionProviders);
    }

    [Theory]
    [InlineData("CPUExecutionProvider")]
    [InlineData("cpu")]
    public async Task Load_TheProcessorByName_CountsNodesAndGivesTheSameBits(string name)
    {
        using RecordingLoggerFactory log = new();
        using OnnxEmbeddingGenerator expected = Load(null);
        using OnnxEmbeddingGenerator generator = Load([new ExecutionProvider { Name = name, RequiresEveryNode = true, Options = new Dictionary<string, string> { ["use_arena"] = "1" } }], log);

        EncoderInfo info = generator.GetRequiredService<EncoderInfo>();

        Assert.Equal((Cpu, Cpu), (info.RequestedProvider, info.ActiveProvider));
        int nodes = Assert.Single(info.ExecutionProviders, provider => provider is { Name: Cpu, Refusal: null }).Nodes!.Value;
        Assert.InRange(nodes, 10, 10_000);
        Assert.Contains($"{Cpu} was asked for; it is run by {Cpu} ({nodes} nodes)", Assert.Single(log.Messages), StringComparison.Ordinal);
        Assert.Equal((await expected.GenerateAsync(["a cat"]))[0].Vector.ToArray(), (await generator.GenerateAsync(["a cat"]))[0].Vector.ToArray());
    }

    [Fact]
    public void MaxRuns_DirectML_IsOne()
    {
        Assert.Equal(1, ProviderNames.MaxRuns([ProviderNames.DirectML, Cpu]));
        Assert.Equal(int.MaxValue, ProviderNames.MaxRuns(["CUDAExecutionProvider", Cpu]));
    }

    [Theory]
    [InlineData("CUDA", "CUDAExecutionProvider comes with Microsoft.ML.OnnxRuntime.Gpu")]
    [InlineData("dmlExecutionProvider", "comes with Microsoft.ML.OnnxRuntime.DirectML")]
    [InlineData("Abacus", "Known ones are CUDAExecutionProvider")]
    public void Load_WhatTheLibraryLacksByName_IsRefusedWithWhatThereIsAndThePackage(string name, string advice)
    {
        NotSupportedException refused = Assert.Throws<NotSupportedException>(() => Load([new ExecutionProvider { Name = name }, ExecutionProvider.Cpu]));

        Assert.Contains($"the execution provider '{name}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"offers {string.Join(", ", OrtEnv.Instance().GetAvailableProviders())}", refused.Message, StringComparison.Ordinal);
        Assert.Contains(advice, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arena", "1", "has no option 'arena'")]
    [InlineData("use_arena", "yes", "is 'yes'; expected a whole number")]
    public void Load_AnOptionThatIsNone_IsRefusedByName(string key, string value, string reason)
    {
        ExecutionProvider provider = new() { Name = Cpu, Options = new Dictionary<string, string> { [key] = value } };

        NotSupportedException refused = Assert.Throws<NotSupportedException>(() => Load([provider]));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Contains($"[{key}={value}]", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_EveryNodeRequiredBesideTheProcessor_IsRefused()
    {
        NotSupportedException refused = Assert.Throws<NotSupportedException>(() => Load([new ExecutionProvider { Name = "CUDA", RequiresEveryNode = true }, ExecutionProvider.Cpu]));

        Assert.Contains("'CUDA' requires every node", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Auto_FallsBackToTheProcessorAloud()
    {
        using RecordingLoggerFactory log = new();
        using OnnxEmbeddingGenerator generator = Load([ExecutionProvider.Auto], log);

        EncoderInfo info = generator.GetRequiredService<EncoderInfo>();

        Assert.Equal(("Auto", Cpu), (info.RequestedProvider, info.ActiveProvider));
        Assert.Contains("offers nothing else", Assert.Single(log.Messages), StringComparison.Ordinal);
        Assert.True(Assert.Single(info.ExecutionProviders).Nodes > 0);
    }

    [Fact]
    public void LoadBest_WhatCannotBeUsed_IsNamedWithTheReason()
    {
        using RecordingLoggerFactory log = new();
        OnnxBackendSettings settings = new([OutputKind.SentenceEmbedding], PadTokenId: 0) { ExecutionProviders = [ExecutionProvider.Auto], Logger = log.CreateLogger("test") };

        using ProviderSession session = ProviderSession.LoadBest(Graph, threads: 1, settings, ["CUDAExecutionProvider", "XnnpackExecutionProvider"]);
        IReadOnlyList<EncoderExecutionProvider> providers = session.Describe();

        Assert.True(session.IsCpuAlone);
        Assert.Equal([Cpu, "CUDAExecutionProvider", "XnnpackExecutionProvider"], providers.Select(provider => provider.Name));
        Assert.All(providers.Skip(1), provider => Assert.Contains($"The execution provider {provider.Name} cannot be used", provider.Refusal, StringComparison.Ordinal));
        Assert.Contains("CUDAExecutionProvider: The execution provider CUDAExecutionProvider cannot be used", Assert.Single(log.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RerankAsync_TheProcessorByName_GivesTheSameBits()
    {
        string model = TestModels.Tiny("reranker-bert-identity");
        using OnnxTextReranker expected = OnnxTextReranker.Load(model);
        using OnnxTextReranker reranker = OnnxTextReranker.Load(model, new OnnxTextRerankerOptions { ExecutionProviders = [ExecutionProvider.Cpu] });

        Assert.Equal((await expected.RerankAsync("a cat", ["a dog"]))[0].Logit, (await reranker.RerankAsync("a cat", ["a dog"]))[0].Logit);
    }

    private static string Graph => Path.Combine(TestModels.Tiny("bert-cls-prompt"), "onnx", "model.onnx");

    private static OnnxEmbeddingGenerator Load(IReadOnlyList<ExecutionProvider>? providers, ILoggerFactory? log = null) =>
        OnnxEmbeddingGenerator.Load(TestModels.Tiny("bert-cls-prompt"), new OnnxEmbeddingGeneratorOptions { ExecutionProviders = providers }, log);
}
