using System.Text.RegularExpressions;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Docs;

/// <summary>The code of docs/vector-store.md compiles, and runs here.</summary>
public sealed partial class VectorStorePageTests
{
    private static readonly string Page = File.ReadAllText(Checkout.Path("docs", "vector-store.md")).ReplaceLineEndings("\n");

    [Theory]
    [InlineData("record", "Article.cs", "")]
    [InlineData("register", "VectorStorePageTests.cs", "        ")]
    [InlineData("search", "VectorStorePageTests.cs", "        ")]
    [InlineData("stages", "VectorStorePageTests.cs", "        ")]
    [InlineData("dynamic", "VectorStorePageTests.cs", "        ")]
    [InlineData("indexed", "VectorStorePageTests.cs", "        ")]
    [InlineData("recall", "VectorStorePageTests.cs", "        ")]
    [InlineData("several", "VectorStorePageTests.cs", "        ")]
    public void Page_Snippet_IsTheCompiledOne(string name, string file, string indent)
    {
        string source = File.ReadAllText(Checkout.Path("tests", "LocalRetrieval.VectorStore.Tests", "Docs", file));
        string snippet = source.ReplaceLineEndings("\n").Split($"// snippet: {name}\n")[1].Split($"{indent}// end")[0];

        snippet = snippet.Replace($"\n{indent}", "\n", StringComparison.Ordinal).Replace("found.Add(", "Console.WriteLine(", StringComparison.Ordinal);

        Assert.Contains(snippet.Trim(), Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_EverySnippet_IsCompiled() => Assert.Equal(8, CodeBlock().Count(Page));

    [Fact]
    public async Task Search_Snippets_Run()
    {
        ServiceCollection services = new();
        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new FakeGenerator { Vector = static text => [text.Length, .. new float[383]] });

        // snippet: register
        services.AddLocalVectorStore(options => options.Keywords = new KeywordIndexOptions { RemoveStopWords = true, Stem = true });
        services.AddLocalCollection<Guid, Article>("articles");
        // end

        await using ServiceProvider provider = services.BuildServiceProvider();
        LocalVectorStoreCollection<Guid, Article> articles = provider.GetRequiredService<LocalVectorStoreCollection<Guid, Article>>();
        List<string> found = [];

        // snippet: search
        await articles.EnsureCollectionExistsAsync();
        await articles.UpsertAsync(
        [
            new Article { Year = 2024, Tags = ["animals"], Text = "Cats sleep for most of the day." },
            new Article { Year = 2026, Tags = ["animals", "night"], Text = "Owls hunt at night." },
        ]);

        string[] wanted = ["night", "dawn"];
        VectorSearchOptions<Article> options = new()
        {
            Filter = article => article.Year >= 2025 && article.Tags.Any(tag => wanted.Contains(tag)),
        };
        await foreach (VectorSearchResult<Article> result in articles.SearchAsync("Which birds are awake in the dark?", top: 5, options))
        {
            found.Add($"{result.Score:F3} {result.Record.Text}");
        }
        // end

        Assert.EndsWith("Owls hunt at night.", Assert.Single(found), StringComparison.Ordinal);
        found.Clear();

        // snippet: stages
        await foreach (KeywordSearchResult<Article> result in articles.KeywordSearchAsync("sleeping cats", top: 5))
        {
            found.Add($"{result.Score:F3} {result.Record.Text}");
        }

        await foreach (VectorSearchResult<Article> result in articles.HybridSearchAsync("sleeping cats", ["sleeping", "cats"], top: 5))
        {
            found.Add($"{result.Score:F3} {result.Record.Text}");
        }

        // Up to 32 searches share a pass over the records.
        IReadOnlyList<IReadOnlyList<VectorSearchResult<Article>>> several = await articles.SearchBatchAsync(["birds", "sleep"], top: 3);
        // end

        Assert.Equal(3, found.Count);
        Assert.Equal([2, 2], several.Select(results => results.Count));
        Assert.EndsWith("Cats sleep for most of the day.", found[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dynamic_Snippet_Runs()
    {
        // snippet: dynamic
        using LocalVectorStore store = new();
        VectorStoreCollection<object, Dictionary<string, object?>> places = store.GetDynamicCollection("places", new VectorStoreCollectionDefinition
        {
            Properties =
            [
                new VectorStoreKeyProperty("Name", typeof(string)),
                new VectorStoreDataProperty("Height", typeof(int)) { IsIndexed = true },
                new VectorStoreVectorProperty("Position", typeof(float[]), 2) { DistanceFunction = DistanceFunction.EuclideanDistance },
            ],
        });
        await places.EnsureCollectionExistsAsync();
        await places.UpsertAsync(new Dictionary<string, object?> { ["Name"] = "Zugspitze", ["Height"] = 2962, ["Position"] = new[] { 47.4f, 11f } });
        VectorSearchResult<Dictionary<string, object?>> nearest = await places
            .SearchAsync(new[] { 48.1f, 11.6f }, top: 1, new() { Filter = place => (int)place["Height"]! > 2000 })
            .FirstAsync();
        // end

        Assert.Equal("Zugspitze", nearest.Record["Name"]);
        Assert.Equal(0.9219, nearest.Score!.Value, 3);
    }

    [Fact]
    public async Task Index_Snippets_Run()
    {
        using LocalVectorStore store = Stores.With(new FakeGenerator { Vector = static text => [text.Length, .. new float[383]] });

        // snippet: indexed
        VectorStoreCollectionDefinition indexed = new()
        {
            Properties =
            [
                new VectorStoreVectorProperty(nameof(Article.Meaning), 384) { IndexKind = IndexKind.Hnsw }
                    .WithVectorIndex(new VectorIndexOptions { TargetRecall = 0.99 }),
            ],
        };
        LocalVectorStoreCollection<Guid, Article> articles = store.GetCollection<Guid, Article>("articles", indexed);
        // end

        await articles.EnsureCollectionExistsAsync();
        await articles.UpsertAsync([new Article { Text = "Cats sleep for most of the day." }, new Article { Text = "Owls hunt at night." }]);
        List<string> found = [];

        // snippet: recall
        await articles.WhenIndexedAsync();      // what was written before the call is in the index
        string[] questions = ["Which birds are awake in the dark?", "Who sleeps all day?"];
        RecallMeasurement recall = await articles.MeasureRecallAsync(questions, top: 10);
        found.Add($"{recall}");         // recall@10 of 2 searches 1.0000, at worst 1.0000 (number 0); …
        foreach (VectorIndexStatistics index in (await store.GetStatisticsAsync("articles")).VectorIndexes)
        {
            found.Add($"{index.Property}: {index.Kind}, in use {index.KindInUse} ({index.Reason}), {index.RowsBehind} records behind");
        }
        // end

        Assert.StartsWith("recall@10 of 2 searches 1.0000, at worst 1.0000 (number 0); ", found[0], StringComparison.Ordinal);
        Assert.Equal("Meaning: Hnsw, in use Flat (fewer than 2,000 records), 2 records behind", found[1]);
    }

    [Fact]
    public async Task Several_Snippet_Runs()
    {
        using LocalVectorStore store = new();
        using FakeMultiVectorGenerator colbert = new() { Length = 128 };

        // snippet: several
        VectorStoreVectorProperty tokens = new("Text", typeof(string), 128) { EmbeddingGenerator = colbert };
        VectorStoreCollection<object, Dictionary<string, object?>> pages = store.GetDynamicCollection("pages", new VectorStoreCollectionDefinition
        {
            Properties =
            [
                new VectorStoreKeyProperty("Id", typeof(int)),
                tokens.WithMultiVectors(new MultiVectorOptions { FirstPass = MultiVectorFirstPass.Pooled }),
            ],
        });
        await pages.EnsureCollectionExistsAsync();
        await pages.UpsertAsync(new Dictionary<string, object?> { ["Id"] = 1, ["Text"] = "owls hunt at night" });
        VectorSearchResult<Dictionary<string, object?>> best = await pages.SearchAsync("hours of owls", top: 1).FirstAsync();
        // end

        Assert.Equal(1, best.Record["Id"]);
        Assert.Equal(3, best.Score!.Value, 3);
    }

    [GeneratedRegex("^```csharp$", RegexOptions.Multiline)]
    private static partial Regex CodeBlock();
}
