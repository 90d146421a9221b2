using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Embedding;

public sealed class SparseEmbeddingTests
{
    [Fact]
    public async Task SearchAsync_TextProperty_EmbedsDocumentsAndQueries()
    {
        using FakeSparseGenerator generator = new();
        var notes = await Stores.CollectionAsync<int, SparseTextNote>(Stores.With(generator));
        await notes.UpsertAsync([new SparseTextNote { Id = 1, Text = "one two three" }, new SparseTextNote { Id = 2, Text = "three" }, new SparseTextNote { Id = 3 }]);

        var found = await notes.SearchAsync("xxx yyyyy", 9).ToListAsync();

        Assert.Equal([(1, 3), (2, 1)], found.Select(result => (result.Record.Id, result.Score!.Value)));
        Assert.Equal(["document", "query"], generator.Calls.Select(call => call.Role));
        Assert.Equal(2, (await notes.GetAsync(note => note.Text == "three", 1).SingleAsync()).Id);
        Assert.Throws<NotSupportedException>(() => notes.SearchAsync("x", 1, new() { IncludeVectors = true }));
    }

    [Fact]
    public async Task SearchAsync_TextPropertyAfterCompaction_StillFinds()
    {
        using FakeSparseGenerator generator = new();
        var notes = await Stores.CollectionAsync<int, SparseTextNote>(Stores.With(generator));
        await notes.UpsertAsync(Enumerable.Range(0, 3000).Select(id => new SparseTextNote { Id = id, Text = id == 2000 ? "x yy" : "x" }));
        await notes.DeleteAsync(Enumerable.Range(0, 1900));

        Assert.Equal(2000, (await notes.SearchAsync("yy", 9).SingleAsync()).Record.Id);
        Assert.Equal(1100, await notes.SearchAsync("x", 9999).CountAsync());
    }

    [Fact]
    public async Task SearchAsync_TextForAPropertyOfVectors_IsEmbedded()
    {
        using FakeSparseGenerator generator = new();
        var notes = await Stores.CollectionAsync<int, SparseNote>(Stores.With(generator));
        await notes.UpsertAsync(new SparseNote { Id = 1, Weights = SparseVectors.Of((4, 2)) });

        Assert.Equal(2, (await notes.SearchAsync("word", 1, new() { VectorProperty = note => note.Weights }).SingleAsync()).Score);
    }

    [Fact]
    public async Task SearchAsync_DenseGeneratorForAPropertyOfVectors_ThrowsNamingIt()
    {
        using FakeGenerator generator = new();
        var notes = await Stores.CollectionAsync<int, SparseNote>(Stores.With(generator));

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => notes.SearchAsync("word", 1, new() { VectorProperty = note => note.Weights }).ToListAsync().AsTask());

        Assert.Contains("incompatible embedding generator of type 'FakeGenerator'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpsertAsync_GeneratorGivesBadVectors_Throws()
    {
        using FakeSparseGenerator longer = new() { Dimensions = 200 };
        var failure = await FailAsync(longer);
        Assert.Contains("key '7', made by FakeSparseGenerator, has 200 dimensions, and property 'Text' has 100", failure.Message, StringComparison.Ordinal);

        using FakeSparseGenerator negative = new() { Sign = -1 };
        failure = await FailAsync(negative);
        Assert.Contains("key '7', made by FakeSparseGenerator, has the weight -1 at index 3, and property 'Text'", failure.Message, StringComparison.Ordinal);

        static async Task<VectorStoreException> FailAsync(FakeSparseGenerator generator)
        {
            var notes = await Stores.CollectionAsync<int, SparseTextNote>(Stores.With(generator));
            return await Assert.ThrowsAsync<VectorStoreException>(() => notes.UpsertAsync(new SparseTextNote { Id = 7, Text = "one" }));
        }
    }

    [Fact]
    public async Task SearchAsync_OtherEncoderThanTheOneThatFilled_ThrowsNamingWhatDiffers()
    {
        using FakeSparseGenerator first = new() { Encoder = FakeEncoders.Info("first", dimensions: 30522) };
        using FakeSparseGenerator other = new() { Encoder = FakeEncoders.Info("other", dimensions: 30522) };
        using LocalVectorStore store = Stores.With(first);
        var notes = await Stores.CollectionAsync<int, SparseTextNote>(store);
        await notes.UpsertAsync(new SparseTextNote { Id = 1, Text = "text" });
        using LocalVectorStore shared = new(new() { EmbeddingGenerator = other, SharedWith = store });

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => shared.GetCollection<int, SparseTextNote>("docs").SearchAsync("text", 1).ToListAsync().AsTask());

        Assert.Contains("differ in model ('first' and 'other')", exception.Message, StringComparison.Ordinal);

        // The vocabulary of another size is refused by the vectors' own length, and not asked for.
        Assert.NotEmpty(first.Calls);
        Assert.All(first.Calls, call => Assert.Null(call.Dimensions));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(typeof(Embedding<float>), false)]
    [InlineData(typeof(SparseEmbedding), true)]
    public async Task EmbeddingType_GeneratorOfBothKinds_Chooses(Type? embeddingType, bool isSparse)
    {
        using TwoKindsGenerator generator = new();
        using LocalVectorStore store = Stores.With(generator);
        VectorStoreVectorProperty property = new("Text", typeof(string), 100) { EmbeddingType = embeddingType };
        var notes = await Stores.CollectionAsync<int, SparseTextNote>(store, new() { Properties = [property] });
        var dynamic = store.GetDynamicCollection("docs", new() { Properties = [new VectorStoreKeyProperty("Id", typeof(int)), property] });
        await dynamic.UpsertAsync(new Dictionary<string, object?> { ["Id"] = 1, ["Text"] = "text" });
        await notes.UpsertAsync(new SparseTextNote { Id = 2, Text = "a" });

        Assert.Equal(isSparse ? 1 : 2, await notes.SearchAsync("word", 9).CountAsync());
    }

