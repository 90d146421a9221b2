using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Collections;

public sealed class SearchBatchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(70)]
    public async Task SearchBatchAsync_Vectors_FindsForEachWhatASearchFinds(int count)
    {
        LocalVectorStoreCollection<int, Product> products = await FillAsync<int, Product>(Products.Make(3000));
        VectorSearchOptions<Product> options = new()
        {
            Filter = product => product.Price < 2 && product.Tags != null,
            Skip = 2,
            ScoreThreshold = 0.9,
            IncludeVectors = true,
        };
        Random random = new(count);
        float[][] queries = [.. Enumerable.Range(0, count).Select(_ => new[] { random.NextSingle() - 0.5f, random.NextSingle() })];

        IReadOnlyList<IReadOnlyList<VectorSearchResult<Product>>> found = await products.SearchBatchAsync(queries, 7, options);

        Assert.Equal(count, found.Count);
        for (int i = 0; i < count; i++)
        {
            List<VectorSearchResult<Product>> expected = await products.SearchAsync(queries[i], 7, options).ToListAsync();
            Assert.Equal(expected.Select(Describe), found[i].Select(Describe));
        }

        static (int, double?, float) Describe(VectorSearchResult<Product> result) => (result.Record.Id, result.Score, result.Record.Vector![0]);
    }

    [Fact]
    public async Task SearchBatchAsync_TextsAndVectors_AreEmbeddedByOneCall()
    {
        FakeGenerator generator = new();
        LocalVectorStoreCollection<int, TextNote> notes = await FillAsync<int, TextNote>(
            [new() { Id = 1, Title = "a" }, new() { Id = 2, Title = "zzz" }, new() { Id = 3, Title = "bbbbbbbbbbb" }], Stores.With(generator));
        generator.Calls.Clear();
        object[] queries = ["a", new float[] { 1, 0, 0 }, "zzz"];

        IReadOnlyList<IReadOnlyList<VectorSearchResult<TextNote>>> found = await notes.SearchBatchAsync(queries, 1, new() { VectorProperty = note => note.Title });

        Assert.Equal([1, 3, 2], found.Select(results => Assert.Single(results).Record.Id));
        (string[] texts, string? role, _, _) = Assert.Single(generator.Calls);
        Assert.Equal(["a", "zzz"], texts);
        Assert.Equal("query", role);
    }

    [Fact]
    public async Task SearchBatchAsync_ValuesOfTwoTypes_AreEmbeddedByACallEachAndKeepTheirOrder()
    {
        TextAndDataGenerator generator = new();
        LocalVectorStoreCollection<int, TextNote> notes = await FillAsync<int, TextNote>(
            [.. Enumerable.Range(1, 5).Select(id => new TextNote { Id = id, Title = new string('x', id) })], Stores.With(generator));
        generator.Calls.Clear();
        VectorSearchOptions<TextNote> options = new() { VectorProperty = note => note.Title };
        object[] queries = [Data(4), "x", TextAndDataGenerator.VectorOf(3), Data(2), "xxxxx", Data(1)];

        IReadOnlyList<IReadOnlyList<VectorSearchResult<TextNote>>> found = await notes.SearchBatchAsync(queries, 1, options);

        Assert.Equal([4, 1, 3, 2, 5, 1], found.Select(results => Assert.Single(results).Record.Id));
        Assert.Equal(["data 4,2,1", "text 1,5"], generator.Calls.Order(StringComparer.Ordinal));

        static DataContent Data(int length) => new(new byte[length], "image/png");
    }

    [Fact]
    public async Task SearchBatchAsync_SparseVectors_FindsForEachWhatASearchFinds()
    {
        Random random = new(5);
        LocalVectorStoreCollection<int, SparseNote> notes = await FillAsync<int, SparseNote>(
            [.. Enumerable.Range(0, 200).Select(id => new SparseNote { Id = id, Weights = SparseVectors.Random(random, 100) })]);
        SparseEmbedding[] queries = [.. Enumerable.Range(0, 5).Select(_ => SparseVectors.Random(random, 100))];
        VectorSearchOptions<SparseNote> options = new() { VectorProperty = note => note.Weights };

        IReadOnlyList<IReadOnlyList<VectorSearchResult<SparseNote>>> found = await notes.SearchBatchAsync(queries, 10, options);

        for (int i = 0; i < queries.Length; i++)
        {
            List<VectorSearchResult<SparseNote>> expected = await notes.SearchAsync(queries[i], 10, options).ToListAsync();
            Assert.Equal(expected.Select(result => (result.Record.Id, result.Score)), found[i].Select(result => (result.Record.Id, result.Score)));
        }
    }

    [Fact]
    public async Task SearchBatchAsync_NoValues_FindsNothing()
    {
        LocalVectorStoreCollection<int, Product> products = await FillAsync<int, Product>(Products.Make(3));

        Assert.Empty(await products.SearchBatchAsync(Array.Empty<float[]>(), 3));
    }

    [Fact]
    public async Task SearchBatchAsync_BadArguments_AreRefused()
    {
        LocalVectorStoreCollection<int, Product> products = await FillAsync<int, Product>(Products.Make(3));
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        LocalVectorStoreCollection<int, Product> missing = new LocalVectorStore().GetCollection<int, Product>("missing");

        await Assert.ThrowsAsync<ArgumentNullException>(() => products.SearchBatchAsync<float[]>(null!, 3));
        await Assert.ThrowsAsync<ArgumentNullException>(() => products.SearchBatchAsync<float[]>([[1, 2], null!], 3));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => products.SearchBatchAsync<float[]>([[1, 2]], 0));
        ArgumentException exception = await Assert.ThrowsAsync<ArgumentException>(() => products.SearchBatchAsync<float[]>([[1, 2], [1, float.NaN]], 3));
        Assert.Contains("NaN", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotSupportedException>(() => products.SearchBatchAsync(["a text"], 3));
        await Assert.ThrowsAsync<OperationCanceledException>(() => products.SearchBatchAsync<float[]>([[1, 2]], 3, cancellationToken: cancelled.Token));
        VectorStoreException absent = await Assert.ThrowsAsync<VectorStoreException>(() => missing.SearchBatchAsync<float[]>([[1, 2]], 3));
        Assert.Equal("SearchBatchAsync", absent.OperationName);
    }

    private static async Task<LocalVectorStoreCollection<TKey, TRecord>> FillAsync<TKey, TRecord>(IEnumerable<TRecord> records, LocalVectorStore? store = null)
        where TKey : notnull
        where TRecord : class
    {
        LocalVectorStoreCollection<TKey, TRecord> collection = (store ?? new LocalVectorStore()).GetCollection<TKey, TRecord>("records");
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(records);
        return collection;
    }
}
