using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Indexing;

/// <summary>What a document says of itself, in its passages.</summary>
public sealed class PassageMetadataTests : IDisposable
{
    private const string Front =
        "title: Rotating keys\ndescription: Without downtime\nauthor: Ann\nlang: en\ndate: 2024-01-02\nlastmod: 2024-03-04T05:06:07Z\ntags: [keys, ops]\ndraft: false\nmenu: {main: {weight: 3}}\n";

    private readonly FakeEmbeddingGenerator _generator = new();
    private readonly LocalVectorStore _store = new();

    [Fact]
    public async Task IndexAsync_FrontMatter_IsInEveryPassage()
    {
        VectorStoreCollection<string, Passage> collection = await IndexedAsync(Document(Front, "one", "two"));

        List<Passage> passages = await PassagesAsync(collection);

        Assert.Equal(3, passages.Count);
        Assert.All(passages, passage =>
        {
            Assert.Equal(("Rotating keys", "Without downtime", "Ann", "en"), (passage.Title, passage.Description, passage.Author, passage.Language));
            Assert.Equal(new DateTimeOffset(2024, 1, 2, 0, 0, 0, default).ToUnixTimeSeconds(), passage.Published);
            Assert.Equal(new DateTimeOffset(2024, 3, 4, 5, 6, 7, default).ToUnixTimeSeconds(), passage.Modified);
            Assert.Equal(["keys", "ops"], passage.Tags);
            Assert.Equal(["draft=false", "menu.main.weight=3"], passage.Properties);
        });
    }

    [Fact]
    public async Task RetrieveAsync_Filters_FindByMetadata()
    {
        VectorStoreCollection<string, Passage> collection = await IndexedAsync(Document(Front, "one"), new SourceDocument("b.md", "# Other\n\nbody"));
        long since = new DateTimeOffset(2024, 1, 1, 0, 0, 0, default).ToUnixTimeSeconds();
        PassageRetriever<string, Passage> retriever = new(collection, _generator);

        await AssertFoundAsync(passage => passage.Properties.Contains("draft=false"), 2);
        await AssertFoundAsync(passage => passage.Properties.Contains("draft=true"), 0);
        await AssertFoundAsync(passage => passage.Tags.Contains("ops"), 2);
        await AssertFoundAsync(passage => passage.Published >= since, 2);
        await AssertFoundAsync(passage => passage.Language == "en", 2);

        async Task AssertFoundAsync(System.Linq.Expressions.Expression<Func<Passage, bool>> filter, int count)
        {
            RetrievalResult<Passage> result = await retriever.RetrieveAsync("one", new RetrievalOptions<Passage> { Filter = filter });
            Assert.Equal(Enumerable.Repeat("a.md", count), result.Passages.Select(passage => passage.Source));
        }
    }

    [Fact]
    public async Task IndexAsync_OtherMetadataAlone_WritesWithoutEmbedding()
    {
        VectorStoreCollection<string, Passage> collection = await IndexedAsync(Document(Front, "one", "two"));
        _generator.Embedded.Clear();

        IndexingResult result = await new PassageIndexer(_generator).IndexAsync(collection, [Document(Front.Replace("ops", "dev", StringComparison.Ordinal), "one", "two")]);

        Assert.Equal((0, 3, 0), (result.Embedded, result.Moved, result.Unchanged));
        Assert.Empty(_generator.Embedded);
        Assert.All(await PassagesAsync(collection), passage => Assert.Equal((true, 32), (passage.Tags.Contains("dev"), passage.Vector.Length)));
    }

    [Fact]
    public async Task IndexAsync_MetadataSaidInCode_ComesBeforeTheDocuments()
    {
        DocumentMetadata said = new() { Title = "Keys", Author = "Eve", Tags = ["security", "keys"], Properties = ["tenant=acme"] };
        VectorStoreCollection<string, Passage> collection = await IndexedAsync(Document(Front + "tenant: other\nTenant: third\n", "one", "two").WithMetadata(said));

        List<Passage> passages = await PassagesAsync(collection);

        Assert.Equal(3, passages.Count);
        Assert.All(passages, passage =>
        {
            Assert.Equal(("Keys", "Without downtime", "Eve", "en"), (passage.Title, passage.Description, passage.Author, passage.Language));
            Assert.Equal(["security", "keys", "ops"], passage.Tags);
            Assert.Equal(["tenant=acme", "draft=false", "menu.main.weight=3"], passage.Properties);
        });
    }

