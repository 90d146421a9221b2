using System.Text.RegularExpressions;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.Tests.Docs;

/// <summary>The code of docs/encoders-under-load.md compiles and runs here, and what it says of defaults is so.</summary>
public sealed partial class EncodersUnderLoadPageTests
{
    private static readonly string Page = File.ReadAllText(Checkout.Path("docs", "encoders-under-load.md")).ReplaceLineEndings("\n");

    [Theory]
    [InlineData("caller")]
    [InlineData("providers")]
    [InlineData("execution")]
    [InlineData("telemetry")]
    public void Page_Snippet_IsTheCompiledOne(string name)
    {
        string source = File.ReadAllText(Checkout.Path("tests", "LocalRetrieval.Tests", "Docs", "EncodersUnderLoadPageTests.cs")).ReplaceLineEndings("\n");
        string snippet = source.Split($"// snippet: {name}\n")[1].Split("        // end")[0].Replace("\n        ", "\n", StringComparison.Ordinal);

        Assert.Contains($"```csharp\n{snippet.Trim()}\n```", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_EverySnippet_IsCompiled() => Assert.Equal(4, CodeBlock().Count(Page));

    [Fact]
    public async Task Page_Snippets_Run()
    {
        using ServiceProvider provider = new ServiceCollection().AddLocalEmbeddings().BuildServiceProvider();
        IEmbeddingGenerator<string, Embedding<float>> generator = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        string[] texts = ["the chain", "is oiled"];

        // snippet: caller
        EmbeddingGenerationOptions options = new()
        {
            AdditionalProperties = new()
            {
                [EmbeddingPropertyNames.Priority] = EmbeddingInputTypes.Document,
                [EmbeddingPropertyNames.Caller] = "tenant-7",
            },
        };
        await generator.GenerateAsync(texts, options);
        // end

        // snippet: execution
        EncoderExecution? execution = generator.GetService<EncoderInfo>()?.Execution;
        Console.WriteLine($"{execution?.QueuedTexts} texts wait; 95 % of runs took at most {execution?.RunTimeP95}.");
        // end

        Assert.Equal((Environment.ProcessorCount, 1, 0), (execution!.Slots, execution.ThreadsPerRun, execution.QueuedTexts));
        options.AdditionalProperties[EmbeddingPropertyNames.Priority] = "soon";
        Assert.Contains("'soon'", (await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(texts, options))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_Providers_AreRefusedByNameWhereThePackageIsMissing()
    {
        ServiceCollection services = new();

        // snippet: providers
        services.AddLocalEmbeddings(options => options.ExecutionProviders =
        [
            new ExecutionProvider { Name = "CUDA", Options = new Dictionary<string, string> { ["device_id"] = "1" } },
            ExecutionProvider.Cpu,
        ]);
        // end

        using ServiceProvider provider = services.BuildServiceProvider();
        IEmbeddingGenerator<string, Embedding<float>> generator = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        Assert.Contains("Microsoft.ML.OnnxRuntime.Gpu", Assert.Throws<NotSupportedException>(() => generator.GetService<EncoderInfo>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Telemetry_OfThePage_IsOfBoth()
    {
        ServiceCollection services = new();

        // snippet: telemetry
        services.AddLocalEmbeddings(options => options.Pipeline = builder => builder.UseOpenTelemetry());
        services.AddLocalReranker(options => options.Pipeline = builder => builder.UseOpenTelemetry());
        // end

        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.NotNull(provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GetService<OpenTelemetryEmbeddingGenerator<string, Embedding<float>>>());
        Assert.NotNull(provider.GetRequiredService<ITextReranker>().GetService<OpenTelemetryTextReranker>());
    }

    [Fact]
    public void Page_Defaults_AreThoseOfTheOptions()
    {
        LocalEmbeddingOptions options = new();

        Assert.Equal(
            (ExecutionMode.Auto, null, null, TimeSpan.FromMilliseconds(50), 1024, 16_384, 67_108_864, OverloadBehavior.Wait),
            (options.Execution, options.Threads, options.MaxRunBytes, options.MaxRunTime, options.BatchTokenBudget, options.MaxQueuedTexts, options.MaxQueuedBytes, options.Overload));
        Assert.Equal(512, new LocalRerankerOptions().BatchTokenBudget);
        Assert.Contains("| `BatchTokenBudget` | 1,024; 512 of a cross-encoder |", Page, StringComparison.Ordinal);
        Assert.Contains("| `MaxRunTime` | 50 ms |", Page, StringComparison.Ordinal);
        Assert.Null(options.ExecutionProviders);
        Assert.Contains("| `MaxRunBytes` | half of what the runtime sees of memory |", Page, StringComparison.Ordinal);
        Assert.Contains("| `MaxQueuedTexts`, `MaxQueuedBytes` | 16,384 and 64 MB |", Page, StringComparison.Ordinal);
    }

    [GeneratedRegex("^```csharp", RegexOptions.Multiline)]
    private static partial Regex CodeBlock();
}
