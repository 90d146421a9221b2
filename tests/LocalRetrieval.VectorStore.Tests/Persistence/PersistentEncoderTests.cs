using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Persistence;

/// <summary>What filled a collection on disk is known when it is opened again, and all its vectors can be made anew.</summary>
public sealed class PersistentEncoderTests : IDisposable
{
    private readonly EncoderInfo _first = FakeEncoders.Info("a");
    private readonly EncoderInfo _other = FakeEncoders.Info("b", dimensions: 2);
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task UpsertAsync_ByAnotherEncoderAfterItIsOpenedAgain_IsRefused()
    {
        using (LocalVectorStore store = OpenWith("a"))
        {
            await (await Stores.CollectionAsync<int, TextNote>(store)).UpsertAsync(new TextNote { Id = 1, Text = "one" });
        }

        using (LocalVectorStore again = OpenWith("a"))
        {
            await again.GetCollection<int, TextNote>("docs").UpsertAsync(new TextNote { Id = 2, Text = "two" });
        }

        using LocalVectorStore other = OpenWith("b");
        await Assert.ThrowsAsync<InvalidOperationException>(() => other.GetCollection<int, TextNote>("docs").UpsertAsync(new TextNote { Id = 3, Text = "three" }));
    }

    [Fact]
    public async Task RememberAsync_BeforeAnythingWasWritten_IsRemembered()
    {
        using (LocalVectorStore store = _folder.Open())
        {
            await Encoders(await Stores.CollectionAsync<string, Note>(store)).RememberAsync(_first);
        }

        using LocalVectorStore again = _folder.Open();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Encoders(again.GetCollection<string, Note>("docs")).CheckAsync(FakeEncoders.Info("b")));
    }

    [Fact]
    public async Task RebuildAsync_OtherDimensionsAfterItIsOpenedAgain_ReplacesAll()
    {
        using (LocalVectorStore store = _folder.Open())
        {
            var notes = await Stores.CollectionAsync<string, Note>(store);
            await Encoders(notes).RememberAsync(_first);
            await notes.UpsertAsync([new Note { Id = "1", Text = "one", Vector = new float[] { 1, 0, 0 } }, new Note { Id = "2", Text = "two" }]);
        }

        using (LocalVectorStore again = _folder.Open())
        {
            VectorStoreCollection<string, Note> changed = Notes(again, dimensions: 2);
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => changed.GetAsync("1"));
            Assert.Contains("EncoderChange.Rebuild", refused.Message, StringComparison.Ordinal);
            Assert.True(await Rebuildable(changed).RebuildAsync(Rebuilds.To(_other, 0, 1)));
            await changed.UpsertAsync(new Note { Id = "3", Vector = new float[] { 1, 0 } });
        }

        using LocalVectorStore last = _folder.Open();
        VectorStoreCollection<string, Note> rebuilt = Notes(last, dimensions: 2);
        Assert.Equal("123", await rebuilt.GetAsync(_ => true, 9).IdsAsync());
        await Encoders(rebuilt).CheckAsync(_other);
        Assert.Single(Directory.GetFiles(_folder.Path, "*.log"));
    }

    [Fact]
    public async Task RebuildAsync_ThatFails_LeavesWhatWasThere()
    {
        using (LocalVectorStore store = _folder.Open())
        {
            var notes = await Stores.CollectionAsync<string, Note>(store);
            await notes.UpsertAsync(new Note { Id = "1", Vector = new float[] { 1, 0, 0 } });
            await Assert.ThrowsAsync<ArgumentException>(() => Rebuildable(Notes(store, dimensions: 2)).RebuildAsync(Rebuilds.To(encoder: null, 1, 2, 3)));
            await notes.UpsertAsync(new Note { Id = "2", Vector = new float[] { 1, 0, 0 } });
        }

        using LocalVectorStore again = _folder.Open();
        Assert.Equal("12", await again.GetCollection<string, Note>("docs").GetAsync(_ => true, 9).IdsAsync());
        Assert.Single(Directory.GetFiles(_folder.Path, "*.log"));
    }

    private LocalVectorStore OpenWith(string model) => _folder.Open(configure: options => options.EmbeddingGenerator = FakeEncoders.Generator(model));

    private static ICollectionEncoders Encoders<TKey, TRecord>(VectorStoreCollection<TKey, TRecord> collection)
        where TKey : notnull
        where TRecord : class => (ICollectionEncoders)collection;

    private static IRebuildableCollection<Note> Rebuildable(VectorStoreCollection<string, Note> notes) => (IRebuildableCollection<Note>)notes;

    private static VectorStoreCollection<string, Note> Notes(LocalVectorStore store, int dimensions) => store.GetCollection<string, Note>("docs", new VectorStoreCollectionDefinition
    {
        Properties =
        [
            new VectorStoreKeyProperty(nameof(Note.Id), typeof(string)),
            new VectorStoreDataProperty(nameof(Note.Text), typeof(string)) { IsFullTextIndexed = true },
            new VectorStoreDataProperty(nameof(Note.Number), typeof(int)) { IsIndexed = true, StorageName = "n" },
            new VectorStoreDataProperty(nameof(Note.Tags), typeof(List<string>)),
            new VectorStoreVectorProperty(nameof(Note.Vector), typeof(ReadOnlyMemory<float>?), dimensions),
        ],
    });
}
