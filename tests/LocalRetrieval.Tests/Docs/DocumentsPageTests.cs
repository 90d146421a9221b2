using System.Text.RegularExpressions;
using LocalRetrieval.Rag;
using LocalRetrieval.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Tests.Docs;

/// <summary>The code of docs/documents.md compiles, and runs here; and what it says of offsets holds.</summary>
public sealed partial class DocumentsPageTests : IDisposable
{
    private static readonly string Page = File.ReadAllText(Checkout.Path("docs", "documents.md")).ReplaceLineEndings("\n");

    private readonly string _folder = Directory.CreateTempSubdirectory("docs-").FullName;

    [Theory]
    [InlineData("reader", "FaqReader.cs", "")]
    [InlineData("register", "DocumentsPageTests.cs", "        ")]
    [InlineData("metadata", "DocumentsPageTests.cs", "        ")]
    [InlineData("filter", "DocumentsPageTests.cs", "        ")]
    public void Page_Snippet_IsTheCompiledOne(string name, string file, string indent)
    {
        string source = File.ReadAllText(Checkout.Path("tests", "LocalRetrieval.Tests", "Docs", file)).ReplaceLineEndings("\n");
        string snippet = source.Split($"// snippet: {name}\n")[1].Split($"{indent}// end")[0].Replace($"\n{indent}", "\n", StringComparison.Ordinal);

        Assert.Contains($"```csharp\n{snippet.Trim()}\n```", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_EverySnippet_IsCompiled() => Assert.Equal(4, CodeBlock().Count(Page));

    [Fact]
    public async Task Reader_Snippet_ReadsThePagesFile()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "storage.faq"), Fenced("text"));
        ServiceCollection services = new();
        services.AddLocalRetrieval();

        // snippet: register
        services.AddDocumentReader<FaqReader>();   // beside AddLocalRetrieval, before or after it
        // end

        await using ServiceProvider provider = services.BuildServiceProvider();
        VectorStoreCollection<string, Passage> passages = await CollectionAsync(provider);
        IndexingResult indexed = await provider.GetRequiredService<PassageIndexer>().IndexAsync(passages, SourceDocument.FromFolder(_folder));
        Passage passage = await passages.GetAsync(_ => true, top: 9).SingleAsync();

