using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Indexing;

/// <summary>A collection whose vectors of tokens one encoder made, or nobody did, and another that is to make them anew.</summary>
public sealed class TokenRebuildTests : IDisposable
{
    private static readonly SourceDocument[] Documents = [new("a.md", "red green"), new("b.md", "blue rose"), new("c.md", "yellow")];

    private readonly FakeEmbeddingGenerator _old = Generator("old");
    private readonly FakeEmbeddingGenerator _new = Generator("new");
    private readonly FakeTokenGenerator _first = new("first");
    private readonly FakeTokenGenerator _other = new("other") { Shift = 3 };
    private readonly FakeTokenGenerator _silent = new() { Shift = 5 };
    private readonly LocalVectorStore _store = new();

    public void Dispose()
    {
        _store.Dispose();
        _silent.Dispose();
        _other.Dispose();
        _first.Dispose();
        _new.Dispose();
        _old.Dispose();
    }

    [Fact]
    public async Task IndexAsync_RebuildWithAnotherTokenGenerator_MakesThoseOfAllPassagesAnewAndNoOthers()
    {
        await IndexAsync(_old, _first, Documents);
        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => IndexAsync(_old, _other, new SourceDocument("d.md", "white")));
        Assert.Contains("EncoderChange.Rebuild", refusal.Message, StringComparison.Ordinal);
        int requests = _old.Requests;

        IndexingResult result = await RebuildAsync(_old, _other, Documents);

