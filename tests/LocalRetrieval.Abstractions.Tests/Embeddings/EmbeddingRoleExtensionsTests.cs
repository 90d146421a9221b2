using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Abstractions.Tests.Embeddings;

public sealed class EmbeddingRoleExtensionsTests : IDisposable
{
    private readonly FakeEmbeddingGenerator _generator = new((text, role) => [text.Length, role switch { "query" => 1, "document" => 2, _ => 0 }]);

    [Fact]
    public async Task GenerateQueryAsync_Text_CarriesTheRole()
    {
        Embedding<float> embedding = await _generator.GenerateQueryAsync("ask");

        Assert.Equal([3, 1], embedding.Vector.ToArray());
    }

    [Fact]
    public async Task GenerateDocumentsAsync_Texts_CarryTheRoleInOrder()
    {
        GeneratedEmbeddings<Embedding<float>> embeddings = await _generator.GenerateDocumentsAsync(["a", "bb"]);

        Assert.Equal([[1, 2], [2, 2]], embeddings.Select(embedding => embedding.Vector.ToArray()));
        Assert.Equal(2, embeddings.Usage!.InputTokenCount);
        Assert.Single(_generator.Calls);
    }

    [Fact]
    public async Task GenerateAsyncByRole_CallersOptions_AreKeptAndNotChanged()
    {
        EmbeddingGenerationOptions options = new() { Dimensions = 7, ModelId = "own", AdditionalProperties = new() { ["other"] = 5, ["input_type"] = "mine" } };

        await _generator.GenerateQueryAsync("a", options);
        await _generator.GenerateDocumentsAsync(["a"], options);

        Assert.Equal(["query", "document"], _generator.Calls.Select(call => call.Options!.AdditionalProperties!["input_type"]));
        Assert.All(_generator.Calls, call =>
        {
            Assert.NotSame(options, call.Options);
            Assert.Equal(7, call.Options!.Dimensions);
            Assert.Equal("own", call.Options.ModelId);
            Assert.Equal(5, call.Options.AdditionalProperties!["other"]);
        });
        Assert.Equal("mine", options.AdditionalProperties["input_type"]);
        Assert.Equal(2, options.AdditionalProperties.Count);
    }

    [Fact]
    public async Task AsQueryGenerator_NoRole_IsAQuery()
    {
        EmbeddingGenerationOptions options = new() { Dimensions = 7 };
        using IEmbeddingGenerator<string, Embedding<float>> queries = _generator.AsQueryGenerator();

        Assert.Equal(new float[] { 3, 1 }, (await queries.GenerateAsync(["ask"]))[0].Vector.ToArray());
        Assert.Equal(new float[] { 3, 1 }, (await queries.GenerateAsync(["ask"], options))[0].Vector.ToArray());

        Assert.Null(options.AdditionalProperties);
        Assert.Equal(7, _generator.Calls[1].Options!.Dimensions);
    }

    [Fact]
    public async Task AsDocumentGenerator_NoRole_IsADocument()
    {
        using IEmbeddingGenerator<string, Embedding<float>> documents = _generator.AsDocumentGenerator();

        Assert.Equal(new float[] { 3, 2 }, (await documents.GenerateAsync(["ask"]))[0].Vector.ToArray());
        Assert.Equal(new float[] { 3, 2 }, (await documents.GenerateAsync(["ask"], new() { AdditionalProperties = new() { ["input_type"] = null } }))[0].Vector.ToArray());
    }

    [Fact]
    public async Task AsDocumentGenerator_RoleNamed_IsKept()
    {
        using IEmbeddingGenerator<string, Embedding<float>> documents = _generator.AsDocumentGenerator();
        EmbeddingGenerationOptions noPrompt = new() { AdditionalProperties = new() { ["input_type"] = "" } };

        await documents.GenerateQueryAsync("ask");
        await documents.GenerateAsync(["ask"], noPrompt);

        Assert.Equal(["query", ""], _generator.Calls.Select(call => call.Options!.AdditionalProperties!["input_type"]));
    }