        Assert.Equal((1, 0), (indexed.Documents, indexed.Skipped.Count));
        Assert.Equal(("Storage > How large may a volume grow?", "Up to 64 TiB, in steps of one."), (passage.HeadingPath, passage.Text));
        Assert.Equal(("Storage", "disks", "kind=faq"), (passage.Title, Assert.Single(passage.Tags), Assert.Single(passage.Properties)));
    }

    [Fact]
    public async Task Metadata_Snippet_ComesBeforeTheDocuments()
    {
        string upload = Path.Combine(_folder, "7f3a");
        await File.WriteAllTextAsync(upload, "---\ntitle: Untitled\ntags: [pumps]\nowner: eve\n---\n\nOil it.");
        await using ServiceProvider services = new ServiceCollection().AddLocalRetrieval().BuildServiceProvider();
        VectorStoreCollection<string, Passage> passages = await CollectionAsync(services);

        // snippet: metadata
        SourceDocument manual = SourceDocument.FromFile(upload, source: "manuals/pump.md").WithMetadata(new DocumentMetadata
        {
            Title = "Pump 7",
            Tags = ["maintenance"],
            Properties = ["owner=ann"],
        });
        // end

        (await services.GetRequiredService<PassageIndexer>().IndexAsync(passages, [manual])).ThrowIfFailed();
        Passage passage = await passages.GetAsync(_ => true, top: 9).SingleAsync();
        Assert.Equal(("manuals/pump.md", "Pump 7"), (passage.Source, passage.Title));
        Assert.Equal(["maintenance", "pumps"], passage.Tags);
        Assert.Equal(["owner=ann"], passage.Properties);
    }

    [Fact]
    public async Task Filter_Snippet_FindsTheFileOfThePageAlone()
    {
        await using ServiceProvider services = new ServiceCollection().AddLocalRetrieval().BuildServiceProvider();
        const string Body = "\n\n# Limits\n\nA volume grows up to 64 TiB.";
        string frontMatter = Fenced("yaml");
        await File.WriteAllTextAsync(Path.Combine(_folder, "volumes.md"), frontMatter + Body);
        string[] others = ["storage", "operators", "2025-03-01"];
        foreach (string other in others)
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, $"{other}.md"), frontMatter.Replace(other, other == "2025-03-01" ? "2024-03-01" : "other", StringComparison.Ordinal) + Body);
        }

        VectorStoreCollection<string, Passage> passages = await CollectionAsync(services);
        PassageIndexer indexer = services.GetRequiredService<PassageIndexer>();
        (await indexer.SyncAsync(passages, _folder, scope: "handbook")).ThrowIfFailed();
        (await indexer.IndexAsync(passages, [new SourceDocument("unscoped.md", frontMatter + Body)])).ThrowIfFailed();

        // snippet: filter
        IPassageRetriever<Passage> retriever = services.GetRequiredService<IPassageRetriever<Passage>>();
        long since = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        RetrievalOptions<Passage> options = new()
        {
            Filter = passage => passage.Scope == "handbook"
                && passage.Tags.Contains("storage")
                && passage.Properties.Contains("audience=operators")
                && passage.Published >= since,
        };
        RetrievalResult<Passage> found = await retriever.RetrieveAsync("How large may a volume grow?", options);
        foreach (RetrievedPassage<Passage> passage in found.Passages)
        {
            Console.WriteLine($"{passage.Source}, {passage.Record.Title}: {passage.Text}");
        }
        // end

        Assert.Equal("volumes.md", Assert.Single(found.Passages).Source);
    }

    [Fact]
    public async Task Retrieve_BeforeTheFirstIndexing_SaysThatThereIsNoCollection()
    {
        await using ServiceProvider services = new ServiceCollection().AddLocalRetrieval().BuildServiceProvider();
        await CollectionAsync(services);

        Exception exception = await Assert.ThrowsAsync<InvalidOperationException>(() => services.GetRequiredService<IPassageRetriever>().RetrieveAsync("a question"));

        Assert.Contains("does not exist", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.txt", "\nOne paragraph.\n\nAnother.", true)]
    [InlineData("a.py", "# A comment.\n\ndef answer():\n    return 42\n", true)]
    [InlineData("a.md", "---\ntitle: A\n---\n\n# Heading\n\nA [link](there).", true)]
    [InlineData("a.csv", "name,colour\nrose,red\nlily,white\n", false)]
    [InlineData("a.tsv", "name\tcolour\nrose\tred\nlily\twhite\n", false)]
    [InlineData("a.json", """{"rose": {"colour": "red"}, "lily": "white"}""", false)]
    [InlineData("a.jsonl", "{\"name\": \"rose\"}\n{\"name\": \"lily\"}\n", false)]
    [InlineData("a.ipynb", """{"cells":[{"cell_type":"markdown","metadata":{},"source":["# Flowers\n","\n","A rose."]}],"metadata":{},"nbformat":4,"nbformat_minor":5}""", false)]
    [InlineData("a.faq", "= Storage\n? How large?\n! Up to 64 TiB.", false)]
    public async Task Offset_OfEachFormat_StandsWhereThePageSays(string source, string text, bool isInOwnText)
    {
        await using ServiceProvider services = new ServiceCollection().AddLocalRetrieval().AddDocumentReader<FaqReader>().BuildServiceProvider();
        SourceDocument document = new(source, text);
        VectorStoreCollection<string, Passage> passages = await CollectionAsync(services);
        (await services.GetRequiredService<PassageIndexer>().IndexAsync(passages, [document])).ThrowIfFailed();
        DocumentReaders readers = services.GetRequiredService<DocumentReaders>();

        string cited = isInOwnText ? await document.ReadTextAsync() : (await readers.ReadAsync(document)).Text;

        await foreach (Passage passage in passages.GetAsync(_ => true, top: 9))
        {
            string shown = source == "a.md" ? "A [link](there)." : passage.Text;
            Assert.Equal(shown, cited.Substring(passage.Offset, passage.Length));
            Assert.Equal(isInOwnText, text.AsSpan(Math.Min(passage.Offset, text.Length)).StartsWith(shown, StringComparison.Ordinal));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<VectorStoreCollection<string, Passage>> CollectionAsync(IServiceProvider services) =>
        services.GetRequiredService<PassageIndexer>().GetCollectionAsync(services.GetRequiredService<VectorStore>(), LocalRetrievalServiceCollectionExtensions.DefaultCollectionName);

    private static string Fenced(string language) => Page.Split($"```{language}\n")[1].Split("\n```")[0];

    [GeneratedRegex("^```csharp$", RegexOptions.Multiline)]
    private static partial Regex CodeBlock();
}
