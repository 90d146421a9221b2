using LocalRetrieval.Static;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Embedding;

public sealed class PropertyEncoderTests
{
    [Fact]
    public async Task Options_PropertyOfFewerDimensions_AsksForThem()
    {
        using FakeGenerator generator = new() { Encoder = FakeEncoders.Info("a", dimensions: 8) };
        var notes = await Stores.CollectionAsync<int, TextNote>(Stores.With(generator));

        await notes.UpsertAsync(new TextNote { Id = 1, Text = "text" });
        Assert.Single(await notes.SearchAsync("x", 1, new() { VectorProperty = note => note.Body }).ToListAsync());

        Assert.Equal([("document", 3), ("query", 3)], generator.Calls.Select(call => (call.Role!, call.Dimensions!.Value)));
    }

    [Fact]
    public async Task Options_PropertyOfAllDimensions_AsksForNone()
    {
        using FakeGenerator generator = new() { Encoder = FakeEncoders.Info("a", dimensions: 3) };
        var notes = await Stores.CollectionAsync<int, TextNote>(Stores.With(generator));

        await notes.UpsertAsync(new TextNote { Id = 1, Text = "text" });

        Assert.Null(Assert.Single(generator.Calls).Dimensions);
    }

    [Fact]
    public async Task Options_PropertiesOfSeveralDimensions_AreEmbeddedEachAtItsOwn()
    {
        using FakeGenerator generator = new() { Encoder = FakeEncoders.Info("a", dimensions: 8), Vector = _ => [1, 2, 3] };
        var notes = await Stores.CollectionAsync<int, TextNote>(Stores.With(generator), new()
        {
            Properties = [new VectorStoreVectorProperty(nameof(TextNote.Title), typeof(string), 2)],
        });

        var failure = await Assert.ThrowsAsync<VectorStoreException>(() => notes.UpsertAsync(new TextNote { Id = 1, Text = "text", Title = "title" }));

        Assert.Equal([2, 3], generator.Calls.Select(call => call.Dimensions!.Value).Order());
        Assert.Contains("has 3 dimensions, and property 'Title' has 2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contradiction_OfOneProperty_IsLoggedOnceForTheCollection()
    {
        using FakeGenerator generator = new() { Encoder = FakeEncoders.Info("a", similarity: SimilarityFunctions.Cosine) };
        using RecordingLoggerFactory log = new();
        using LocalVectorStore store = new(new() { EmbeddingGenerator = generator }, log);
        await Stores.CollectionAsync<int, TextNote>(store);
        Assert.Empty(log.Messages);

        for (int i = 0; i < 3; i++)
        {
            var notes = store.GetCollection<int, TextNote>("docs");
            await notes.UpsertAsync(new TextNote { Id = i, Text = "text", Title = "title" });
            await notes.SearchAsync("x", 1, new() { VectorProperty = note => note.Body }).ToListAsync();
        }

        string message = Assert.Single(log.Messages);
        Assert.Contains("'docs', property 'Body': 'a' was trained for cosine", message, StringComparison.Ordinal);
        Assert.Contains(DistanceFunction.DotProductSimilarity, message, StringComparison.Ordinal);
        var others = store.GetCollection<int, TextNote>("others");
        await others.EnsureCollectionExistsAsync();
        await others.UpsertAsync(new TextNote { Id = 1, Text = "text" });
        Assert.Equal(2, log.Messages.Count);
    }

    [Fact]
    public async Task Contradiction_StoreOfAContainer_IsLoggedToItsLoggers()
    {
        using FakeGenerator generator = new() { Encoder = FakeEncoders.Info("a", similarity: SimilarityFunctions.Cosine) };
        using RecordingLoggerFactory log = new();
        using ServiceProvider provider = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(log)
            .AddLocalVectorStore(options => options.EmbeddingGenerator = generator)
            .BuildServiceProvider();
        var notes = await Stores.CollectionAsync<int, TextNote>(provider.GetRequiredService<LocalVectorStore>());

        await notes.UpsertAsync(new TextNote { Id = 1, Text = "text" });

        Assert.Single(log.Messages);
    }

    [Fact]
    public async Task SearchAsync_EmbeddedStaticModel_TakesItsCopyAndRefusesAnother()
    {
        using var filling = StaticEmbeddingGenerator.Load(Checkout.Path("models", "static"));
        using var searching = StaticEmbeddingGenerator.Load(Checkout.Path("models", "static"));
        using FakeGenerator other = FakeEncoders.Generator("other");
        using LocalVectorStore store = Stores.With(filling);
        using LocalVectorStore same = new(new() { EmbeddingGenerator = searching, SharedWith = store });
        using LocalVectorStore another = FakeEncoders.Sharing(store, other);
        var notes = await Stores.CollectionAsync<int, TextNote>(store);
        VectorSearchOptions<TextNote> titles = new() { VectorProperty = note => note.Title };

        await notes.UpsertAsync([new TextNote { Id = 1, Text = "x", Title = "a cat on a mat" }, new TextNote { Id = 2, Text = "y", Title = "rates of interest" }]);

        var found = await same.GetCollection<int, TextNote>("docs").SearchAsync("a cat on a mat", 1, titles).SingleAsync();
        Assert.Equal((1, 1.0), (found.Record.Id, Math.Round(found.Score!.Value, 5)));
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await another.GetCollection<int, TextNote>("docs").SearchAsync("cat", 1, titles).ToListAsync());
        Assert.Contains("model", refusal.Message, StringComparison.Ordinal);
    }
}
