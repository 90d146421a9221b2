using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Static;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Indexing;

/// <summary>A collection that one encoder filled, and another that is to embed it anew.</summary>
public sealed class EncoderChangeTests : IDisposable
{
    private static readonly SourceDocument[] Documents =
        [new("one.txt", "oil the chain"), new("two.txt", "pump the tyres"), new("three.txt", "true the wheel")];

    private readonly FakeEmbeddingGenerator _old = Generator("old");
    private readonly FakeEmbeddingGenerator _new = Generator("new");
    private readonly LocalVectorStore _store = new();

    [Fact]
    public async Task IndexAsync_Rebuild_EmbedsAllSourcesAnewFromTheirTexts()
    {
        await FillAsync();

        IndexingResult result = await RebuildAsync(_new, Collection(), Documents[0]);

        Assert.Equal(Documents.Length, _new.Embedded.Count);
        Assert.All(_new.Embedded, embedded => Assert.Equal("document", embedded.Role));
        Assert.Equal((3, 0, 1), (result.Rebuilt, result.Embedded, result.Unchanged));
        Assert.Equal(Documents.Select(document => document.Source), await SourcesAsync(_new, Collection()));
        await AssertVectorsAsync(_new, Collection());
        await Assert.ThrowsAsync<InvalidOperationException>(() => RetrieveAsync(_old, Collection()));
    }

    [Fact]
    public async Task IndexAsync_Rebuild_TellsHowFarItIs()
    {
        await FillAsync();
        List<IndexingProgress> reports = [];

        await new PassageIndexer(_new, new PassageIndexerOptions { EncoderChange = EncoderChange.Rebuild, BatchSize = 2 })
            .IndexAsync(Collection(), Documents, new ListProgress(reports));

        Assert.Equal([2, 3], reports.Where(report => report.Rebuilt > 0).Select(report => report.Rebuilt));
        Assert.Equal("2 of 3 passages embedded anew", reports[0].ToString());
        Assert.Equal(Documents.Length, reports[^1].Documents);
    }

    [Fact]
    public async Task IndexAsync_RebuildToOtherDimensions_ReplacesTheCollection()
    {
        await FillAsync();
        using FakeEmbeddingGenerator wide = Generator("wide", dimensions: 48);
        VectorStoreCollection<string, Passage> collection = Collection(48);

        Assert.Equal(3, (await RebuildAsync(wide, collection, Documents)).Rebuilt);

        await AssertVectorsAsync(wide, collection);
        Assert.Equal(3, (await RetrieveAsync(wide, collection)).Passages.Count);
    }

    [Fact]
    public async Task IndexAsync_RefuseOtherDimensions_LeavesTheCollection()
    {
        await FillAsync();
        using FakeEmbeddingGenerator wide = Generator("wide", dimensions: 48);

        await Assert.ThrowsAsync<InvalidOperationException>(() => new PassageIndexer(wide).IndexAsync(Collection(48), Documents));

        await AssertVectorsAsync(_old, Collection());
    }

    [Fact]
    public async Task IndexAsync_RebuildWithTheSameEncoder_EmbedsNothing()
    {
        await FillAsync();
        using FakeEmbeddingGenerator same = Generator("old");

        IndexingResult result = await RebuildAsync(same, Collection(), Documents);

        Assert.Equal((0, 3), (result.Rebuilt, result.Unchanged));
        Assert.Empty(same.Embedded);
    }

    [Fact]
    public async Task IndexAsync_RebuildOfNoCollection_Indexes()
    {
        IndexingResult result = await RebuildAsync(_new, Collection(), Documents);

        Assert.Equal((0, 3), (result.Rebuilt, result.Embedded));
    }

    [Fact]
    public async Task IndexAsync_RebuildFailsHalfway_LeavesTheOldCollectionSearchable()
    {
        await FillAsync();
        _new.FailOn = "wheel";

        await Assert.ThrowsAsync<IOException>(() => RebuildAsync(_new, Collection(), Documents));

        Assert.Equal(2, _new.Embedded.Count);
        await AssertVectorsAsync(_old, Collection());
        Assert.Equal(3, (await RetrieveAsync(_old, Collection())).Passages.Count);

        _new.FailOn = null;
        Assert.Equal(3, (await RebuildAsync(_new, Collection(), Documents)).Rebuilt);
    }

