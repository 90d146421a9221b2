using System.Text.RegularExpressions;
using LocalRetrieval.Rag;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Tests.Readme;

/// <summary>The README's code compiles, and its tables are those that the benchmarks wrote.</summary>
[Collection(nameof(WorkingDirectory))]
public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Checkout.Path("README.md")).ReplaceLineEndings("\n");

    [Theory]
    [InlineData("retrieve")]
    [InlineData("register")]
    [InlineData("sync")]
    [InlineData("embed")]
    public void Readme_Snippet_IsTheCompiledOne(string name)
    {
        string source = File.ReadAllText(Checkout.Path("tests", "LocalRetrieval.Tests", "Readme", "ReadmeSnippets.cs")).ReplaceLineEndings("\n");
        string snippet = Unindent(source.Split($"// snippet: {name}\n")[1].Split("// end")[0]).Replace("output.WriteLine", "Console.WriteLine", StringComparison.Ordinal);

        Assert.Contains(snippet, Readme, StringComparison.Ordinal);
    }

    // Four here, and three whole programs in LocalRetrieval.Packages.Tests.
    [Fact]
    public void Readme_EverySnippet_IsCompiled() => Assert.Equal(7, CodeBlock().Count(Readme));

    [Fact]
    public void ReadmeOfPackage_EverySnippet_IsOneOfTheReadmeOrOfAPage()
    {
        string pages = string.Concat(Directory.GetFiles(Checkout.Path("docs"), "*.md").Select(File.ReadAllText)).ReplaceLineEndings("\n");
        string[] readmes = Directory.GetFiles(Checkout.Path("src"), "README.md", SearchOption.AllDirectories);

        Assert.NotEmpty(readmes);
        Assert.All(readmes.SelectMany(path => CodeBlock().Matches(File.ReadAllText(path).ReplaceLineEndings("\n"))), block =>
            Assert.Contains(WithoutUsings(block.Value), Readme + pages, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("quality.md")]
    [InlineData("stages.md")]
    [InlineData("throughput.md")]
    [InlineData("peers.md")]
    [InlineData("tokenizers.md")]
    [InlineData("vectors.md")]
    [InlineData("collections.md")]
    public void Readme_Tables_AreThoseOfTheBenchmarks(string results)
    {
        string[] figures = [.. File.ReadAllLines(Checkout.Path("bench", "results", results)).Where(line => line.StartsWith('|'))];
        string[] shown = [.. Readme.Split('\n').SkipWhile(line => line != $"<!-- {results} -->").TakeWhile(line => line != "<!-- end -->").Where(line => line.StartsWith('|'))];

        Assert.NotEmpty(shown);
        Assert.All(shown, line => Assert.Contains(line, figures));
    }

    [Fact]
    public async Task Retrieve_Snippet_Runs()
    {
        await InFolderWithDocsAsync(async () =>
        {
            await File.WriteAllTextAsync(Path.Combine("docs", "manual.pdf"), "%PDF-1.7");
            using StringWriter output = new();

            await ReadmeSnippets.RetrieveAsync(output);

            string[] lines = output.ToString().Split('\n');
            Assert.StartsWith("1 document indexed, 0 failed, 1 skipped;", lines[0], StringComparison.Ordinal);
            Assert.Contains("retries.md  Retries", lines[1], StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Sync_Snippet_BringsTheFolderIn()
    {
        await InFolderWithDocsAsync(async () =>
        {
            ServiceCollection services = new();
            services.AddLocalRetrieval();
            await using ServiceProvider provider = services.BuildServiceProvider();
            PassageIndexer indexer = provider.GetRequiredService<PassageIndexer>();
            VectorStoreCollection<string, Passage> passages = await indexer.GetCollectionAsync(provider.GetRequiredService<VectorStore>(), "passages");

            await ReadmeSnippets.SyncAsync(indexer, passages, services);

            Assert.Equal(2, await passages.GetAsync(passage => passage.Scope == "docs" && passage.Source == "retries.md", top: 9).CountAsync());
            await using ServiceProvider background = services.BuildServiceProvider();
            Assert.Equal(PassageSyncState.Starting, background.GetRequiredService<PassageSync>().State);
        });
    }

    [Fact]
    public void Register_Snippet_Registers()
    {
        ServiceCollection services = new();
        ReadmeSnippets.Register(services);
        using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);

        Assert.NotNull(provider.GetRequiredService<IPassageRetriever>());
        Assert.NotNull(provider.GetRequiredService<PassageIndexer>());
        // The snippet's folder is the reader's own.
        OptionsValidationException exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredKeyedService<IEmbeddingGenerator>("bge"));
        Assert.Contains("bge-small-en-v1.5", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embed_Snippet_Runs()
    {
        ServiceCollection services = new();
        services.AddLocalEmbeddings(options => options.Model = LocalModels.Static);
        using ServiceProvider provider = services.BuildServiceProvider();

        int documents = await ReadmeSnippets.EmbedAsync(provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>(), ["Cats nap.", "Tea."], services);

        Assert.Equal(2, documents);
    }

    // The snippets' folder is one of the current directory.
    private static async Task InFolderWithDocsAsync(Func<Task> run)
    {
        string previous = Directory.GetCurrentDirectory();
        string folder = Directory.CreateTempSubdirectory("local-retrieval-readme-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "docs"));
            await File.WriteAllTextAsync(Path.Combine(folder, "docs", "retries.md"), "# Retries\n\nRetries multiply the load on a service that is already failing.\n\n# Tea\n\nTea is steeped in hot water.");
            Directory.SetCurrentDirectory(folder);
            await run();
        }
        finally
        {
            Directory.SetCurrentDirectory(previous);
            Directory.Delete(folder, recursive: true);
        }
    }

    // Takes the first line's indentation off every line.
    private static string Unindent(string text)
    {
        string[] lines = text.TrimEnd().Split('\n');
        int indent = lines[0].Length - lines[0].TrimStart().Length;
        return string.Join('\n', lines.Select(line => line.Length >= indent ? line[indent..] : line));
    }

    /// <summary>The code alone: pages name namespaces in words.</summary>
    private static string WithoutUsings(string block) => string.Join('\n', block.Split('\n').SkipWhile(line => line.Length == 0 || line.StartsWith("```", StringComparison.Ordinal) || line.StartsWith("using ", StringComparison.Ordinal)))
        .TrimEnd('`', '\n');

    [GeneratedRegex("^```csharp$.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
