using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Collections;

public sealed class UnknownCollectionTests
{
    private readonly VectorStoreCollection<string, Note> _notes = new LocalVectorStore().GetCollection<string, Note>("docs");

    public static TheoryData<string, Func<VectorStoreCollection<string, Note>, Task>> Operations => new()
    {
        { "UpsertAsync", notes => notes.UpsertAsync(new Note { Id = "a" }) },
        { "UpsertAsync", notes => notes.UpsertAsync(Array.Empty<Note>()) },
        { "DeleteAsync", notes => notes.DeleteAsync("a") },
        { "DeleteAsync", notes => notes.DeleteAsync(["a"]) },
        { "GetAsync", notes => notes.GetAsync("a") },
        { "GetAsync", async notes => await notes.GetAsync(["a"]).ToListAsync() },
        { "GetAsync", async notes => await notes.GetAsync(note => true, 1).ToListAsync() },
        { "SearchAsync", async notes => await notes.SearchAsync(new float[] { 1, 0, 0 }, 1).ToListAsync() },
        { "HybridSearchAsync", async notes => await ((IKeywordHybridSearchable<Note>)notes).HybridSearchAsync(new float[] { 1, 0, 0 }, ["x"], 1).ToListAsync() },
        { "KeywordSearchAsync", async notes => await ((IKeywordSearchable<Note>)notes).KeywordSearchAsync("x", 1).ToListAsync() },
    };

    [Theory]
    [MemberData(nameof(Operations), DisableDiscoveryEnumeration = true)]
    public async Task Operation_CollectionNotCreated_ThrowsNamingCollectionOperationAndRemedy(
        string name, Func<VectorStoreCollection<string, Note>, Task> operation)
    {
        Task running = operation(_notes);

        var exception = await Assert.ThrowsAsync<VectorStoreException>(() => running);

        Assert.Null(exception.InnerException);
        Assert.Contains("'docs'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("EnsureCollectionExistsAsync", exception.Message, StringComparison.Ordinal);
        Assert.Equal(("docs", name, "localretrieval"), (exception.CollectionName, exception.OperationName, exception.VectorStoreSystemName));
    }
}