    [Fact]
    public async Task IndexAsync_RebuildOnDiskFailsHalfway_TheNextRunEmbedsTheRest()
    {
        string folder = Directory.CreateTempSubdirectory("local-retrieval-rebuild-").FullName;
        List<IndexingProgress> reports = [];
        try
        {
            using (LocalVectorStore store = OnDisk())
            {
                await new PassageIndexer(_old).IndexAsync(Collection(store: store), Documents);
                _new.FailOn = "wheel";
                await Assert.ThrowsAsync<IOException>(() => RebuildAsync(_new, Collection(store: store), Documents));
                Assert.Equal(3, (await RetrieveAsync(_old, Collection(store: store))).Passages.Count);
            }

            _new.FailOn = null;
            using LocalVectorStore again = OnDisk();
            IndexingResult result = await new PassageIndexer(_new, Rebuilding()).IndexAsync(Collection(store: again), Documents, new ListProgress(reports));

            Assert.Equal((3, 3), (result.Rebuilt, result.Unchanged));
            Assert.Equal(["oil the chain", "pump the tyres", "true the wheel"], _new.Embedded.Select(embedded => embedded.Text));
            Assert.Equal([(1, 3), (2, 3), (3, 3)], reports.Where(report => report.Rebuilt > 0).Select(report => (report.Rebuilt, report.TotalToRebuild!.Value)));
            await AssertVectorsAsync(_new, Collection(store: again));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        LocalVectorStore OnDisk() => new(new LocalVectorStoreOptions { Path = folder });
    }

    [Fact]
    public async Task IndexAsync_RebuildIsCancelledHalfway_LeavesTheOldCollectionSearchable()
    {
        await FillAsync();
        using CancellationTokenSource cancellation = new();
        using CancellingGenerator cancelling = new(_new, after: 2, cancellation);
        PassageIndexer indexer = new(cancelling, Rebuilding());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => indexer.IndexAsync(Collection(), Documents, cancellationToken: cancellation.Token));

        Assert.Equal(2, _new.Embedded.Count);
        await AssertVectorsAsync(_old, Collection());
        Assert.Equal(3, (await RetrieveAsync(_old, Collection())).Passages.Count);
    }

    [Fact]
    public async Task IndexAsync_CollectionChangesWhileItIsRebuilt_LosesNothing()
    {
        await FillAsync();
        using CallbackGenerator writing = new(_new, () => new PassageIndexer(_old).IndexAsync(Collection(), [new SourceDocument("four.txt", "clean the frame")]));

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => new PassageIndexer(writing, Rebuilding()).IndexAsync(Collection(), Documents));

        Assert.Contains("was changed while", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("four.txt", await SourcesAsync(_old, Collection()));
    }

    [Fact]
    public async Task IndexAsync_GeneratorWithoutEncoderInfo_IsKnownByProviderIdAndDimensions()
    {
        using FakeEmbeddingGenerator silent = new();
        using FakeEmbeddingGenerator other = new() { ModelId = "other" };
        await new PassageIndexer(silent).IndexAsync(Collection(), Documents);

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => new PassageIndexer(other).IndexAsync(Collection(), Documents));

