using LocalRetrieval.Rag.Tests.Fakes;

namespace LocalRetrieval.Rag.Tests.Indexing;

/// <summary>A store that does nothing but what every store does.</summary>
public abstract class StrictStoreTests<TKey> : IDisposable
    where TKey : notnull
{
    private static readonly PassageDefinitionOptions Plain = new() { HasLists = false, HasFullText = false, DistanceFunction = null };

    private readonly FakeEmbeddingGenerator _generator = new();
    private readonly StrictStore _store = new();

    [Fact]
    public async Task IndexAsync_Again_EmbedsAndWritesNothing()
    {
        StrictCollection<TKey, Passage> collection = await FillAsync();
        (int requests, int written) = (_generator.Requests, collection.Written);

        IndexingResult result = await IndexAsync(collection, Document("a.md", "one", "two", "three"), Tagged("b.md", "x"));

        Assert.Equal((0, 0, 4), (result.Embedded, result.Moved, result.Unchanged));
        Assert.Equal((requests, written), (_generator.Requests, collection.Written));
    }

    [Fact]
    public async Task IndexAsync_ChangedDocument_EmbedsWhatChangedAndDeletesWhatIsGone()
    {
        StrictCollection<TKey, Passage> collection = await FillAsync();

        IndexingResult result = await IndexAsync(collection, Document("a.md", "one", "new"));

        Assert.Equal((1, 1, 1), (result.Embedded, result.Unchanged, result.Deleted));
        Assert.Equal(["one", "new"], await TextsAsync(collection, "a.md"));
    }

    [Fact]
    public async Task IndexAsync_ChangedMetadata_IsWritten()
    {
        StrictCollection<TKey, Passage> collection = await FillAsync();

        IndexingResult result = await IndexAsync(collection, Tagged("b.md", "y"));

        Assert.Equal(0, result.Unchanged);
    }

    [Fact]
    public async Task IndexAsync_ManyPassages_StaysWithinBatches()
    {
        StrictCollection<TKey, Passage> collection = await FillAsync();
        string[] texts = [.. Enumerable.Range(0, 700).Select(index => $"text{index}")];

        await IndexAsync(collection, Document("many.md", texts));

        Assert.Equal(texts, await TextsAsync(collection, "many.md"));
        Assert.Equal(700, await PassageIndexer.DeleteSourceAsync(collection, "many.md"));
        Assert.Empty(await TextsAsync(collection, "many.md"));
    }

    [Fact]
    public async Task DeleteSourceAsync_NoCollection_DeletesNothing() =>
        Assert.Equal(0, await PassageIndexer.DeleteSourceAsync(await CollectionAsync(_generator), "a.md"));

    [Fact]
    public async Task RetrieveAsync_Question_FindsAndFilters()
    {
        StrictCollection<TKey, Passage> collection = await FillAsync();
        PassageRetriever<TKey, Passage> retriever = new(collection, _generator);

        RetrievalResult<Passage> all = await retriever.RetrieveAsync("two");
        RetrievalResult<Passage> filtered = await retriever.RetrieveAsync("two", new RetrievalOptions<Passage> { Filter = passage => passage.Source == "b.md" });

        Assert.Equal(4, all.Passages.Count);
        Assert.All(all.Passages, passage => Assert.NotEmpty(passage.Key));
        Assert.Equal("b.md", Assert.Single(filtered.Passages).Source);
    }

    [Fact]
    public async Task IndexAsync_OtherEncoder_IsRefusedOrRebuilds()
    {
        StrictCollection<TKey, Passage> collection = await FillAsync();
        using FakeEmbeddingGenerator other = new() { ModelId = "other" };

        await Assert.ThrowsAsync<InvalidOperationException>(() => new PassageIndexer(other).IndexAsync(collection, [Document("new.md", "four")]));
        IndexingResult result = await new PassageIndexer(other, new() { EncoderChange = EncoderChange.Rebuild }).IndexAsync(collection, [Document("new.md", "four")]);

        Assert.Equal((4, 1), (result.Rebuilt, result.Embedded));
        Assert.Equal(4, (await new PassageIndexer(other).IndexAsync(collection, [Document("a.md", "one", "two", "three"), Tagged("b.md", "x")])).Unchanged);
    }

    public void Dispose()
    {
        _store.Dispose();
        _generator.Dispose();
        GC.SuppressFinalize(this);
    }

    private static SourceDocument Document(string source, params string[] texts) => new(source, string.Concat(texts.Select(text => $"# H {text}\n\n{text}\n\n")));

    [Fact]
    public async Task SyncAsync_FolderThatChanges_KeepsItsManifestInTheStoreToo()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("local-retrieval-strict-");
        try
        {
            StrictCollection<TKey, Passage> collection = await CollectionAsync(_generator);
            PassageIndexer indexer = new(_generator);
            await WriteAsync("a.md", "one");
            await WriteAsync("b.md", "two");
            await WriteAsync("c.md", "three");

            SyncResult first = await indexer.SyncAsync(collection, folder.FullName, "docs");
            SyncResult again = await indexer.SyncAsync(collection, folder.FullName, "docs");
            await WriteAsync("a.md", "another one");
            File.Move(Path.Combine(folder.FullName, "b.md"), Path.Combine(folder.FullName, "d.md"));
            File.Delete(Path.Combine(folder.FullName, "c.md"));
            SyncResult changed = await indexer.SyncAsync(collection, folder.FullName, "docs");

            Assert.Equal((3, 0), (first.New.Count, first.Failed.Count));
            Assert.Equal((3, 0), (again.Unchanged.Count, again.Failed.Count));

            // The store gives no vector back, so that what was renamed is embedded anew.
            Assert.Equal((1, 1, 1, 0, 2), (changed.Changed.Count, changed.Renamed.Count, changed.Vanished.Count, changed.Failed.Count, changed.Embedded));
            Assert.Equal(["another one"], await TextsAsync(collection, "a.md"));
            Assert.Equal(["two"], await TextsAsync(collection, "d.md"));
            Assert.Empty(await TextsAsync(collection, "c.md"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(folder.FullName, name), text);
    }

    private static SourceDocument Tagged(string source, string tag) => new(source, $"---\ntitle: T\ntags: [{tag}]\ndate: 2024-01-02\nkey: value\n---\n\nbody\n");

    private static async Task<IEnumerable<string>> TextsAsync(StrictCollection<TKey, Passage> collection, string source) =>
        (await PassageCollection.Of(collection).LoadAsync(source, 0, default)).Select(passage => passage.Text);

    private async Task<StrictCollection<TKey, Passage>> CollectionAsync(FakeEmbeddingGenerator generator) =>
        (StrictCollection<TKey, Passage>)await new PassageIndexer(generator).GetCollectionAsync<TKey>(_store, "docs", Plain);

    private async Task<StrictCollection<TKey, Passage>> FillAsync()
    {
        StrictCollection<TKey, Passage> collection = await CollectionAsync(_generator);
        await IndexAsync(collection, Document("a.md", "one", "two", "three"), Tagged("b.md", "x"));
        return collection;
    }

    private async Task<IndexingResult> IndexAsync(StrictCollection<TKey, Passage> collection, params SourceDocument[] documents)
    {
        IndexingResult result = await new PassageIndexer(_generator).IndexAsync(collection, documents);
        result.ThrowIfFailed();
        return result;
    }
}

/// <summary>With text as keys.</summary>
public sealed class StrictTextStoreTests : StrictStoreTests<string>;

/// <summary>With UUIDs as keys.</summary>
public sealed class StrictUuidStoreTests : StrictStoreTests<Guid>;
