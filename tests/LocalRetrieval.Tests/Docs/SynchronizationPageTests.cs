using System.Text.RegularExpressions;
using LocalRetrieval.Rag;
using LocalRetrieval.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Tests.Docs;

/// <summary>The code of docs/synchronization.md compiles, and runs here.</summary>
public sealed partial class SynchronizationPageTests : IDisposable
{
    private static readonly string Page = File.ReadAllText(Checkout.Path("docs", "synchronization.md")).ReplaceLineEndings("\n");

    private readonly string _folder = Directory.CreateTempSubdirectory("docs-").FullName;

    [Theory]
    [InlineData("sync")]
    [InlineData("background")]
    public void Page_Snippet_IsTheCompiledOne(string name)
    {
        string source = File.ReadAllText(Checkout.Path("tests", "LocalRetrieval.Tests", "Docs", "SynchronizationPageTests.cs")).ReplaceLineEndings("\n");
        string snippet = source.Split($"// snippet: {name}\n")[1].Split("        // end")[0].Replace("\n        ", "\n", StringComparison.Ordinal);

        Assert.Contains($"```csharp\n{snippet.Trim()}\n```", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_EverySnippet_IsCompiled() => Assert.Equal(2, CodeBlock().Count(Page));

    [Fact]
    public async Task Sync_Snippet_BringsTheFolderIn()
    {
        await using ServiceProvider services = new ServiceCollection().AddLocalRetrieval().BuildServiceProvider();
        string folder = _folder;
        await File.WriteAllTextAsync(Path.Combine(folder, "brakes.md"), "# Brakes\n\nBleed the brakes once a year.");

        // snippet: sync
        PassageIndexer indexer = services.GetRequiredService<PassageIndexer>();
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(services.GetRequiredService<VectorStore>(), "handbook");
        SyncResult result = await indexer.SyncAsync(collection, folder, scope: "handbook");
        Console.WriteLine(result);
        await foreach (SyncEntry entry in indexer.SyncEventsAsync(collection, folder, scope: "handbook"))   // the same, told as it is done
        {
            Console.WriteLine(entry);
        }
        // end

        Assert.Equal("brakes.md", Assert.Single(result.New).Source);
    }

    [Fact]
    public async Task Background_Snippet_IsReady()
    {
        ServiceCollection services = new();
        services.AddLocalRetrieval();
        string folder = _folder;

        // snippet: background
        services.AddPassageSync("passages", options =>
        {
            options.Folder = folder;
            options.Scope = "handbook";
            options.PollingInterval = TimeSpan.FromMinutes(10);   // for network shares, which tell of no changes
        });
        // end

        await using ServiceProvider provider = services.BuildServiceProvider();
        PassageSync sync = provider.GetRequiredService<PassageSync>();
        await sync.StartAsync(CancellationToken.None);
        Assert.Empty((await sync.ReadyAsync().OrHang()).Failed);
        await sync.StopAsync(CancellationToken.None);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [GeneratedRegex("^```csharp$", RegexOptions.Multiline)]
    private static partial Regex CodeBlock();
}
