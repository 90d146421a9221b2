using System.Runtime.CompilerServices;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Collections;

/// <summary>One collection seen through several types and several stores.</summary>
public sealed class SharedViewTests
{
    private static readonly RecordRetrievalOptions WithVectors = new() { IncludeVectors = true };

    [Fact]
    public async Task GetDynamicCollection_OfAClassesCollection_SeesTheSameRecords()
    {
        using LocalVectorStore store = new();
        var typed = await Stores.CollectionAsync<int, Stored>(store);
        var dynamic = store.GetDynamicCollection("docs", Definition(typeof(float[])));

        await typed.UpsertAsync(new Stored { Id = 1, Number = 7, Vector = new float[] { 1, 2 } });
        await dynamic.UpsertAsync(new Dictionary<string, object?> { ["key"] = 2, ["number"] = 8, ["vector"] = new float[] { 3, 4 } });

        Dictionary<string, object?> first = (await dynamic.GetAsync(1, WithVectors))!;
        Assert.Equal((1, 7), (first["key"], first["number"]));
        Assert.Equal([1, 2], (float[])first["vector"]!);
        Stored second = (await typed.GetAsync(2, WithVectors))!;
        Assert.Equal(8, second.Number);
        Assert.Equal([3, 4], second.Vector.ToArray());
        Assert.Equal(2, (await typed.GetAsync(record => record.Number > 7, 9).SingleAsync()).Id);
        Assert.Equal(1, (await dynamic.GetAsync(record => (int)record["number"]! == 7, 9).SingleAsync())["key"]);
    }

    [Fact]
    public async Task GetCollection_ClassWithATextInPlaceOfTheVector_SharesTheVectors()
    {
        using FakeGenerator generator = new() { Vector = text => [text.Length, 1] };
        using LocalVectorStore store = Stores.With(generator);
        var vectors = await Stores.CollectionAsync<int, Stored>(store);
        var texts = store.GetCollection<int, TextStored>("docs");

        await texts.UpsertAsync(new TextStored { Id = 1, Text = "four" });

        Stored stored = (await vectors.GetAsync(1, WithVectors))!;
        Assert.Equal([4, 1], stored.Vector.ToArray());
        Assert.Null((await texts.GetAsync(1))!.Text);
    }

    [Fact]
    public async Task Operations_NullOfOneViewThatTheOtherCannotHold_ThrowNamingIt()
    {
        using LocalVectorStore store = new();
        await Stores.CollectionAsync<int, Stored>(store);
        VectorStoreCollectionDefinition definition = Definition(typeof(float[]));
        definition.Properties[1].Type = typeof(int?);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => store.GetDynamicCollection("docs", definition).GetAsync(1));

        Assert.Contains("data 'number' of type System.Int32 or null", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SharedWith_AnotherGenerator_SharesRecordsAndNotTheGenerator()
    {
        using FakeGenerator one = new() { Vector = _ => [1, 0, 0] };
        using FakeGenerator other = new() { Vector = _ => [0, 1, 0] };
        using LocalVectorStore first = Stores.With(one);
        using LocalVectorStore second = new(new() { EmbeddingGenerator = other, SharedWith = first });
        var notes = await Stores.CollectionAsync<string, Note>(first);
        await notes.UpsertAsync([new Note { Id = "a", Vector = new float[] { 1, 0, 0 } }, new Note { Id = "b", Vector = new float[] { 0, 1, 0 } }]);

        Assert.Equal("a", await notes.SearchAsync("x", 1).IdsAsync());
        Assert.Equal("b", await second.GetCollection<string, Note>("docs").SearchAsync("x", 1).IdsAsync());
        first.Dispose();
        Assert.Equal("b", await second.GetCollection<string, Note>("docs").SearchAsync("x", 1).IdsAsync());
        Assert.Throws<ObjectDisposedException>(() => new LocalVectorStore(new() { SharedWith = first }));
    }

    [Fact]
    public async Task SharedWith_StoreThatMadeTheCollectionIsGone_ItsGeneratorIsToo()
    {
        using LocalVectorStore lasting = Stores.With(FakeEncoders.Generator("one"));
        WeakReference generator = await FillAsync(lasting);

        await HangGuard.UntilCollectedAsync(generator);

        var notes = lasting.GetCollection<int, TextNote>("docs");
        await notes.UpsertAsync(new TextNote { Id = 2, Text = "second", Title = "two" });
        Assert.Equal([1, 2], await notes.GetAsync(note => note.Id > 0, 9).Select(note => note.Id).Order().ToListAsync());
        Assert.Equal([2, 1], await notes.SearchAsync("second", 9, new() { VectorProperty = note => note.Body }).Select(found => found.Record.Id).ToListAsync());
    }

    /// <summary>Makes and fills a collection by a store that is gone afterwards, and so is all that held its generator.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> FillAsync(LocalVectorStore lasting)
    {
        FakeGenerator generator = FakeEncoders.Generator("one");
        using LocalVectorStore passing = FakeEncoders.Sharing(lasting, generator);
        var notes = await Stores.CollectionAsync<int, TextNote>(passing);
        await notes.UpsertAsync(new TextNote { Id = 1, Text = "a", Title = "one" });
        VectorSearchOptions<TextNote> options = new() { VectorProperty = note => note.Body, Filter = note => note.Text != "" };
        Assert.Equal(1, (await notes.SearchAsync("a", 1, options).SingleAsync()).Record.Id);
        return new WeakReference(generator);
    }

    private static VectorStoreCollectionDefinition Definition(Type vectorType) => new()
    {
        Properties =
        [
            new VectorStoreVectorProperty("vector", vectorType, 2),
            new VectorStoreDataProperty("number", typeof(int)),
            new VectorStoreKeyProperty("key", typeof(int)),
        ],
    };

    private sealed class Stored
    {
        [VectorStoreKey(StorageName = "key")]
        public int Id { get; set; }

        [VectorStoreData(StorageName = "number")]
        public int Number { get; set; }

        [VectorStoreVector(2, StorageName = "vector")]
        public ReadOnlyMemory<float> Vector { get; set; }
    }

    private sealed class TextStored
    {
        [VectorStoreKey(StorageName = "key")]
        public int Id { get; set; }

        [VectorStoreData(StorageName = "number")]
        public int Number { get; set; }

        [VectorStoreVector(2, StorageName = "vector")]
        public string? Text { get; set; }
    }
}
