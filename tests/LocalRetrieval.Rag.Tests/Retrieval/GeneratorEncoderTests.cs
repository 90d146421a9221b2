using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Retrieval;

/// <summary>Indexing with one encoder, then indexing or retrieving with another.</summary>
public sealed class GeneratorEncoderTests : IDisposable
{
    private readonly FakeEmbeddingGenerator _first = Generator("a");
    private readonly FakeEmbeddingGenerator _other = Generator("b");
    private readonly LocalVectorStore _store = new();
    private readonly VectorStoreCollection<string, Passage> _collection;

    public GeneratorEncoderTests() => _collection = CollectionOf(_store);

    [Fact]
    public async Task IndexAsync_AnotherEncoder_IsRefusedByNameBeforeItEmbeds()
    {
        await IndexAsync(_first, "one.txt");

        AssertNames(await Assert.ThrowsAsync<InvalidOperationException>(() => IndexAsync(_other, "two.txt")));

        Assert.Empty(_other.Embedded);
        Assert.Equal("one.txt", Assert.Single((await RetrieveAsync(_first)).Passages).Source);
    }

    [Fact]
    public async Task IndexAsync_SameEncoderOfAnotherGenerator_IsTaken()
    {
        await IndexAsync(_first, "one.txt");
        using FakeEmbeddingGenerator same = Generator("a");

        await IndexAsync(same, "two.txt");

        Assert.Equal(2, (await RetrieveAsync(same)).Candidates.Count);
    }

    [Fact]
    public async Task IndexAsync_SameTextAgainWithAnotherEncoder_IsRefusedByName()
    {
        await IndexAsync(_first, "one.txt");

        AssertNames(await Assert.ThrowsAsync<InvalidOperationException>(() => IndexAsync(_other, "one.txt")));

        Assert.Empty(_other.Embedded);
    }

    [Fact]
    public async Task IndexAsync_SeveralDocuments_AskOnceOnTheThreadPoolAndComputeOneFingerprint()
    {
        int computed = 0;
        Thread? computedOn = null;
        using FakeEmbeddingGenerator generator = new()
        {
            Encoder = new EncoderInfo("a", () =>
            {
                computed++;
                computedOn = Thread.CurrentThread;
                return Fingerprint("a");
            }),
        };
        PassageIndexer indexer = new(generator);

        await indexer.IndexAsync(_collection, [new SourceDocument("one.txt", "text"), new SourceDocument("two.txt", "text")]);
        await indexer.IndexAsync(_collection, [new SourceDocument("three.txt", "text")]);

        Assert.True(Assert.Single(generator.AskedOn).IsThreadPoolThread);
        Assert.Equal(1, computed);
        Assert.True(computedOn!.IsThreadPoolThread);
    }

    [Fact]
    public async Task IndexAsync_EmbeddingFails_LeavesTheCollectionToAnyone()
    {
        _first.FailOn = "text";
        Assert.Single((await IndexAsync(_first, "one.txt")).Failures);

        await IndexAsync(_other, "one.txt");

        Assert.Single((await RetrieveAsync(_other)).Passages);
    }

    [Fact]
    public async Task IndexAsync_FilledByAnotherWhileItEmbeds_FailsByNameAndWritesNothing()
    {
        CallbackProgress progress = new(() => ((ICollectionEncoders)_collection.GetService(typeof(ICollectionEncoders))!).RememberAsync(_first.Encoder!).AsTask().GetAwaiter().GetResult());
        PassageIndexer indexer = new(_other, new PassageIndexerOptions { BatchSize = 64 });

        // What fails tells its progress after the batch was checked, and before the second document is written.
        _other.FailOn = "bad";
        IndexingResult result = await indexer.IndexAsync(_collection, [new SourceDocument("bad.txt", "bad"), new SourceDocument("two.txt", "text")], progress);

        Assert.Equal(["bad.txt", "two.txt"], result.Failures.Select(failure => failure.Source));
        Assert.Contains("model ('a' and 'b')", result.Failures[1].Error.Message, StringComparison.Ordinal);
        Assert.Empty(await PassageCollection.Of(_collection).LoadAsync("two.txt", 0, default));
    }

    [Fact]
    public async Task RetrieveAsync_AnotherEncoder_IsRefusedByName()
    {
        await IndexAsync(_first, "one.txt");

        AssertNames(await Assert.ThrowsAsync<InvalidOperationException>(() => RetrieveAsync(_other)));

        Assert.Single((await RetrieveAsync(_first)).Passages);
    }

    [Fact]
    public async Task RetrieveAsync_OtherEncodersAllowed_Finds()
    {
        await IndexAsync(_first, "one.txt");
        using LocalVectorStore lenient = new(new() { SharedWith = _store, AllowOtherEncoders = true });

        RetrievalResult<Passage> result = await new PassageRetriever<string, Passage>(CollectionOf(lenient), _other).RetrieveAsync("text");

        Assert.Single(result.Passages);
    }

    [Fact]
    public async Task RetrieveAsync_GeneratorWithoutEncoderInfo_Finds()
    {
        await IndexAsync(_first, "one.txt");
        using FakeEmbeddingGenerator silent = new();

        Assert.Single((await RetrieveAsync(silent)).Passages);
    }

    [Fact]
    public async Task CheckAsync_CollectionThatRemembersNone_AsksForNoEncoder()
    {
        Assert.False(await new GeneratorEncoder(_first).CheckAsync(encoders: null, vectorProperty: null, CancellationToken.None));

        Assert.Empty(_first.AskedOn);
    }

    [Fact]
    public async Task RetrieveAsync_SeveralQueries_AskOnceOnTheThreadPool()
    {
        await _collection.EnsureCollectionExistsAsync();
        PassageRetriever<string, Passage> retriever = new(_collection, _first);

        await retriever.RetrieveAsync("text");
        await retriever.RetrieveAsync("text");

        Assert.True(Assert.Single(_first.AskedOn).IsThreadPoolThread);
    }

    public void Dispose()
    {
        _collection.Dispose();
        _store.Dispose();
        _other.Dispose();
        _first.Dispose();
    }

    private static FakeEmbeddingGenerator Generator(string model) => new()
    {
        Encoder = new EncoderInfo(model, () => Fingerprint(model)),
    };

    private static EncoderFingerprint Fingerprint(string model) => new([FingerprintComponent.Of(FingerprintComponents.Model, model, model)]);

    private static VectorStoreCollection<string, Passage> CollectionOf(LocalVectorStore store) =>
        store.GetCollection<string, Passage>("docs", Passage.CreateDefinition(32));

    private static void AssertNames(InvalidOperationException refusal)
    {
        Assert.Contains("'docs'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("model ('a' and 'b')", refusal.Message, StringComparison.Ordinal);
    }

    private Task<IndexingResult> IndexAsync(FakeEmbeddingGenerator generator, string source) =>
        new PassageIndexer(generator).IndexAsync(_collection, [new SourceDocument(source, "text")]);

    private Task<RetrievalResult<Passage>> RetrieveAsync(FakeEmbeddingGenerator generator) =>
        new PassageRetriever<string, Passage>(_collection, generator).RetrieveAsync("text");

    private sealed class CallbackProgress(Action report) : IProgress<IndexingProgress>
    {
        public void Report(IndexingProgress value) => report();
    }
}
