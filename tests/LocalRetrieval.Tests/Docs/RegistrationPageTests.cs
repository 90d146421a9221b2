using System.Text;
using System.Text.RegularExpressions;
using LocalRetrieval.Onnx;
using LocalRetrieval.Rag;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LocalRetrieval.Tests.Docs;

/// <summary>The code of docs/registration.md compiles, and runs here.</summary>
public sealed partial class RegistrationPageTests
{
    private static readonly string Page = File.ReadAllText(Checkout.Path("docs", "registration.md")).ReplaceLineEndings("\n");

    [Theory]
    [InlineData("section")]
    [InlineData("options")]
    [InlineData("pipeline")]
    public void Page_Snippet_IsTheCompiledOne(string name)
    {
        string source = File.ReadAllText(Checkout.Path("tests", "LocalRetrieval.Tests", "Docs", "RegistrationPageTests.cs")).ReplaceLineEndings("\n");
        string snippet = source.Split($"// snippet: {name}\n")[1].Split("        // end")[0].Replace("\n        ", "\n", StringComparison.Ordinal);

        Assert.Contains($"```csharp\n{snippet.Trim()}\n```", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_EverySnippet_IsCompiled() => Assert.Equal(3, CodeBlock().Count(Page));

    [Fact]
    public void Configuration_Snippets_RefuseTheModelThatIsNotThereAndNothingElse()
    {
        ServiceCollection services = new();
        services.AddSingleton(new ModelFolders("Models/bert-cls-prompt"));
        IConfiguration configuration = ReadJson();

        // snippet: section
        services.AddLocalRetrieval(configuration.GetSection("LocalRetrieval"));
        services.AddKeyedLocalEmbeddings("long", configuration.GetSection("LongTexts"), options => options.WarmUp = true);   // the section, then the code
        // end

        // snippet: options
        services.AddOptions<LocalEmbeddingOptions>("long").Configure<ModelFolders>((options, folders) => options.ModelPath = folders.LongTexts);
        // end

        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Contains("bge-reranker-base", Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate()).Message, StringComparison.Ordinal);
        Assert.NotNull(provider.GetRequiredService<PassageIndexer>());
        Assert.NotNull(provider.GetRequiredKeyedService<IEmbeddingGenerator>("long").GetService(typeof(OnnxEmbeddingGenerator)));
    }

    [Fact]
    public async Task Middleware_Snippet_Runs()
    {
        ServiceCollection services = new();

        // snippet: pipeline
        services.AddDistributedMemoryCache();
        services.AddLocalEmbeddings(options => options.Pipeline = pipeline => pipeline
            .UseDistributedCache(configure: cache =>
            {
                EncoderInfo encoder = cache.GetRequiredService<EncoderInfo>();
                cache.CacheKeyAdditionalValues = [$"{encoder.Fingerprint} {encoder.MaxTokens} {options.Truncation} {options.ChunkOverlap}"];
            })
            .UseOpenTelemetry());
        services.AddLocalReranker(options => options.Pipeline = pipeline => pipeline.Use(inner => new TimedReranker(inner)));
        // end

        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.IsType<DistributedCachingEmbeddingGenerator<string, Embedding<float>>>(provider.GetRequiredService<IEmbeddingGenerator>());
        Assert.IsType<TimedReranker>(provider.GetRequiredService<ITextReranker>());
        Assert.Single(await provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync(["a text"]));
    }

    private static IConfigurationRoot ReadJson()
    {
        string json = Page.Split("```json\n")[1].Split("\n```")[0];
        return new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();
    }

    [GeneratedRegex("^```csharp$", RegexOptions.Multiline)]
    private static partial Regex CodeBlock();
}