    [Fact]
    public async Task AsDocumentGenerator_CancellationServicesAndDisposal_ReachTheGenerator()
    {
        IEmbeddingGenerator<string, Embedding<float>> documents = _generator.AsDocumentGenerator();

        Assert.Same(_generator.Metadata, documents.GetService<EmbeddingGeneratorMetadata>());
        Assert.Same(_generator, documents.GetService<FakeEmbeddingGenerator>());
        Assert.Same(documents, documents.GetService<IEmbeddingGenerator<string, Embedding<float>>>());
        await Assert.ThrowsAsync<OperationCanceledException>(() => documents.GenerateAsync(["a"], null, new CancellationToken(canceled: true)));
        documents.Dispose();
        Assert.Equal(1, _generator.Disposals);
        Assert.Throws<ArgumentNullException>(() => ((IEmbeddingGenerator<string, Embedding<float>>)null!).AsQueryGenerator());
        Assert.Throws<ArgumentNullException>(() => ((IEmbeddingGenerator<string, Embedding<float>>)null!).AsDocumentGenerator());
    }

    [Fact]
    public async Task GenerateAsyncByRole_BehindADistributedCache_KeepsTheRolesApart()
    {
        DictionaryCache stored = new();
        using IEmbeddingGenerator<string, Embedding<float>> cache = _generator.AsBuilder().UseDistributedCache(stored).Build();

        float[] query = (await cache.GenerateQueryAsync("text")).Vector.ToArray();
        float[] document = (await cache.GenerateDocumentsAsync(["text"]))[0].Vector.ToArray();
        float[] neither = (await cache.GenerateAsync(["text"]))[0].Vector.ToArray();

        Assert.Equal([4, 1], query);
        Assert.Equal([4, 2], document);
        Assert.Equal([4, 0], neither);
        Assert.Equal(3, stored.Count);
    }

    [Fact]
    public async Task GenerateAsyncByRole_SameRoleAgain_IsAnsweredByTheCache()
    {
        using IEmbeddingGenerator<string, Embedding<float>> cache = _generator.AsBuilder().UseDistributedCache(new DictionaryCache()).Build();

        await cache.GenerateQueryAsync("text");
        await cache.GenerateQueryAsync("text");
        await cache.GenerateDocumentsAsync(["text", "text"]);

        Assert.Equal(2, _generator.Calls.Count);
    }

    [Fact]
    public async Task GenerateQueryAsync_AnotherNumberOfEmbeddings_IsRefused()
    {
        using EmptyGenerator generator = new();

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => generator.GenerateQueryAsync("a"));

        Assert.Contains("EmptyGenerator gave 0 embeddings", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsyncByRole_GeneratorGivesNull_IsNamed()
    {
        using NullGenerator nothing = new(null!);
        using NullGenerator item = new([new Embedding<float>(new float[1]), null!]);

        Assert.Contains("NullGenerator gave null instead", (await Assert.ThrowsAsync<InvalidOperationException>(() => nothing.GenerateQueryAsync("a"))).Message, StringComparison.Ordinal);
        Assert.Contains("NullGenerator gave null instead", (await Assert.ThrowsAsync<InvalidOperationException>(() => nothing.GenerateDocumentsAsync(["a"]))).Message, StringComparison.Ordinal);
        Assert.Contains("at index 1 of 2", (await Assert.ThrowsAsync<InvalidOperationException>(() => item.GenerateDocumentsAsync(["a", "b"]))).Message, StringComparison.Ordinal);
        using var half = item.AsHalf();
        Assert.Contains("at index 1 of 2", (await Assert.ThrowsAsync<InvalidOperationException>(() => half.GenerateAsync(["a", "b"]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsyncByRole_Null_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => _generator.GenerateQueryAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => _generator.GenerateDocumentsAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => ((IEmbeddingGenerator<string, Embedding<float>>)null!).GenerateQueryAsync("a"));
    }

    public void Dispose() => _generator.Dispose();

    private sealed class EmptyGenerator : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>());

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    private sealed class NullGenerator(GeneratedEmbeddings<Embedding<float>> embeddings) : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) => Task.FromResult(embeddings);

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
