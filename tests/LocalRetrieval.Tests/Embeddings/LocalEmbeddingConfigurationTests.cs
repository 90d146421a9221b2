using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LocalRetrieval.Tests.Embeddings;

public sealed class LocalEmbeddingConfigurationTests
{
    private const string Tiny = "Models/bert-cls-prompt";

    [Theory]
    [InlineData("BiEncoder", "LocalRetrieval/bi-encoder")]
    [InlineData("bi-encoder", "LocalRetrieval/bi-encoder")]
    [InlineData("Static", "LocalRetrieval/static")]
    [InlineData("static", "LocalRetrieval/static")]
    public void AddLocalEmbeddings_ModelByName_IsTheEmbeddedModel(string name, string modelId)
    {
        using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings(Sections.Of(("Model", name))).BuildServiceProvider();

        Assert.Equal(modelId, services.GetRequiredService<IEmbeddingGenerator>().GetRequiredService<EmbeddingGeneratorMetadata>().DefaultModelId);
    }

    [Fact]
    public void Configure_ModelByNameWithTheFrameworksBinder_IsTheEmbeddedModel()
    {
        LocalEmbeddingOptions options = new();
        Sections.Of(("Model", "Static")).Bind(options);
        Assert.Same(LocalModels.Static, options.Model);
    }

    [Fact]
    public void AddLocalEmbeddings_SectionAndCode_TheCodeIsAppliedLast()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddLocalEmbeddings(Sections.Of(("ModelPath", Tiny), ("MaxTokens", "64"), ("ModelId", "of the section")), options => options.MaxTokens /= 2)
            .BuildServiceProvider();

        EncoderInfo info = services.GetRequiredService<IEmbeddingGenerator>().GetRequiredService<EncoderInfo>();

