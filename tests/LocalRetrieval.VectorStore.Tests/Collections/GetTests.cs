using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Collections;

public sealed class GetTests
{
    [Fact]
    public async Task GetAsync_Key_ReturnsAFreshRecordWithoutVectors()
    {
        var notes = await Stores.NotesAsync();

        Note first = (await notes.GetAsync("a"))!;
        first.Text = "changed";

        Assert.Null(first.Vector);
        Assert.Equal(1, first.Number);
        Assert.Equal("first", (await notes.GetAsync("a"))!.Text);
    }

    [Fact]
    public async Task GetAsync_IncludeVectors_ReturnsACopyOfTheVector()
    {
        var arrays = await Stores.CollectionAsync<string, ArrayNote>();
        await arrays.UpsertAsync(new ArrayNote { Id = "a", Vector = [1, 2], Words = ["x"] });
        RecordRetrievalOptions options = new() { IncludeVectors = true };

        ArrayNote note = (await arrays.GetAsync("a", options))!;
        (note.Vector![0], note.Words![0]) = (9, "changed");

        note = (await arrays.GetAsync("a", options))!;
        Assert.Equal([1, 2], note.Vector!);
        Assert.Equal(["x"], note.Words!);
    }

    [Fact]
    public async Task GetAsync_UnknownKey_ReturnsNull()
    {
        var notes = await Stores.NotesAsync();

        Assert.Null(await notes.GetAsync("z"));
    }

    [Fact]
    public async Task GetAsync_Keys_ReturnsThoseFoundInTheKeysOrder()
    {
        var notes = await Stores.NotesAsync();

        Assert.Equal("ca", await notes.GetAsync(["c", "z", "a"]).IdsAsync());
    }

    [Fact]
    public async Task GetAsync_Null_Throws()
    {
        var notes = await Stores.NotesAsync();

        await Assert.ThrowsAsync<ArgumentNullException>(() => notes.GetAsync((string)null!));
        Assert.Throws<ArgumentNullException>(() => notes.GetAsync((IEnumerable<string>)null!));
        Assert.Throws<ArgumentNullException>(() => notes.GetAsync(filter: null!, 1));
    }

    [Fact]
    public async Task GetAsync_Filter_ReturnsMatchesAsTheyWereWritten()
    {
        var notes = await Stores.NotesAsync();
        await notes.UpsertAsync(new Note { Id = "a", Number = 4 });

        Assert.Equal("bca", await notes.GetAsync(note => true, 10).IdsAsync());
        Assert.Equal("ca", await notes.GetAsync(note => note.Number > 2, 10).IdsAsync());
        Assert.Equal("c", await notes.GetAsync(note => note.Number > 2, 1).IdsAsync());
        Assert.Equal("a", await notes.GetAsync(note => note.Number > 2, 1, new() { Skip = 1 }).IdsAsync());
    }

    [Fact]
    public async Task GetAsync_FilterOfAnyShape_IsApplied()
    {
        var notes = await Stores.NotesAsync();
        await notes.UpsertAsync(new Note { Id = "d", Number = 4, Tags = ["x", "y"] });
        int[] numbers = [1, 4];
        string prefix = "s";

        Assert.Equal("ad", await notes.GetAsync(note => numbers.Contains(note.Number), 10).IdsAsync());
        Assert.Equal("ac", await notes.GetAsync(note => new[] { "a", "c" }.Contains(note.Id), 10).IdsAsync());
        Assert.Equal("d", await notes.GetAsync(note => note.Tags != null && note.Tags.Contains("y"), 10).IdsAsync());
        Assert.Equal("b", await notes.GetAsync(note => note.Text != null && note.Text.StartsWith(prefix), 10).IdsAsync());
        Assert.Equal("d", await notes.GetAsync(note => note.Vector == null, 10).IdsAsync());
        Assert.Equal("bd", await notes.GetAsync(note => note.Number % 2 == 0 || (note.Tags != null && note.Tags.Any()), 10).IdsAsync());
    }

    [Fact]
    public async Task GetAsync_OrderBy_SortsByEachKeyInTurn()
    {
        var notes = await Stores.CollectionAsync<string, Note>();
        await notes.UpsertAsync(
        [
            new Note { Id = "a", Text = "y", Number = 1 },
            new Note { Id = "b", Text = "X", Number = 2 },
            new Note { Id = "c", Text = "y", Number = 3 },
            new Note { Id = "d", Text = null, Number = 3 },
        ]);

        Assert.Equal("dbac", await notes.GetAsync(note => true, 10, new() { OrderBy = by => by.Ascending(note => note.Text) }).IdsAsync());
        Assert.Equal("cdba", await notes.GetAsync(note => true, 10, new() { OrderBy = by => by.Descending(note => note.Number) }).IdsAsync());
        Assert.Equal("ca", await notes.GetAsync(
            note => note.Text == "y", 10, new() { OrderBy = by => by.Ascending(note => note.Text).Descending(note => note.Number) }).IdsAsync());
        Assert.Equal("ba", await notes.GetAsync(
            note => true, 2, new() { Skip = 2, OrderBy = by => by.Descending(note => note.Number).Ascending(note => note.Id) }).IdsAsync());
    }

    [Fact]
    public async Task GetAsync_OrderByWithoutOrder_Throws()
    {
        var notes = await Stores.NotesAsync();

        var exception = Assert.Throws<NotSupportedException>(() => notes.GetAsync(note => true, 1, new() { OrderBy = by => by.Ascending(note => note.Tags) }));

        Assert.Contains("Tags", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAsync_TopBelowOne_Throws()
    {
        var notes = await Stores.NotesAsync();

        Assert.Throws<ArgumentOutOfRangeException>(() => notes.GetAsync(note => true, 0));
    }

    [Fact]
    public async Task GetAsync_CancelledWhileRead_Throws()
    {
        var notes = await Stores.NotesAsync();
        using CancellationTokenSource cancellation = new();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadAsync(notes.GetAsync(note => true, 10)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadAsync(notes.GetAsync(["a", "b"])));

        async Task ReadAsync(IAsyncEnumerable<Note> results)
        {
            await foreach (Note note in results.WithCancellation(cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        }
    }

    [Fact]
    public async Task DeleteAsync_KeyOrKeys_DeletesThoseFound()
    {
        var notes = await Stores.NotesAsync();

        await notes.DeleteAsync("a");
        await notes.DeleteAsync("a");
        await notes.DeleteAsync(["z", "b", "b"]);

        Assert.Equal("c", await notes.GetAsync(note => true, 10).IdsAsync());
        await Assert.ThrowsAsync<ArgumentNullException>(() => notes.DeleteAsync((string)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => notes.DeleteAsync((IEnumerable<string>)null!));
    }

    private sealed class ArrayNote
    {
        [VectorStoreKey]
        public string Id { get; set; } = "";

        [VectorStoreData]
        public string[]? Words { get; set; }

        [VectorStoreVector(2)]
        public float[]? Vector { get; set; }
    }
}
