using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Embedding;

public sealed class QueryEmbedderTests
{
    private static readonly float[] Ones = [1, 1, 1];

    [Fact]
    public async Task SearchAsync_String_IsEmbeddedAsAQuery()
    {
        using FakeGenerator generator = new();
        var notes = await Stores.CollectionAsync<string, Note>(Stores.With(generator));
        await notes.UpsertAsync([new Note { Id = "a", Vector = new float[] { 9, 1, 0 } }, new Note { Id = "b", Vector = new float[] { 2, 'h', 1 } }]);

        Assert.Equal("b", await notes.SearchAsync("hi", 1).IdsAsync());
        Assert.Equal("b", await notes.SearchAsync<object>("hi", 1).IdsAsync());

        Assert.Equal(2, generator.Calls.Count);
        Assert.All(generator.Calls, call => Assert.Equal("query", call.Role));
        Assert.All(generator.Calls, call => Assert.Equal(["hi"], call.Texts));
    }

    [Fact]
    public async Task SearchAsync_Vector_CallsNoGenerator()
    {
        using FakeGenerator generator = new();
        var notes = await Stores.CollectionAsync<string, Note>(Stores.With(generator));

        Assert.Empty(await notes.SearchAsync(Ones, 1).ToListAsync());

        Assert.Empty(generator.Calls);
    }

    [Fact]
    public async Task SearchAsync_ValueThatTheGeneratorTakes_IsEmbedded()
    {
        using IntGenerator generator = new();
        var notes = await Stores.CollectionAsync<string, Note>(Stores.With(generator));
        await notes.UpsertAsync(new Note { Id = "a", Vector = Ones });

        Assert.Equal(1, (await notes.SearchAsync(5, 1).SingleAsync()).Score!.Value, 6);
    }

    [Fact]
    public async Task SearchAsync_NullableValuesThatTheGeneratorTakes_AreEmbedded()
    {
        using IntGenerator generator = new();
        var numbers = await Stores.CollectionAsync<int, Numbered>(Stores.With(generator));

        await numbers.UpsertAsync([new Numbered { Id = 1, Number = 5 }, new Numbered { Id = 2 }]);

        Assert.Equal(1, (await numbers.SearchAsync(7, 9).SingleAsync()).Record.Id);
    }

    [Fact]
    public async Task SearchAsync_ContentAsAnObject_IsEmbedded()
    {
        using ContentGenerator generator = new();
        var notes = await Stores.CollectionAsync<string, Note>(Stores.With(generator));
        await notes.UpsertAsync(new Note { Id = "a", Vector = Ones });

        Assert.Equal("a", await notes.SearchAsync<object>(new DataContent("data:text/plain,abc"), 1).IdsAsync());
        Assert.Equal("a", await notes.SearchAsync<object>(new Picture("data:image/png;base64,AAAA"), 1).IdsAsync());
    }

    [Fact]
    public async Task SearchAsync_NoGenerator_Throws()
    {
        var notes = await Stores.NotesAsync();

        var exception = await Assert.ThrowsAsync<NotSupportedException>(async () => await notes.SearchAsync("hi", 1).ToListAsync());

        Assert.Contains("type 'string' was passed to 'SearchAsync'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SearchAsync_GeneratorOfOtherInput_ThrowsNamingIt()
    {
        using FakeGenerator generator = new();
        var notes = await Stores.CollectionAsync<string, Note>(Stores.With(generator));

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(async () => await notes.SearchAsync(8, 1).ToListAsync());

        Assert.Contains("type 'int' was provided, but an incompatible embedding generator of type 'FakeGenerator'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SearchAsync_GeneratorGivesWrongSize_Throws()
    {
        using FakeGenerator generator = new() { Vector = _ => [1] };
        var notes = await Stores.CollectionAsync<string, Note>(Stores.With(generator));

        var exception = await Assert.ThrowsAsync<VectorStoreException>(async () => await notes.SearchAsync("hi", 1).ToListAsync());

        Assert.Contains("has 1 dimensions, and property 'Vector' has 3", exception.Message, StringComparison.Ordinal);
    }

    private sealed class Numbered
    {
        [VectorStoreKey]
        public int Id { get; set; }

        [VectorStoreVector(3)]
        public int? Number { get; set; }
    }

    private sealed class Picture(string uri) : DataContent(uri);

    /// <summary>Makes of each content a vector of ones.</summary>
    private sealed class ContentGenerator : IEmbeddingGenerator<DataContent, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<DataContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(_ => new Embedding<float>(Ones))));

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