        Assert.Equal((3, 0, 3), (result.Rebuilt, result.Embedded, result.Unchanged));
        Assert.Equal(requests, _old.Requests);
        Assert.Equal(["red green", "blue rose", "yellow"], _other.Documents);
        await AssertStoredAsync(_old, _other);
    }

    [Fact]
    public async Task IndexAsync_RebuildWithTheSameTokenGenerator_EmbedsNothing()
    {
        await IndexAsync(_old, _first, Documents);
        _first.Calls.Clear();

        IndexingResult result = await RebuildAsync(_old, _first, Documents);

        Assert.Equal((0, 3), (result.Rebuilt, result.Unchanged));
        Assert.Empty(_first.Documents);
        await AssertStoredAsync(_old, _first);
    }

    [Fact]
    public async Task IndexAsync_RebuildOfBothWherePassagesLackTokens_LeavesNoneOfAnotherEncoder()
    {
        await IndexAsync(_old, tokens: null, Documents[0]);
        await IndexAsync(_old, _first, Documents[1..]);

        IndexingResult result = await RebuildAsync(_new, _other);

        Assert.Equal(3, result.Rebuilt);
        await AssertStoredAsync(_new, _other);
        await Assert.ThrowsAsync<InvalidOperationException>(() => IndexAsync(_new, _first, new SourceDocument("d.md", "white")));
    }

    [Fact]
    public async Task IndexAsync_RebuildOfACollectionWithoutTokens_FillsThemAndRemembersTheirEncoder()
    {
        await IndexAsync(_old, tokens: null, Documents);

        IndexingResult result = await RebuildAsync(_new, _first);

        Assert.Equal(3, result.Rebuilt);
        await AssertStoredAsync(_new, _first);
        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => IndexAsync(_new, _other, new SourceDocument("d.md", "white")));
        Assert.Contains("differ in model ('first' and 'other')", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_other.Documents);
    }

    [Fact]
    public async Task IndexAsync_RebuildWithATokenGeneratorThatSaysNothing_LeavesTokensAsTheyAre()
    {
        await IndexAsync(_old, tokens: null, Documents[0]);
        await IndexAsync(_old, _first, Documents[1..]);

        IndexingResult result = await RebuildAsync(_new, _silent);

        Assert.Equal(3, result.Rebuilt);
        Assert.Empty(_silent.Documents);
        Passage[] passages = await AllAsync(Collection());
        Assert.Equal(["a.md"], passages.Where(passage => passage.TokenVectors is null).Select(passage => passage.Source));
        Assert.All(passages, passage => Assert.Equal(_new.Vector(passage.Text), passage.Vector.ToArray()));
        Assert.All(passages[1..], passage => AssertTokens(_first, passage));
    }

    [Fact]
    public async Task IndexAsync_RebuildOfBothOnDiskFailsHalfway_KeepsTheOldAndTheNextRunEmbedsTheRest()
    {
        string folder = Directory.CreateTempSubdirectory("local-retrieval-tokens-").FullName;
        try
        {
            using (LocalVectorStore store = OnDisk())
            {
                await Indexer(_old, _first).IndexAsync(Collection(store: store), Documents);
                _other.FailOn = "yellow";
                await Assert.ThrowsAsync<IOException>(() => Indexer(_new, _other, EncoderChange.Rebuild).IndexAsync(Collection(store: store), []));
                await AssertStoredAsync(_old, _first, Collection(store: store));
            }

            _other.FailOn = null;
            _new.FailOn = "yellow";
            using (LocalVectorStore store = OnDisk())
            {
                await Assert.ThrowsAsync<IOException>(() => Indexer(_new, _other, EncoderChange.Rebuild).IndexAsync(Collection(store: store), []));
                await AssertStoredAsync(_old, _other, Collection(store: store));
            }

            _new.FailOn = null;
            using LocalVectorStore again = OnDisk();
            IndexingResult result = await Indexer(_new, _other, EncoderChange.Rebuild).IndexAsync(Collection(store: again), Documents);

            Assert.Equal((3, 3), (result.Rebuilt, result.Unchanged));
            await AssertStoredAsync(_new, _other, Collection(store: again));
            Assert.Equal(["red green", "blue rose", "yellow"], _other.Documents);
            Assert.Equal(["red green", "blue rose", "yellow"], _new.Embedded.Select(embedded => embedded.Text));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        LocalVectorStore OnDisk() => new(new LocalVectorStoreOptions { Path = folder });
    }

    [Fact]
    public async Task IndexAsync_RebuildToOtherDimensionsOfVectors_KeepsTokens()
    {
        await IndexAsync(_old, _first, Documents);
        _first.Calls.Clear();
        using FakeEmbeddingGenerator wide = Generator("wide", dimensions: 48);
        VectorStoreCollection<string, Passage> collection = Collection(dimensions: 48);

        IndexingResult result = await Indexer(wide, _first, EncoderChange.Rebuild).IndexAsync(collection, Documents);

        Assert.Equal((3, 3), (result.Rebuilt, result.Unchanged));
        Assert.Empty(_first.Documents);
        await AssertStoredAsync(wide, _first, collection);
    }

    [Fact]
    public async Task IndexAsync_RebuildToOtherDimensionsOfVectorsAndAnotherTokenGenerator_MakesBothAnew()
    {
        await IndexAsync(_old, _first, Documents);
        using FakeEmbeddingGenerator wide = Generator("wide", dimensions: 48);
        VectorStoreCollection<string, Passage> collection = Collection(dimensions: 48);

        IndexingResult result = await Indexer(wide, _other, EncoderChange.Rebuild).IndexAsync(collection, Documents);

        Assert.Equal((3, 3), (result.Rebuilt, result.Unchanged));
        await AssertStoredAsync(wide, _other, collection);
    }

    [Fact]
    public async Task IndexAsync_RebuildToOtherDimensionsOfTokens_MakesThemAnew()
    {
        await IndexAsync(_old, _first, Documents);
        int requests = _old.Requests;
        using FakeTokenGenerator shorter = new("shorter", dimensions: 13) { Shift = 2 };
        VectorStoreCollection<string, Passage> collection = Collection(tokenDimensions: 13);

        IndexingResult result = await Indexer(_old, shorter, EncoderChange.Rebuild).IndexAsync(collection, Documents);

        Assert.Equal((3, 3), (result.Rebuilt, result.Unchanged));
        Assert.Equal(requests, _old.Requests);
        await AssertStoredAsync(_old, shorter, collection);
    }

    [Fact]
    public async Task IndexAsync_RebuildInAStoreThatReplacesNothing_RefusesOtherTokensBeforeAnythingIsEmbedded()
    {
        await IndexAsync(_old, _first, Documents);
        using FaultyCollection collection = new(Collection()) { Withheld = typeof(IRebuildableCollection<Passage>) };

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Indexer(_new, _other, EncoderChange.Rebuild).IndexAsync(collection, Documents));

        Assert.Contains("cannot replace them all at once", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("a collection of another name", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_new.Embedded);
        Assert.Empty(_other.Documents);
        Assert.Empty(collection.Upserted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task IndexAsync_RebuildInAStoreThatReplacesNothing_KeepsTokens(bool hasTokenGenerator)
    {
        using FakeEmbeddingGenerator before = new();
        using FakeEmbeddingGenerator after = new() { ModelId = "other", Prefix = "other" };
        await IndexAsync(before, _first, Documents);
        _first.Calls.Clear();
        using FaultyCollection collection = new(Collection()) { Withheld = typeof(IRebuildableCollection<Passage>) };

        IndexingResult result = await Indexer(after, hasTokenGenerator ? _first : null, EncoderChange.Rebuild).IndexAsync(collection, Documents);

        Assert.Equal((3, 3), (result.Rebuilt, result.Unchanged));
        Assert.Empty(_first.Documents);
        await AssertStoredAsync(after, _first);
    }

    private static FakeEmbeddingGenerator Generator(string model, int dimensions = 32) => new(dimensions)
    {
        Encoder = new EncoderInfo(model, () => new EncoderFingerprint([FingerprintComponent.Of(FingerprintComponents.Model, model, model)])) { Dimensions = dimensions },
        Prefix = model,
    };

    private static PassageIndexer Indexer(FakeEmbeddingGenerator embeddings, FakeTokenGenerator? tokens, EncoderChange change = EncoderChange.Refuse) =>
        new(embeddings, new() { TokenGenerator = tokens, EncoderChange = change, BatchSize = 1 });

    private static async Task<Passage[]> AllAsync(VectorStoreCollection<string, Passage> collection) =>
        [.. (await collection.GetAsync(_ => true, 100, new() { IncludeVectors = true }).ToListAsync()).OrderBy(passage => passage.Source)];

    private static void AssertTokens(FakeTokenGenerator tokens, Passage passage)
    {
        MultiVectorEmbedding expected = tokens.Make(passage.Text);
        Assert.Equal(expected.Dimensions, passage.TokenVectors!.Dimensions);
        Assert.Equal(expected.Vectors.ToArray(), passage.TokenVectors.Vectors.ToArray().Select(number => MathF.Round(number, 4)));
    }

    private Task<IndexingResult> IndexAsync(FakeEmbeddingGenerator embeddings, FakeTokenGenerator? tokens, params SourceDocument[] documents) =>
        Indexer(embeddings, tokens).IndexAsync(Collection(), documents);

    private Task<IndexingResult> RebuildAsync(FakeEmbeddingGenerator embeddings, FakeTokenGenerator tokens, params SourceDocument[] documents) =>
        Indexer(embeddings, tokens, EncoderChange.Rebuild).IndexAsync(Collection(), documents);

    private VectorStoreCollection<string, Passage> Collection(int dimensions = 32, int tokenDimensions = FakeTokenGenerator.Dimensions, LocalVectorStore? store = null) =>
        (store ?? _store).GetCollection<string, Passage>("docs", Passage.CreateDefinition<string>(dimensions, new() { TokenDimensions = tokenDimensions }));

    /// <summary>All documents have the vectors of these, and the collection says so.</summary>
    private async Task AssertStoredAsync(FakeEmbeddingGenerator embeddings, FakeTokenGenerator tokens, VectorStoreCollection<string, Passage>? collection = null)
    {
        collection ??= Collection();
        Passage[] passages = await AllAsync(collection);
        Assert.Equal(["red green", "blue rose", "yellow"], passages.Select(passage => passage.Text));
        Assert.All(passages, passage => Assert.Equal(embeddings.Vector(passage.EmbeddedText), passage.Vector.ToArray()));
        Assert.All(passages, passage => AssertTokens(tokens, passage));
        Assert.True(await ((ICollectionEncoders)collection.GetService(typeof(ICollectionEncoders))!).CheckAsync(tokens.Encoder!, nameof(Passage.TokenVectors)));
    }
}
