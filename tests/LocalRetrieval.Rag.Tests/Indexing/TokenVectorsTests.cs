using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Indexing;

/// <summary>An indexer that gives passages the vectors of their tokens, and a retriever that orders by them.</summary>
public sealed class TokenVectorsTests : IDisposable
{
    private readonly LocalVectorStore _store = new();
    private readonly FakeEmbeddingGenerator _embeddings = new(2);
    private readonly FakeTokenGenerator _tokens = new("first");

    public void Dispose()
    {
        _store.Dispose();
        _tokens.Dispose();
    }

    [Fact]
    public async Task IndexAsync_WithATokenGenerator_GivesEachPassageTheVectorsOfItsTokens()
    {
        VectorStoreCollection<string, Passage> collection = await IndexAsync(_tokens, ("a.md", "red green"), ("b.md", "red blue"), ("c.md", "red green"));

        Passage[] passages = await AllAsync(collection);
        Assert.Equal(3, passages.Length);
        Assert.All(passages, passage => Assert.Equal(FakeTokenGenerator.Embed(passage.Text).Vectors.ToArray(), passage.TokenVectors!.Vectors.ToArray().Select(number => MathF.Round(number, 4))));

        // What stands in two documents is embedded once.
        Assert.Equal(["red blue", "red green"], _tokens.Documents.Order());
    }

    [Fact]
    public async Task IndexAsync_Again_EmbedsTheTokensOfWhatChangedAlone()
    {
        await IndexAsync(_tokens, ("a.md", "red green"), ("b.md", "red blue"));
        _tokens.Calls.Clear();

        VectorStoreCollection<string, Passage> collection = await IndexAsync(_tokens, ("a.md", "red green"), ("b.md", "yellow"));

        Assert.Equal(["yellow"], _tokens.Documents);
        Assert.All(await AllAsync(collection), passage => Assert.NotNull(passage.TokenVectors));
    }

    [Fact]
    public async Task IndexAsync_TokensOfAnotherEncoder_IsRefused()
    {
        using FakeTokenGenerator other = new("other");
        VectorStoreCollection<string, Passage> collection = await IndexAsync(_tokens, ("a.md", "red"));

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Indexer(other).IndexAsync(collection, [new SourceDocument("b.md", "blue")]));

        Assert.Contains("differ in model ('first' and 'other')", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(other.Calls);
    }

    [Theory]
    [InlineData("first")]
    [InlineData(null)]
    public async Task IndexAsync_ACollectionWithoutRoomForThem_IsRefusedWhateverTheGeneratorSays(string? model)
    {
        using FakeTokenGenerator tokens = new(model);
        VectorStoreCollection<string, Passage> collection = _store.GetCollection<string, Passage>("passages", Passage.CreateDefinition(2));

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Indexer(tokens).IndexAsync(collection, [new SourceDocument("b.md", "blue")]));

        Assert.Contains("'passages' has no room for the vectors of tokens", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("PassageDefinitionOptions.TokenDimensions", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(tokens.Calls);
        Assert.Empty(_embeddings.Embedded);
        Assert.False(await collection.CollectionExistsAsync());
    }

    [Fact]
    public async Task RetrieveAsync_RetrieverWithoutOptions_SearchesPassagesByTheirOwnVectors()
    {
        VectorStoreCollection<string, Passage> collection = await IndexAsync(_tokens, ("a.md", "red green"), ("b.md", "red blue"));

        RetrievalResult<Passage> result = await new PassageRetriever<string, Passage>(collection, _embeddings).RetrieveAsync("red");

        Assert.Equal(["red blue", "red green"], result.Passages.Select(passage => passage.Text).Order());
        Assert.All(result.Candidates, candidate => Assert.NotNull(candidate.Stage(RetrievalStage.Vector)));
    }

    [Fact]
    public async Task RetrieveAsync_MaxSimStageOverPassages_OrdersByTokens()
    {
        await IndexAsync(_tokens, ("a.md", "red green"), ("b.md", "red blue"));
        PassageDefinitionOptions described = new() { TokenDimensions = FakeTokenGenerator.Dimensions };
        PassageRetrieverOptions<Passage> options = new() { Definition = Passage.CreateDefinition<string>(2, described), OrderStage = RetrievalStage.MaxSim };
        VectorStoreCollection<string, Passage> collection = _store.GetCollection<string, Passage>("passages", options.Definition);
        options.Rerankers.Add(new MaxSimStage<string, Passage>(collection, _tokens, passage => passage.TokenVectors));
        _tokens.Calls.Clear();

        RetrievalResult<Passage> result = await new PassageRetriever<string, Passage>(collection, _embeddings, reranker: null, options).RetrieveAsync("bright");

        Assert.Equal(["red blue", "red green"], result.Passages.Select(passage => passage.Text));
        Assert.Single(_tokens.Calls);
    }

    private static Task<Passage[]> AllAsync(VectorStoreCollection<string, Passage> collection) =>
        collection.GetAsync(_ => true, 100, new() { IncludeVectors = true }).ToArrayAsync().AsTask();

    private PassageIndexer Indexer(FakeTokenGenerator tokens) => new(_embeddings, new() { TokenGenerator = tokens, TokenCounter = new WordTokenCounter() });

    private async Task<VectorStoreCollection<string, Passage>> IndexAsync(FakeTokenGenerator tokens, params (string Source, string Text)[] documents)
    {
        PassageIndexer indexer = Indexer(tokens);
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(_store, "passages");
        IndexingResult result = await indexer.IndexAsync(collection, documents.Select(document => new SourceDocument(document.Source, document.Text)));
        Assert.Empty(result.Failures);
        return collection;
    }
}