        Assert.Contains("'docs'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("'one.txt'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(EncoderChange.Rebuild), refusal.Message, StringComparison.Ordinal);
        Assert.Empty(other.Embedded);
        Assert.Equal(3, (await RebuildAsync(other, Collection(), Documents)).Rebuilt);
        Assert.Equal(3, (await new PassageIndexer(other).IndexAsync(Collection(), Documents)).Unchanged);
    }

    [Fact]
    public async Task IndexAsync_PlainStore_IsRefusedOrOverwritten()
    {
        using FaultyCollection plain = new(Collection()) { IsPlain = true };
        await new PassageIndexer(_old).IndexAsync(plain, Documents);

        await Assert.ThrowsAsync<InvalidOperationException>(() => new PassageIndexer(_new).IndexAsync(plain, Documents));
        await AssertVectorsAsync(_old, Collection());

        Assert.Equal(3, (await RebuildAsync(_new, plain, Documents[0])).Rebuilt);
        await AssertVectorsAsync(_new, Collection());
    }

    [Fact]
    public async Task IndexAsync_PlainStoreAndANewDocument_IsRefusedByAnotherDocumentsPassage()
    {
        using FaultyCollection plain = new(Collection()) { IsPlain = true };
        await new PassageIndexer(_old).IndexAsync(plain, Documents);

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => new PassageIndexer(_new).IndexAsync(plain, [new SourceDocument("four.txt", "clean the frame")]));

        Assert.Contains("'one.txt'", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_new.Embedded);
    }

    [Fact]
    public async Task IndexAsync_PlainStoreWhoseWritingFailsHalfway_IsMadeGoodByTheNextRun()
    {
        using FaultyCollection plain = new(Collection()) { IsPlain = true };
        await new PassageIndexer(_old).IndexAsync(plain, Documents);
        plain.FailUpsertAfter = 1;
        await Assert.ThrowsAsync<IOException>(() => RebuildAsync(_new, plain, Documents));
        plain.FailUpsertAfter = null;

        Assert.Equal(2, (await RebuildAsync(_new, plain, Documents)).Rebuilt);

        await AssertVectorsAsync(_new, Collection());
    }

    [Fact]
    public async Task IndexAsync_PlainStoreFailsToEmbed_WritesNothing()
    {
        using FaultyCollection plain = new(Collection()) { IsPlain = true };
        await new PassageIndexer(_old).IndexAsync(plain, Documents);
        plain.Upserted.Clear();
        _new.FailOn = "wheel";

        await Assert.ThrowsAsync<IOException>(() => RebuildAsync(_new, plain, Documents));

        Assert.Empty(plain.Upserted);
        await AssertVectorsAsync(_old, Collection());
    }

    [Fact]
    public async Task IndexAsync_PlainStoreOfOtherDimensions_IsRefusedUnchanged()
    {
        using FaultyCollection plain = new(Collection()) { IsPlain = true };
        await new PassageIndexer(_old).IndexAsync(plain, Documents);
        plain.Upserted.Clear();
        using FakeEmbeddingGenerator wide = Generator("wide", dimensions: 48);

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => RebuildAsync(wide, plain, Documents));

        Assert.Contains("32 dimensions and those of the new encoder 48", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(plain.Upserted);
    }

    [Fact]
    public async Task IndexAsync_FilesChangedUnderTheSameName_AreAnotherEncoder()
    {
        using TemporaryModel model = new(Checkout.Path("models", "static"));
        using StaticEmbeddingGenerator before = StaticEmbeddingGenerator.Load(model.Path);
        VectorStoreCollection<string, Passage> collection = await new PassageIndexer(before).GetCollectionAsync(_store, "static");
        await new PassageIndexer(before).IndexAsync(collection, Documents);
        byte[] weights = File.ReadAllBytes(model.File("model.safetensors"));
        weights.AsSpan(weights.Length / 2).Reverse();
        model.Write("model.safetensors", weights);
        using StaticEmbeddingGenerator after = StaticEmbeddingGenerator.Load(model.Path);
        Assert.Equal(before.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelId, after.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelId);

        await Assert.ThrowsAsync<InvalidOperationException>(() => new PassageIndexer(after).IndexAsync(collection, Documents));
        IndexingResult result = await RebuildAsync(after, collection, Documents);

        Assert.Equal((3, 3), (result.Rebuilt, result.Unchanged));
        Passage stored = Assert.Single(await StoredPassages.OfAsync(collection, "one.txt"));
        Assert.Equal((await after.GenerateDocumentsAsync(["oil the chain"]))[0].Vector.ToArray(), stored.Vector.ToArray());
    }

    public void Dispose()
    {
        _store.Dispose();
        _new.Dispose();
        _old.Dispose();
    }

    private static FakeEmbeddingGenerator Generator(string model, int dimensions = 32) => new(dimensions)
    {
        Encoder = new EncoderInfo(model, () => new EncoderFingerprint([FingerprintComponent.Of(FingerprintComponents.Model, model, model)])) { Dimensions = dimensions },
        Prefix = model,
    };

    private static PassageIndexerOptions Rebuilding() => new() { EncoderChange = EncoderChange.Rebuild, BatchSize = 1 };

    private static Task<IndexingResult> RebuildAsync(
        IEmbeddingGenerator<string, Embedding<float>> generator, VectorStoreCollection<string, Passage> collection, params SourceDocument[] documents) =>
        new PassageIndexer(generator, Rebuilding()).IndexAsync(collection, documents);

    private static Task<RetrievalResult<Passage>> RetrieveAsync(FakeEmbeddingGenerator generator, VectorStoreCollection<string, Passage> collection) =>
        new PassageRetriever<string, Passage>(collection, generator).RetrieveAsync("oil");

    private static async Task<string[]> SourcesAsync(FakeEmbeddingGenerator generator, VectorStoreCollection<string, Passage> collection)
    {
        string[] order = ["one.txt", "two.txt", "three.txt", "four.txt"];
        return [.. (await RetrieveAsync(generator, collection)).Passages.Select(passage => passage.Source!).OrderBy(source => Array.IndexOf(order, source))];
    }

    private static async Task AssertVectorsAsync(FakeEmbeddingGenerator generator, VectorStoreCollection<string, Passage> collection)
    {
        foreach (SourceDocument document in Documents)
        {
            Passage passage = Assert.Single(await StoredPassages.OfAsync(collection, document.Source));
            Assert.Equal(generator.Vector(passage.EmbeddedText), passage.Vector.ToArray());
        }
    }

    private VectorStoreCollection<string, Passage> Collection(int dimensions = 32, LocalVectorStore? store = null) =>
        (store ?? _store).GetCollection<string, Passage>("docs", Passage.CreateDefinition(dimensions));

    private Task<IndexingResult> FillAsync() => new PassageIndexer(_old).IndexAsync(Collection(), Documents);

    /// <summary>Cancels when it has embedded so often.</summary>
    private sealed class CancellingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner, int after, CancellationTokenSource cancellation)
        : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
    {
        private int _requests;

        public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            GeneratedEmbeddings<Embedding<float>> embeddings = await base.GenerateAsync(values, options, cancellationToken);
            if (++_requests == after)
            {
                await cancellation.CancelAsync();
            }

            return embeddings;
        }
    }

    /// <summary>Does something else while it embeds.</summary>
    private sealed class CallbackGenerator(IEmbeddingGenerator<string, Embedding<float>> inner, Func<Task> meanwhile)
        : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
    {
        public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            await meanwhile();
            return await base.GenerateAsync(values, options, cancellationToken);
        }
    }

    private sealed class ListProgress(List<IndexingProgress> reports) : IProgress<IndexingProgress>
    {
        public void Report(IndexingProgress value) => reports.Add(value);
    }
}
