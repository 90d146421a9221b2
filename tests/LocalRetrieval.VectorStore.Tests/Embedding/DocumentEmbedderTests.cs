using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Embedding;

public sealed class DocumentEmbedderTests
{
    private static readonly TextNote[] Batch =
    [
        new() { Id = 1, Text = "one", Title = "a" },
        new() { Id = 2, Text = "three", Title = null },
        new() { Id = 3, Text = "", Title = "bb" },
    ];

    [Fact]
    public async Task UpsertAsync_Texts_AreEmbeddedAsDocumentsInOneCall()
    {
        using FakeGenerator generator = new();
        var notes = await Stores.CollectionAsync<int, TextNote>(Stores.With(generator));
        using CancellationTokenSource cancellation = new();

        await notes.UpsertAsync(Batch, cancellation.Token);

        var call = Assert.Single(generator.Calls);
        Assert.Equal(["one", "a", "three", "", "bb"], call.Texts);
        Assert.Equal("document", call.Role);
        Assert.Equal(cancellation.Token, call.CancellationToken);
    }

    [Fact]
    public async Task UpsertAsync_Texts_AreFoundByTheirVectors()
    {
        using FakeGenerator generator = new();
        var notes = await Stores.CollectionAsync<int, TextNote>(Stores.With(generator));

        await notes.UpsertAsync(Batch);

        var results = await notes.SearchAsync(new float[] { 1, 0, 0 }, 10, new() { VectorProperty = note => note.Body }).ToListAsync();
        Assert.Equal([(2, 5.0), (1, 3.0), (3, 0.0)], results.Select(result => (result.Record.Id, result.Score!.Value)));
        Assert.Equal("three", results[0].Record.Body);
        results = await notes.SearchAsync(new float[] { 1, 0, 0 }, 10, new() { VectorProperty = note => note.Title }).ToListAsync();
        Assert.Equal([3, 1], results.Select(result => result.Record.Id));
    }

    [Fact]
    public async Task UpsertAsync_Text_IsThereForFiltersAndNotReturned()
    {
        using FakeGenerator generator = new();
        var notes = await Stores.CollectionAsync<int, TextNote>(Stores.With(generator));
        await notes.UpsertAsync(Batch);

        TextNote note = await notes.GetAsync(note => note.Title == "bb", 1).SingleAsync();

        Assert.Equal((3, null), (note.Id, note.Title));
    }

    [Fact]
    public async Task UpsertAsync_GeneratorsAtEachLevel_TakesTheNearest()
    {
        using FakeGenerator store = new();
        using FakeGenerator definition = new();
        using FakeGenerator property = new();
        var notes = await Stores.CollectionAsync<int, TextNote>(Stores.With(store), new()
        {
            EmbeddingGenerator = definition,
            Properties = [new VectorStoreVectorProperty(nameof(TextNote.Title), typeof(string), 3) { EmbeddingGenerator = property }],
        });

        await notes.UpsertAsync(new TextNote { Text = "text", Title = "title" });

        Assert.Empty(store.Calls);
        Assert.Equal(["text"], Assert.Single(definition.Calls).Texts);
        Assert.Equal(["title"], Assert.Single(property.Calls).Texts);
    }

    [Fact]
    public async Task UpsertAsync_NoTextsToEmbed_CallsNoGenerator()
    {
        using FakeGenerator generator = new();
        var notes = await Stores.CollectionAsync<string, Note>(Stores.With(generator));

        await notes.UpsertAsync(new Note { Id = "a", Vector = new float[] { 1, 2, 3 } });

        Assert.Empty(generator.Calls);
    }

