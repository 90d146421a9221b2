using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Indexing;

public sealed class PassageDefinitionTests : IDisposable
{
    private readonly LocalVectorStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task CreateDefinition_Keywords_CoverTitleHeadingPathAndText()
    {
        LocalVectorStoreCollection<string, Passage> docs = await CreateAsync(new PassageDefinitionOptions());
        await docs.UpsertAsync(
        [
            Create("a", "Set the limit of retries in the file.", title: "Guide", heading: "Guide > Timeouts"),
            Create("b", "The timeouts of the server are long, and the retries are many, when the file of the guide is large.", title: "Reference"),
            Create("c", "Call getUserName of v1.22.0 for the user's name."),
        ]);

        Assert.Equal(["a", "b"], await FindAsync(docs, "timeout"));
        Assert.Equal(["b"], await FindAsync(docs, "references"));
        Assert.Equal(["c"], await FindAsync(docs, "v1.22"));
        Assert.Equal(["c"], await FindAsync(docs, "user"));
        Assert.Empty(await FindAsync(docs, "the"));

        await docs.UpsertAsync(Create("b", "The timeouts of the server are long, and the retries are many, when the file of the guide is large.", title: "Handbook"));
        Assert.Empty(await FindAsync(docs, "references"));
        Assert.Equal(["b"], await FindAsync(docs, "handbooks"));
    }

    [Fact]
    public async Task CreateDefinition_KeywordsNull_AreTheStores()
    {
        LocalVectorStoreCollection<string, Passage> docs = await CreateAsync(new PassageDefinitionOptions { Keywords = null });
        await docs.UpsertAsync([Create("a", "getUserName", title: "Guide")]);

        Assert.Empty(await FindAsync(docs, "user"));
        Assert.Empty(await FindAsync(docs, "guide"));
        Assert.Equal(["a"], await FindAsync(docs, "getusername"));
    }

    [Fact]
    public void CreateDefinition_Keywords_AreCopiedAndLeftOutWithoutFullText()
    {
        PassageDefinitionOptions options = new() { Keywords = new() { Language = "de" } };
        KeywordIndexOptions found = Assert.IsType<KeywordIndexOptions>(TextOf(options).ProviderAnnotations![KeywordIndexOptions.AnnotationKey]);
        options.Keywords.Language = "en";

        Assert.Equal("de", found.Language);
        options.HasFullText = false;
        Assert.Null(TextOf(options).ProviderAnnotations);
        Assert.False(TextOf(options).IsFullTextIndexed);
    }

    [Fact]
    public void CreateDefinition_TokenVectorsWithoutDimensions_IsRefused()
    {
        PassageDefinitionOptions options = new() { TokenVectors = new() };

        ArgumentException refusal = Assert.Throws<ArgumentException>("options", () => Passage.CreateDefinition<string>(2, options));

        Assert.Contains("Set TokenDimensions", refusal.Message, StringComparison.Ordinal);
        options.TokenDimensions = 3;
        VectorStoreVectorProperty tokens = Passage.CreateDefinition<string>(2, options).Properties.OfType<VectorStoreVectorProperty>().Single(property => property.Name == nameof(Passage.TokenVectors));
        Assert.Equal(3, tokens.Dimensions);
        Assert.IsType<MultiVectorOptions>(tokens.ProviderAnnotations![MultiVectorOptions.AnnotationKey]);
    }

    private static VectorStoreDataProperty TextOf(PassageDefinitionOptions options) =>
        Passage.CreateDefinition<string>(2, options).Properties.OfType<VectorStoreDataProperty>().Single(property => property.Name == nameof(Passage.Text));

    private static Passage Create(string key, string text, string? title = null, string? heading = null) =>
        new() { Key = key, Source = key, Text = text, Title = title, HeadingPath = heading, Vector = new float[] { 1, 0 } };

    private static async Task<string[]> FindAsync(LocalVectorStoreCollection<string, Passage> docs, string query) =>
        await docs.KeywordSearchAsync(query, 9).Select(found => found.Record.Key).ToArrayAsync();

    private async Task<LocalVectorStoreCollection<string, Passage>> CreateAsync(PassageDefinitionOptions options)
    {
        LocalVectorStoreCollection<string, Passage> docs = _store.GetCollection<string, Passage>("docs", Passage.CreateDefinition<string>(2, options));
        await docs.EnsureCollectionExistsAsync();
        return docs;
    }
}