    [Fact]
    public async Task IndexAsync_DocumentThatSaysAnothersProperty_StaysInItsOwnersFence()
    {
        VectorStoreCollection<string, Passage> collection = await IndexedAsync(
            Document("tenant: acme\ntenant=acme: x\n", "one").WithMetadata(new() { Properties = ["tenant=evil"] }),
            new SourceDocument("b.md", "one").WithMetadata(new() { Properties = ["tenant=acme"] }));

        RetrievalResult<Passage> result = await new PassageRetriever<string, Passage>(collection, _generator)
            .RetrieveAsync("one", new RetrievalOptions<Passage> { Filter = passage => passage.Properties.Contains("tenant=acme") });

        Assert.Equal("b.md", Assert.Single(result.Passages).Source);
    }

    [Fact]
    public async Task IndexAsync_OtherMetadataInCodeAlone_WritesWithoutEmbedding()
    {
        SourceDocument document = Document(Front, "one", "two");
        VectorStoreCollection<string, Passage> collection = await IndexedAsync(document);
        _generator.Embedded.Clear();

        PassageIndexer indexer = new(_generator);
        IndexingResult tagged = await indexer.IndexAsync(collection, [document.WithMetadata(new() { Tags = ["dev"] })]);
        IndexingResult again = await indexer.IndexAsync(collection, [document.WithMetadata(new() { Tags = ["dev"] })]);

        Assert.Equal((0, 3, 0), (tagged.Embedded, tagged.Moved, tagged.Unchanged));
        Assert.Equal((0, 0, 3), (again.Embedded, again.Moved, again.Unchanged));
        Assert.Empty(_generator.Embedded);
        Assert.All(await PassagesAsync(collection), passage => Assert.Equal(["dev", "keys", "ops"], passage.Tags));
    }

    [Fact]
    public async Task IndexAsync_Parent_IsCommonToASection()
    {
        string text = $"# One\n\n{string.Join("\n\n", Enumerable.Range(0, 100).Select(index => $"Sentence number {index} of the first section is here."))}\n\n# Two\n\nShort.\n";
        VectorStoreCollection<string, Passage> collection = await IndexedAsync(new SourceDocument("a.md", text));

        List<Passage> passages = await PassagesAsync(collection);

        Assert.True(passages.Count > 2);
        Assert.All(passages[..^1], passage => Assert.Equal(passages[0].Key, passage.Parent));
        Assert.Equal(passages[^1].Key, passages[^1].Parent);
        Assert.Equal(Enumerable.Range(0, passages.Count), passages.Select(passage => passage.Ordinal));
    }

    [Fact]
    public async Task RetrieveAsync_Passage_HasTitle()
    {
        VectorStoreCollection<string, Passage> collection = await IndexedAsync(Document(Front, "one"));

        RetrievalResult<Passage> result = await new PassageRetriever<string, Passage>(collection, _generator).RetrieveAsync("one");

        Assert.All(result.Passages, passage => Assert.Equal(("Rotating keys", null), (passage.Title, passage.Page)));
    }

    public void Dispose()
    {
        _store.Dispose();
        _generator.Dispose();
    }

    private static SourceDocument Document(string front, params string[] texts) =>
        new("a.md", $"---\n{front}---\n\n{string.Concat(texts.Select(text => $"# H {text}\n\n{text}\n\n"))}");

    private static Task<List<Passage>> PassagesAsync(VectorStoreCollection<string, Passage> collection) =>
        StoredPassages.OfAsync(collection, "a.md");

    private async Task<VectorStoreCollection<string, Passage>> IndexedAsync(params SourceDocument[] documents)
    {
        PassageIndexer indexer = new(_generator);
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(_store, "docs");
        (await indexer.IndexAsync(collection, documents)).ThrowIfFailed();
        return collection;
    }
}