    [Fact]
    public void GetCollection_TextsAndNoGenerator_ThrowsNamingTheProperty()
    {
        using LocalVectorStore store = new();
        VectorStoreCollectionDefinition definition = new()
        {
            Properties = [new VectorStoreKeyProperty("Id", typeof(int)), new VectorStoreVectorProperty("Body", typeof(string), 3)],
        };

        foreach (Action get in new Action[] { () => store.GetCollection<int, TextNote>("docs"), () => store.GetDynamicCollection("docs", definition) })
        {
            var exception = Assert.Throws<InvalidOperationException>(get);
            Assert.Contains("'Body'", exception.Message, StringComparison.Ordinal);
            Assert.Contains(nameof(LocalVectorStoreOptions), exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void GetCollection_GeneratorOfOtherInput_ThrowsNamingItAndTheProperty()
    {
        using IntGenerator generator = new();
        using LocalVectorStore store = Stores.With(generator);

        var exception = Assert.Throws<InvalidOperationException>(() => store.GetCollection<int, TextNote>("docs"));

        Assert.Contains(nameof(IntGenerator), exception.Message, StringComparison.Ordinal);
        Assert.Contains("'Body'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpsertAsync_GeneratorFails_ChangesNothing()
    {
        using FakeGenerator generator = new();
        var notes = await Stores.CollectionAsync<int, TextNote>(Stores.With(generator));
        await notes.UpsertAsync(new TextNote { Id = 1, Text = "before" });
        generator.Failure = new TimeoutException();

        await Assert.ThrowsAsync<TimeoutException>(() => notes.UpsertAsync(Batch));

        Assert.Equal("before", (await notes.GetAsync(note => true, 10).SingleAsync()).Text);
    }

    [Fact]
    public async Task UpsertAsync_SecondGeneratorFails_ChangesNothing()
    {
        using FakeGenerator first = new();
        using FakeGenerator second = new() { Failure = new TimeoutException() };
        var notes = await Stores.CollectionAsync<int, TextNote>(Stores.With(first), new()
        {
            Properties = [new VectorStoreVectorProperty(nameof(TextNote.Title), typeof(string), 3) { EmbeddingGenerator = second }],
        });

        await Assert.ThrowsAsync<TimeoutException>(() => notes.UpsertAsync(Batch));

        Assert.Single(first.Calls);
        Assert.Empty(await notes.GetAsync(note => true, 10).ToListAsync());
    }

    [Fact]
    public async Task UpsertAsync_GeneratorGivesWrongSize_ThrowsNamingKeyAndProperty()
    {
        using FakeGenerator generator = new() { Vector = text => new float[text.Length] };
        var notes = await Stores.CollectionAsync<int, TextNote>(Stores.With(generator));

        var exception = await Assert.ThrowsAsync<VectorStoreException>(() => notes.UpsertAsync(Batch));

        Assert.Contains("key '1'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("has 1 dimensions, and property 'Title' has 3", exception.Message, StringComparison.Ordinal);
        Assert.Empty(await notes.GetAsync(note => true, 10).ToListAsync());
    }

    [Fact]
    public async Task UpsertAsync_GeneratorLosesAText_Throws()
    {
        using FakeGenerator generator = new() { LosesOne = true };
        var notes = await Stores.CollectionAsync<int, TextNote>(Stores.With(generator));

        await Assert.ThrowsAsync<VectorStoreException>(() => notes.UpsertAsync(Batch));
    }

    [Fact]
    public async Task UpsertAsync_GeneratorGivesNoResult_SaysSo()
    {
        using FakeGenerator generator = new() { GivesNoResult = true };
        var notes = await Stores.CollectionAsync<int, TextNote>(Stores.With(generator));

        var exception = await Assert.ThrowsAsync<VectorStoreException>(() => notes.UpsertAsync(Batch));

        Assert.Contains("FakeGenerator gave null instead of embeddings", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpsertAsyncAndSearchAsync_GeneratorGivesNull_SaySo()
    {
        using FakeGenerator generator = new() { GivesNull = true };
        var notes = await Stores.CollectionAsync<int, TextNote>(Stores.With(generator));

        var upsert = await Assert.ThrowsAsync<VectorStoreException>(() => notes.UpsertAsync(Batch));
        var search = await Assert.ThrowsAsync<VectorStoreException>(
            async () => await notes.SearchAsync("a text", 1, new() { VectorProperty = note => note.Body }).ToListAsync());

        Assert.Contains("made by FakeGenerator, is null", upsert.Message, StringComparison.Ordinal);
        Assert.Contains("made by FakeGenerator, is null", search.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readers_IncludeVectorsOfTexts_Throw()
    {
        using FakeGenerator generator = new();
        var notes = await Stores.CollectionAsync<int, TextNote>(Stores.With(generator));

        var exception = await Assert.ThrowsAsync<NotSupportedException>(() => notes.GetAsync(1, new() { IncludeVectors = true }));
        Assert.Contains("embedding generator", exception.Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => notes.GetAsync([1], new() { IncludeVectors = true }));
        Assert.Throws<NotSupportedException>(() => notes.GetAsync(note => true, 1, new() { IncludeVectors = true }));
        Assert.Throws<NotSupportedException>(() => notes.SearchAsync("x", 1, new() { IncludeVectors = true, VectorProperty = note => note.Body }));
    }
}
