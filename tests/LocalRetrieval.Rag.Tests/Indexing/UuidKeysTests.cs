using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Indexing;

/// <summary>A collection whose keys are UUIDs.</summary>
public sealed class UuidKeysTests : IDisposable
{
    private readonly FakeEmbeddingGenerator _generator = new();
    private readonly LocalVectorStore _store = new();

    [Fact]
    public async Task IndexAsync_Uuids_AreThoseOfSourceAndOrdinal()
    {
        (PassageIndexer indexer, VectorStoreCollection<Guid, Passage> collection) = await FillAsync();

        Passage? second = await collection.GetAsync(PassageKey.CreateUuid("a.md", 1));

        Assert.Equal("two", second!.Text);
        Assert.Equal(2, (await indexer.IndexAsync(collection, [Document("one", "two")])).Unchanged);
        Assert.Equal(1, (await indexer.IndexAsync(collection, [Document("one")])).Deleted);
        Assert.Null(await collection.GetAsync(PassageKey.CreateUuid("a.md", 1)));
        Assert.Equal(1, await PassageIndexer.DeleteSourceAsync(collection, "a.md"));
    }

    [Fact]
    public async Task RetrieveAsync_Uuids_AreTheKeysOfPassages()
    {
        (_, VectorStoreCollection<Guid, Passage> collection) = await FillAsync();

        RetrievalResult<Passage> result = await new PassageRetriever<Guid, Passage>(collection, _generator).RetrieveAsync("two");

        Assert.All(result.Passages, passage => Assert.Equal(PassageKey.CreateUuid("a.md", passage.Record.Ordinal), Guid.Parse(passage.Key)));
    }

    [Fact]
    public async Task GetCollectionAsync_OtherKeys_AreRefused() =>
        await Assert.ThrowsAsync<NotSupportedException>(() => new PassageIndexer(_generator).GetCollectionAsync<int>(_store, "docs"));

    [Fact]
    public async Task IndexAsync_OtherKeys_AreRefused()
    {
        using VectorStoreCollection<int, Passage> collection = _store.GetCollection<int, Passage>("docs", new VectorStoreCollectionDefinition
        {
            Properties = [new VectorStoreKeyProperty(nameof(Passage.Ordinal), typeof(int))],
        });

        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(() => new PassageIndexer(_generator).IndexAsync(collection, [Document("one")]));

        Assert.Contains("Int32 is neither", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _store.Dispose();
        _generator.Dispose();
    }

    private async Task<(PassageIndexer Indexer, VectorStoreCollection<Guid, Passage> Collection)> FillAsync()
    {
        PassageIndexer indexer = new(_generator);
        VectorStoreCollection<Guid, Passage> collection = await indexer.GetCollectionAsync<Guid>(_store, "docs");
        (await indexer.IndexAsync(collection, [Document("one", "two")])).ThrowIfFailed();
        return (indexer, collection);
    }

    private static SourceDocument Document(params string[] texts) => new("a.md", string.Concat(texts.Select(text => $"# H\n\n{text}\n\n")));
}
