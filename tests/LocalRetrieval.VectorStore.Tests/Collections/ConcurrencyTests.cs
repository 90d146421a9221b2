using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Collections;

public sealed class ConcurrencyTests
{
    private const int BatchesOfReader = 100;

    private static readonly string[] Keys = [.. Enumerable.Range(0, 8).Select(i => $"key{i}")];

    [Fact]
    public async Task Readers_WhileBatchesAreWritten_SeeWholeBatchesOnly()
    {
        var notes = await Stores.CollectionAsync<string, Note>();
        await notes.UpsertAsync(Batch(0));

        await Concurrently.RunAsync(
            [
                stop => ReadAsync(() => notes.GetAsync(Keys), stop),
                stop => ReadAsync(() => notes.GetAsync(note => true, 100), stop),
                stop => ReadAsync(() => notes.SearchAsync(new float[] { 1, 1, 1 }, 100).Select(result => result.Record), stop),
                stop => ReadAsync(() => ((IKeywordSearchable<Note>)notes).KeywordSearchAsync("all", 100, new() { Filter = note => note.Id != "" }).Select(result => result.Record), stop),
                stop => ReadAsync(() => ((IKeywordHybridSearchable<Note>)notes).HybridSearchAsync(new float[] { 1, 1, 1 }, ["all"], 100).Select(result => result.Record), stop),
            ],
            stop => WriteAsync(notes, 1, stop),
            stop => WriteAsync(notes, 1_000_000, stop));
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

    private static async Task WriteAsync(VectorStoreCollection<string, Note> notes, int start, CancellationToken stop)
    {
        for (int i = 0; !stop.IsCancellationRequested; i++)
        {
            await notes.UpsertAsync(Batch(start + i), CancellationToken.None);
        }
    }

    // Until batches enough were seen, so that a machine that reads before it writes tests as much as another.
    private static async Task ReadAsync(Func<IAsyncEnumerable<Note>> read, CancellationToken stop)
    {
        HashSet<int> seen = [];
        while (seen.Count < BatchesOfReader && !stop.IsCancellationRequested)
        {
            List<Note> notes = await read().ToListAsync(stop);
            Assert.Equal(Keys.Length, notes.Count);
            seen.Add(Assert.Single(notes.Select(note => note.Number).Distinct()));
        }
    }
}
