using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Collections;

public sealed class ConcurrencyTests
{
    private const int Batches = 300;

    private static readonly string[] Keys = [.. Enumerable.Range(0, 8).Select(i => $"key{i}")];

    [Fact]
    public async Task Readers_WhileBatchesAreWritten_SeeWholeBatchesOnly()
    {
        var notes = await Stores.CollectionAsync<string, Note>();
        await notes.UpsertAsync(Batch(0));

        Task[] writers = [Task.Run(() => WriteAsync(notes, 1)), Task.Run(() => WriteAsync(notes, 100_000))];
        Task writing = Task.WhenAll(writers);
        Task[] readers =
        [
            Task.Run(() => ReadAsync(writing, () => notes.GetAsync(Keys))),
            Task.Run(() => ReadAsync(writing, () => notes.GetAsync(note => true, 100))),
            Task.Run(() => ReadAsync(writing, () => notes.SearchAsync(new float[] { 1, 1, 1 }, 100).Select(result => result.Record))),
            Task.Run(() => ReadAsync(writing, () => ((IKeywordSearchable<Note>)notes).KeywordSearchAsync("all", 100, new() { Filter = note => note.Id != "" }).Select(result => result.Record))),
            Task.Run(() => ReadAsync(writing, () => ((IKeywordHybridSearchable<Note>)notes).HybridSearchAsync(new float[] { 1, 1, 1 }, ["all"], 100).Select(result => result.Record))),
        ];

        await Task.WhenAll([writing, .. readers]);
    }

    [Fact]
    public async Task DeleteAsync_WhileOthersUpsert_LosesNoWrite()
    {
        var notes = await Stores.CollectionAsync<string, Note>();
        await notes.UpsertAsync(Enumerable.Range(0, 200).Select(i => new Note { Id = $"old{i}" }));

        await Parallel.ForAsync(0, 200, async (i, cancellationToken) =>
        {
            await notes.UpsertAsync(new Note { Id = $"new{i}" }, cancellationToken);
            await notes.DeleteAsync($"old{i}", cancellationToken);
        });

        List<Note> left = await notes.GetAsync(note => true, 1000).ToListAsync();
        Assert.Equal(200, left.Count);
        Assert.All(left, note => Assert.StartsWith("new", note.Id, StringComparison.Ordinal));
    }

    private static IEnumerable<Note> Batch(int number) =>
        Keys.Select(key => new Note { Id = key, Number = number, Text = $"all {number}", Vector = new float[] { number, 1, 1 } });

    private static async Task WriteAsync(VectorStoreCollection<string, Note> notes, int start)
    {
        for (int i = 0; i < Batches; i++)
        {
            await notes.UpsertAsync(Batch(start + i));
        }
    }

    private static async Task ReadAsync(Task writing, Func<IAsyncEnumerable<Note>> read)
    {
        do
        {
            List<Note> notes = await read().ToListAsync();
            Assert.Equal(Keys.Length, notes.Count);
            Assert.Single(notes.Select(note => note.Number).Distinct());
        }
        while (!writing.IsCompleted);
    }
}
