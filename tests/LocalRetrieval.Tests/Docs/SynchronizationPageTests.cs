using System.Text.RegularExpressions;
using LocalRetrieval.Rag;
using LocalRetrieval.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
    [InlineData("application")]
    public void Page_Snippet_IsTheCompiledOne(string name)
    {
        string source = File.ReadAllText(Checkout.Path("tests", "LocalRetrieval.Tests", "Docs", "SynchronizationPageTests.cs")).ReplaceLineEndings("\n");
        string snippet = source.Split($"// snippet: {name}\n")[1].Split("        // end")[0].Replace("\n        ", "\n", StringComparison.Ordinal);

        Assert.Contains($"```csharp\n{snippet.Trim()}\n```", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_EverySnippet_IsCompiled() => Assert.Equal(3, CodeBlock().Count(Page));

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

    [Fact]
    public async Task Application_Snippet_FindsWhatTheFolderHas()
    {
        string[] args = [];
        string folder = _folder;
        CancellationToken cancellationToken = CancellationToken.None;
        Directory.CreateDirectory(Path.Combine(folder, "drafts"));
        await File.WriteAllTextAsync(Path.Combine(folder, "brakes.md"), "# Brakes\n\nBleed the brakes once a year.");
        await File.WriteAllTextAsync(Path.Combine(folder, "copy.md"), "# Brakes\n\nBleed the brakes once a year.");
        await File.WriteAllTextAsync(Path.Combine(folder, "drafts", "brakes.md"), "# Brakes\n\nBleed the brakes twice a year.");

        using (FileStream large = File.Create(Path.Combine(folder, "large.md")))
        {
            large.SetLength((32 << 20) + 1);
        }

        // snippet: application
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddLocalRetrieval("handbook");                          // the collection that is searched …
        builder.Services.AddPassageSync("handbook", options =>                   // … has the name of the one that is kept in step
        {
            options.Folder = folder;
            options.Scope = "manuals";
            options.Sync.SourcePrefix = "manuals/";                              // sources are named manuals/brakes.md
            options.Sync.MaxVanishedShare = 0.2;                                 // to delete more than a fifth in one run is refused
            options.Sync.Folder = new FolderOptions { Include = ["*.md", "guides/**/*.txt"], Exclude = ["drafts"] };
        });
        builder.Services.Configure<PassageIndexerOptions>(options => options.Reading.MaxBytes = 32 << 20);   // limits of all reading, set once
        using IHost host = builder.Build();
        await host.StartAsync();

        PassageSync sync = host.Services.GetRequiredService<PassageSync>();
        SyncResult first = await sync.ReadyAsync(cancellationToken);             // before that there is no collection, which is an error, or only a part of it
        IPassageRetriever retriever = host.Services.GetRequiredService<IPassageRetriever>();
        RetrievalResult found = await retriever.RetrieveAsync("How often are the brakes bled?", cancellationToken: cancellationToken);
        bool isHealthy = sync.State == PassageSyncState.Ready;                   // for a health check

        await host.StopAsync();
        // end

        Assert.Equal(["manuals/brakes.md", "manuals/copy.md"], first.New.Select(entry => entry.Source).Order(StringComparer.Ordinal));
        Assert.Equal((1, 2), (first.Embedded, first.New.Sum(entry => entry.Passages)));
        Assert.All(found.Passages, passage => Assert.StartsWith("manuals/", passage.Source, StringComparison.Ordinal));
        Assert.NotEmpty(found.Passages);
        Assert.True(isHealthy);
        Assert.Contains("MaxBytes", Assert.Single(first.Failed).Reason, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [GeneratedRegex("^```csharp$", RegexOptions.Multiline)]
    private static partial Regex CodeBlock();
}
