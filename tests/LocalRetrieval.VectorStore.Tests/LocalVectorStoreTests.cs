using LocalRetrieval.Testing;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests;

public sealed class LocalVectorStoreTests
{
    [Fact]
    public async Task GetCollection_SameName_SeesTheSameRecords()
    {
        using LocalVectorStore store = new();
        using (var first = await Stores.CollectionAsync<string, Note>(store))
        {
            await first.UpsertAsync(new Note { Id = "a" });
        }

        Assert.NotNull(await store.GetCollection<string, Note>("docs").GetAsync("a"));
    }

    [Fact]
    public async Task Operations_OtherProperties_ThrowNamingThem()
    {
        using LocalVectorStore store = new();
        await Stores.CollectionAsync<string, Note>(store);
        var other = store.GetCollection<string, Keyed<string>>("docs");

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => other.GetAsync("a"));

        Assert.Contains("'docs'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("data 'Text' of type System.String", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => other.UpsertAsync(new Keyed<string> { Id = "a" }));
        await other.EnsureCollectionDeletedAsync();
        await other.EnsureCollectionExistsAsync();
    }

    [Fact]
    public async Task EnsureCollectionExistsAsync_OtherDimensions_ThrowsNamingBoth()
    {
        using LocalVectorStore store = new();
        await Stores.CollectionAsync<string, Note>(store);
        VectorStoreCollectionDefinition definition = new() { Properties = [new VectorStoreVectorProperty(nameof(Note.Vector), 5)] };

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => store.GetCollection<string, Note>("docs", definition).EnsureCollectionExistsAsync());