    [Theory]
    [InlineData(DistanceFunction.CosineSimilarity)]
    [InlineData(DistanceFunction.NegativeDotProductSimilarity)]
    [InlineData(DistanceFunction.EuclideanDistance)]
    [InlineData("nearest")]
    public void DistanceFunction_OtherThanDotProduct_IsRefusedByName(string name)
    {
        using LocalVectorStore store = new();

        var exception = Assert.Throws<NotSupportedException>(
            () => store.GetCollection<int, SparseNote>("docs", new() { Properties = [new VectorStoreVectorProperty("Weights", 100) { DistanceFunction = name }] }));

        Assert.Contains($"'Weights' has the distance function '{name}'; supported for sparse vectors is DotProductSimilarity", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EmbeddingType_OfTheOtherKind_IsRefused()
    {
        using LocalVectorStore store = new();
        using FakeGenerator dense = new();
        using FakeSparseGenerator sparse = new();

        Assert.Throws<InvalidOperationException>(() => Build("Weights", typeof(Embedding<float>), null));
        Assert.Throws<InvalidOperationException>(() => Build("Dense", typeof(SparseEmbedding), null));
        Assert.Contains("does not turn such values into SparseEmbedding.", Assert.Throws<InvalidOperationException>(() => BuildText(typeof(SparseEmbedding), dense)).Message, StringComparison.Ordinal);
        Assert.Contains("does not turn such values into Embedding<float>.", Assert.Throws<InvalidOperationException>(() => BuildText(typeof(Embedding<float>), sparse)).Message, StringComparison.Ordinal);
        using IntGenerator ints = new();
        Assert.Contains("does not turn such values into Embedding<float>, SparseEmbedding or MultiVectorEmbedding.", Assert.Throws<InvalidOperationException>(() => BuildText(null, ints)).Message, StringComparison.Ordinal);

        void Build(string name, Type type, IEmbeddingGenerator? generator) => store.GetCollection<int, SparseNote>("docs", new()
        {
            EmbeddingGenerator = generator,
            Properties = [new VectorStoreVectorProperty(name, name == "Dense" ? 2 : 100) { EmbeddingType = type }],
        });

        void BuildText(Type? type, IEmbeddingGenerator generator) => store.GetCollection<int, SparseTextNote>("docs", new()
        {
            EmbeddingGenerator = generator,
            Properties = [new VectorStoreVectorProperty("Text", 100) { EmbeddingType = type }],
        });
    }

    [Fact]
    public async Task EnsureCollectionExistsAsync_DenseWhereSparseIsStored_ThrowsNamingBoth()
    {
        using LocalVectorStore store = new();
        using FakeSparseGenerator sparse = new();
        using FakeGenerator dense = new();
        await Stores.CollectionAsync<int, SparseTextNote>(store, new() { EmbeddingGenerator = sparse, Properties = [] });

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Stores.CollectionAsync<int, SparseTextNote>(store, new() { EmbeddingGenerator = dense, Properties = [] }));

        Assert.Contains("sparse vector 'Text' with 100 dimensions instead of vector 'Text' with 100 dimensions", exception.Message, StringComparison.Ordinal);
    }
}