        Assert.Equal((32, "of the section"), (info.MaxTokens, info.ModelId));
    }

    [Fact]
    public void AddLocalEmbeddings_ExecutionProviders_AreNamesOrSections()
    {
        LocalEmbeddingOptions? bound = null;
        using ServiceProvider services = new ServiceCollection()
            .AddLocalEmbeddings(
                Sections.Of(
                    ("ExecutionProviders:0:Name", "CUDA"), ("ExecutionProviders:0:Options:device_id", "1"), ("ExecutionProviders:0:RequiresEveryNode", "true"), ("ExecutionProviders:1", "DML")),
                options => bound = options)
            .BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.Equal([("CUDA", true), ("DML", false)], bound!.ExecutionProviders!.Select(provider => (provider.Name, provider.RequiresEveryNode)));
        Assert.Equal([new KeyValuePair<string, string>("device_id", "1")], bound.ExecutionProviders![0].Options);
    }

    [Fact]
    public void AddLocalEmbeddings_AutoByConfiguration_RunsWithWhatThereIs()
    {
        using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings(Sections.Of(("ModelPath", Tiny), ("ExecutionProviders:0", "auto"))).BuildServiceProvider();

        EncoderInfo info = services.GetRequiredService<IEmbeddingGenerator>().GetRequiredService<EncoderInfo>();

        Assert.Equal(("Auto", "CPUExecutionProvider"), (info.RequestedProvider, info.ActiveProvider));
    }

    [Fact]
    public async Task AddKeyedLocalEmbeddings_Calibration_IsReadAsItIsWritten()
    {
        (string, string?)[] ranges = [.. Enumerable.Range(0, 32).SelectMany(i => new[] { ($"SByteCalibration:Minimums:{i}", (string?)"-1"), ($"SByteCalibration:Maximums:{i}", "0.5") })];
        await using ServiceProvider services = new ServiceCollection().AddKeyedLocalEmbeddings("key", Sections.Of([("ModelPath", Tiny), .. ranges])).BuildServiceProvider();
        ReadOnlyMemory<float> vector = await services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("key").GenerateVectorAsync("a text");

        Embedding<sbyte> levels = await services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<sbyte>>>("key").GenerateAsync("a text");

        SByteCalibration calibration = new(Enumerable.Repeat(-1f, 32).ToArray(), Enumerable.Repeat(0.5f, 32).ToArray());
        Assert.Equal(calibration.Quantize(vector.Span), levels.Vector.ToArray());
    }

    [Theory]
    [InlineData("MaxToken", "64", "'Local:MaxToken' is no key of LocalEmbeddingOptions. Did you mean 'MaxTokens'?")]
    [InlineData("Model", "E5", "'Local:Model' is 'E5'; expected the name of an embedded model, BiEncoder or Static.")]
    [InlineData("Model", "CrossEncoder", "'Local:Model': The embedded model 'cross-encoder' gives no embeddings.")]
    [InlineData("Model:Name", "Static", "'Local:Model' is ''; expected the name of an embedded model")]
    [InlineData("Pipeline", "Cache", "'Local:Pipeline': Pipeline is a function, which a configuration cannot hold.")]
    [InlineData("SByteCalibration:Minimum:0", "1", "'Local:SByteCalibration:Minimum' is no key of SByteCalibration. Did you mean 'Minimums'?")]
    [InlineData("SByteCalibration:Minimums:0", "1", "'Local:SByteCalibration': There are 1 minimums and 0 maximums")]
    [InlineData("SByteCalibration", "calibration.json", "'Local:SByteCalibration' is 'calibration.json'; expected a section with the keys of SByteCalibration.")]
    [InlineData("MatryoshkaDimensions", "16", "'Local:MatryoshkaDimensions' is '16'; expected a list")]
    [InlineData("ExecutionProviders", "CUDA", "'Local:ExecutionProviders' is 'CUDA'; expected a list, whose first value has the key 'Local:ExecutionProviders:0'.")]
    [InlineData("ExecutionProviders:0:Named", "CUDA", "'Local:ExecutionProviders:0:Named' is no key of ExecutionProvider. Did you mean 'Name'?")]
    [InlineData("ExecutionProviders:0:Options:device_id", "1", "'Local:ExecutionProviders:0' has no Name; expected an execution provider's name")]
    [InlineData("ChunkOverlap", "9", "LocalEmbeddingOptions.ChunkOverlap is 9, but with Truncation Truncate there are no windows to overlap.")]
    public void AddLocalEmbeddings_WhatCannotBe_IsRefusedAtStartAndWithoutAHost(string key, string value, string failure)
    {
        using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings(Sections.Of((key, value))).BuildServiceProvider();

        AssertRefused(services, failure);
    }

    [Fact]
    public void AddLocalEmbeddings_ModelAndPath_AreRefusedTogether()
    {
        using ServiceProvider ofSection = new ServiceCollection().AddLocalEmbeddings(Sections.Of(("Model", "Static"), ("ModelPath", Tiny))).BuildServiceProvider();
        using ServiceProvider ofBoth = new ServiceCollection().AddLocalEmbeddings(Sections.Of(("Model", "Static")), options => options.ModelPath = Tiny).BuildServiceProvider();
        using ServiceProvider overruled = new ServiceCollection().AddLocalEmbeddings(Sections.Of(("Model", "Static")), options => (options.Model, options.ModelPath) = (null, Tiny)).BuildServiceProvider();

        AssertRefused(ofSection, $"LocalEmbeddingOptions.Model is the embedded model 'static', and ModelPath is '{Tiny}'. Leave one of them out.");
        AssertRefused(ofBoth, $"LocalEmbeddingOptions.Model is the embedded model 'static', and ModelPath is '{Tiny}'. Leave one of them out.");
        Assert.NotNull(overruled.GetRequiredService<IEmbeddingGenerator>());
    }

    [Theory]
    [InlineData("GraphFile", "model.onnx", "LocalEmbeddingOptions.GraphFile is 'model.onnx', but Model is the static model")]
    [InlineData("Pooling", "Cls", "LocalEmbeddingOptions.Pooling is Cls, but Model is the static model")]
    public void AddLocalEmbeddings_StaticModelReadAsAGraph_IsRefused(string key, string value, string failure)
    {
        using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings(Sections.Of(("Model", "Static"), (key, value))).BuildServiceProvider();

        AssertRefused(services, failure);
    }

    [Fact]
    public void AddLocalEmbeddings_ConfigurationRoot_IsRefused()
    {
        using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings(new ConfigurationManager()).BuildServiceProvider();

        AssertRefused(services, "LocalEmbeddingOptions cannot be bound to the root of the configuration");
    }

    private static void AssertRefused(ServiceProvider services, string failure)
    {
        Assert.StartsWith(failure, Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate()).Message, StringComparison.Ordinal);
        Assert.StartsWith(failure, Assert.Throws<OptionsValidationException>(services.GetRequiredService<IEmbeddingGenerator>).Message, StringComparison.Ordinal);
    }
}