        Assert.Contains("with 3 dimensions", exception.Message, StringComparison.Ordinal);
        Assert.Contains("with 5 dimensions", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnsureCollectionExistsAsync_DimensionsOfAnotherEncoder_NamesItAndRebuilding()
    {
        using FakeGenerator generator = FakeEncoders.Generator("first-model");
        using LocalVectorStore store = Stores.With(generator);
        var notes = await Stores.CollectionAsync<string, Note>(store);
        await ((ICollectionEncoders)notes.GetService(typeof(ICollectionEncoders))!).RememberAsync(generator.Encoder!);
        await notes.UpsertAsync(new Note { Id = "a", Vector = new float[] { 1, 2, 3 } });
        VectorStoreCollectionDefinition definition = new() { Properties = [new VectorStoreVectorProperty(nameof(Note.Vector), 5)] };

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => store.GetCollection<string, Note>("docs", definition).EnsureCollectionExistsAsync());

        Assert.Contains("another encoder ('first-model') filled it", exception.Message, StringComparison.Ordinal);
        Assert.Contains("EncoderChange.Rebuild", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnsureCollectionExistsAsync_NameTakenMeanwhileByOtherType_Throws()
    {
        using LocalVectorStore store = new();
        var late = store.GetCollection<string, Keyed<string>>("docs");
        await Stores.CollectionAsync<string, Note>(store);

        await Assert.ThrowsAsync<InvalidOperationException>(() => late.EnsureCollectionExistsAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => late.GetAsync("a"));
    }

    [Fact]
    public async Task GetCollection_NameOfDeletedCollection_TakesOtherType()
    {
        using LocalVectorStore store = new();
        var notes = await Stores.CollectionAsync<string, Note>(store);
        await notes.EnsureCollectionDeletedAsync();

        Assert.NotNull(await Stores.CollectionAsync<int, Keyed<int>>(store));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public async Task Members_BlankName_Throw(string? name)
    {
        using LocalVectorStore store = new();

        Assert.ThrowsAny<ArgumentException>(() => store.GetCollection<string, Note>(name!));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => store.CollectionExistsAsync(name!));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => store.EnsureCollectionDeletedAsync(name!));
    }

    [Fact]
    public void GetCollection_Dictionary_ThrowsNamingTheOtherMethod()
    {
        using LocalVectorStore store = new();

        var exception = Assert.Throws<ArgumentException>(() => store.GetCollection<string, Dictionary<string, object?>>("docs"));

        Assert.Contains(nameof(store.GetDynamicCollection), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListCollectionNamesAsync_CreatedAndDeleted_ListsThoseThatExistInOrder()
    {
        using LocalVectorStore store = new();
        foreach (string name in new[] { "c", "a", "B", "gone" })
        {
            await store.GetCollection<string, Note>(name).EnsureCollectionExistsAsync();
        }

        store.GetCollection<string, Note>("never");
        await store.EnsureCollectionDeletedAsync("gone");

        Assert.Equal(["B", "a", "c"], await store.ListCollectionNamesAsync().ToListAsync());
        Assert.True(await store.CollectionExistsAsync("a"));
        Assert.False(await store.CollectionExistsAsync("gone"));
        Assert.False(await store.CollectionExistsAsync("never"));
    }

    [Fact]
    public async Task EnsureCollectionExistsAsync_Twice_KeepsTheRecords()
    {
        var notes = await Stores.NotesAsync();

        await notes.EnsureCollectionExistsAsync();

        Assert.True(await notes.CollectionExistsAsync());
        Assert.NotNull(await notes.GetAsync("a"));
    }

    [Fact]
    public async Task EnsureCollectionDeletedAsync_ThenCreated_IsEmpty()
    {
        var notes = await Stores.NotesAsync();

        await notes.EnsureCollectionDeletedAsync();
        await notes.EnsureCollectionDeletedAsync();
        Assert.False(await notes.CollectionExistsAsync());
        await notes.EnsureCollectionExistsAsync();

        Assert.Null(await notes.GetAsync("a"));
    }

    [Fact]
    public void GetService_KnownTypes_ReturnsThem()
    {
        using LocalVectorStore store = new();
        var collection = store.GetCollection<string, Note>("docs");

        Assert.Equal("localretrieval", ((VectorStoreMetadata)store.GetService(typeof(VectorStoreMetadata))!).VectorStoreSystemName);
        Assert.Same(store, store.GetService(typeof(VectorStore)));
        Assert.Equal("docs", ((VectorStoreCollectionMetadata)collection.GetService(typeof(VectorStoreCollectionMetadata))!).CollectionName);
        Assert.Same(collection, collection.GetService(typeof(IVectorSearchable<Note>)));
        Assert.Same(collection, collection.GetService(typeof(IKeywordSearchable<Note>)));
        Assert.Same(collection, collection.GetService(typeof(IKeywordHybridSearchable<Note>)));
        Assert.Equal("docs", collection.Name);
    }

    [Fact]
    public void GetService_KeyedOrUnknown_ReturnsNull()
    {
        using LocalVectorStore store = new();
        var collection = store.GetCollection<string, Note>("docs");

        Assert.Null(store.GetService(typeof(VectorStore), "key"));
        Assert.Null(store.GetService(typeof(string)));
        Assert.Null(collection.GetService(typeof(VectorStoreCollectionMetadata), "key"));
        Assert.Null(collection.GetService(typeof(string)));
        Assert.Throws<ArgumentNullException>(() => store.GetService(null!));
        Assert.Throws<ArgumentNullException>(() => collection.GetService(null!));
    }

    [Fact]
    public async Task Dispose_ThenUsed_ThrowsAndLeavesTheGenerator()
    {
        using FakeGenerator generator = new();
        LocalVectorStore store = Stores.With(generator);
        var notes = await Stores.CollectionAsync<string, Note>(store);

        store.Dispose();
        store.Dispose();

        Assert.False(generator.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => store.GetCollection<string, Note>("docs"));
        Assert.Throws<ObjectDisposedException>(() => store.ListCollectionNamesAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => notes.GetAsync("a"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => notes.UpsertAsync(new Note { Id = "a" }));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => notes.EnsureCollectionExistsAsync());
    }

    [Fact]
    public async Task Dispose_LetsGoOfTheRecords()
    {
        LocalVectorStore store = new();
        WeakReference record = await FillAsync(store);

        store.Dispose();

        await HangGuard.UntilCollectedAsync(record);
        GC.KeepAlive(store);

        static async Task<WeakReference> FillAsync(LocalVectorStore store)
        {
            var records = await Stores.CollectionAsync<string, Holder>(store);
            object value = new();
            await records.UpsertAsync(new Holder { Value = value });
            return new WeakReference(value);
        }
    }

    [Fact]
    public async Task Constructor_OptionsChangedAfterwards_KeepsWhatItRead()
    {
        LocalVectorStoreOptions options = new();
        using LocalVectorStore store = new(options);
        (options.Keywords.Stem, options.Keywords.Language) = (true, "en");

        var notes = await Stores.CollectionAsync<string, Note>(store);
        await notes.UpsertAsync(new Note { Id = "a", Text = "wing" });

        Assert.Empty(await ((IKeywordSearchable<Note>)notes).KeywordSearchAsync("wings", 1).ToListAsync());
    }

    [Fact]
    public async Task EnsureCollectionExistsAsync_ManyAtOnce_LoseNoRecord()
    {
        using LocalVectorStore store = new();

        await Parallel.ForAsync(0, 100, async (i, cancellationToken) =>
        {
            var notes = store.GetCollection<string, Note>("docs");
            await notes.EnsureCollectionExistsAsync(cancellationToken);
            await notes.UpsertAsync(new Note { Id = $"{i}", Vector = new float[] { i, 1, 1 } }, cancellationToken);
            Assert.NotNull(await notes.GetAsync($"{i}", cancellationToken: cancellationToken));
        });

        Assert.Equal(100, await store.GetCollection<string, Note>("docs").GetAsync(note => true, 1000).CountAsync());
    }

    [Fact]
    public async Task EnsureCollectionExistsAsync_AfterDeletion_OldCollectionsSeeTheNewRecords()
    {
        using LocalVectorStore store = new();
        var old = await Stores.CollectionAsync<string, Note>(store);
        await old.UpsertAsync(new Note { Id = "old" });
        await store.EnsureCollectionDeletedAsync("docs");

        var notes = await Stores.CollectionAsync<string, Note>(store);
        await notes.UpsertAsync(new Note { Id = "new" });

        Assert.Equal("new", await old.GetAsync(note => true, 9).IdsAsync());
        await old.DeleteAsync("new");
        Assert.Null(await notes.GetAsync("new"));
    }

    [Fact]
    public async Task GetCollection_KeysAsObjects_AreChecked()
    {
        var notes = await Stores.CollectionAsync<object, Note>();
        await notes.UpsertAsync(new Note { Id = "a" });

        Assert.NotNull(await notes.GetAsync((object)"a"));
        await Assert.ThrowsAsync<ArgumentException>(() => notes.GetAsync((object)7));
    }

    [Fact]
    public async Task Members_Cancelled_Throw()
    {
        using LocalVectorStore store = new();
        var notes = await Stores.CollectionAsync<string, Note>(store);
        CancellationToken cancelled = new(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.CollectionExistsAsync("docs", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.EnsureCollectionDeletedAsync("docs", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.ListCollectionNamesAsync(cancelled).ToListAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => notes.EnsureCollectionExistsAsync(cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => notes.GetAsync("a", cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => notes.UpsertAsync(new Note { Id = "a" }, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => notes.DeleteAsync("a", cancelled));
    }

    private sealed class Holder
    {
        [VectorStoreKey]
        public string Id { get; set; } = "";

        [VectorStoreData]
        public object? Value { get; set; }
    }
}
