using LocalRetrieval.Testing;
using LocalRetrieval.VectorData.Tests.Testing;
using LocalRetrieval.VectorData.Values;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.VectorData.Tests.Docs;

/// <summary>The code of docs/vector-store-on-disk.md compiles, and runs here; its files are those that there are.</summary>
public sealed class VectorStoreOnDiskPageTests
{
    private static readonly string Page = File.ReadAllText(Checkout.Path("docs", "vector-store-on-disk.md")).ReplaceLineEndings("\n");

    [Fact]
    public async Task Page_Snippets_RunAndNameTheFiles()
    {
        using StoreFolder folder = new();
        ServiceCollection services = new();
        Register(services);
        await using (ServiceProvider provider = services.BuildServiceProvider())
        {
            // The folder is not made before a collection is asked for.
            Assert.NotNull(provider.GetRequiredService<LocalVectorStore>());
            Assert.False(Directory.Exists("data"));
        }

        using LocalVectorStore store = folder.Open();
        await store.GetCollection<string, Note>("articles").EnsureCollectionExistsAsync();
        await ReadAsync();
        Assert.Equal(0, await RepairAsync(store));
        await LookAfterAsync(store);
        await ExportAsync(store.GetCollection<string, Note>("articles"), store.GetCollection<string, Note>("others"));
        await store.EnsureCollectionDeletedAsync("others");
        Assert.All(Directory.GetFiles(folder.Path).Select(Path.GetFileName), file => Assert.Contains($"`{file}`", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void Page_Snippets_AreTheCompiledOnes()
    {
        string source = File.ReadAllText(Checkout.Path("tests", "LocalRetrieval.VectorStore.Tests", "Docs", "VectorStoreOnDiskPageTests.cs")).ReplaceLineEndings("\n");
        string[] snippets = [.. source.Split("// snippet\n").Skip(1).Take(5).Select(part => part.Split("        // end")[0].Replace("\n        ", "\n", StringComparison.Ordinal).Trim())];
        Assert.Equal(snippets.Length, Page.Split("```csharp").Length - 1);
        Assert.All(snippets, snippet => Assert.Contains(snippet, Page, StringComparison.Ordinal));
    }

    [Fact]
    public void Page_Types_AreThoseThatCanBeWritten()
    {
        Assert.Equal(
            ValueCodecs.Supported.Replace(" of those but the last", "", StringComparison.Ordinal).Split(", ").Length,
            Page.Split("of these types: ")[1].Split(" of those but")[0].Split(", ").Length);
    }

    private static void Register(IServiceCollection services)
    {
        // snippet
        services.AddLocalVectorStore(options =>
        {
            options.Path = "data";
            options.Durability = Durability.Disk;
        });
        // end
    }

    private static async Task ReadAsync()
    {
        // snippet
        using LocalVectorStore reader = new(new LocalVectorStoreOptions { Path = "data", IsReadOnly = true });
        await reader.RefreshAsync();   // takes in what was written since
        // end
    }

    private static async Task<long> RepairAsync(LocalVectorStore store)
    {
        // snippet
        long bytes = await store.RepairAsync("articles");   // the rest is in articles.000001.log.4711.damaged
        // end
        return bytes;
    }

    private static async Task LookAfterAsync(LocalVectorStore store)
    {
        if (Directory.Exists("backup"))
        {
            Directory.Delete("backup", recursive: true);
        }

        // snippet
        CollectionVerification found = await store.VerifyAsync("articles");
        Console.WriteLine(found.Damage ?? $"{found.Rows} rows in {found.Bytes} bytes, and nothing is damaged.");

        CollectionStatistics size = await store.GetStatisticsAsync("articles");
        Console.WriteLine(size);    // 20,000 records and 12 dead ones at generation 311, 30,763,…

        await store.BackupAsync("backup");
        // end
        Assert.Null(found.Damage);
        Assert.Equal(0, size.Records);
        Assert.True(File.Exists(Path.Combine("backup", "articles.current")));
    }

    private static async Task ExportAsync(LocalVectorStoreCollection<string, Note> articles, LocalVectorStoreCollection<string, Note> others)
    {
        await articles.UpsertAsync(new Note { Id = "a" });

        // snippet
        await using (FileStream file = File.Create("articles.jsonl"))
        {
            await articles.ExportAsync(file);
        }

        await using (FileStream file = File.OpenRead("articles.jsonl"))
        {
            long records = await others.ImportAsync(file, new CollectionImportOptions { BatchSize = 500 });
        }
        // end
        Assert.NotNull(await others.GetAsync("a"));
    }
}
