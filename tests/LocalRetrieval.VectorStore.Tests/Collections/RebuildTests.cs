using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Collections;

/// <summary>All records of a collection replaced at once.</summary>
public sealed class RebuildTests : IDisposable
{
    private readonly EncoderInfo _first = FakeEncoders.Info("a");
    private readonly EncoderInfo _other = FakeEncoders.Info("b");
    private readonly LocalVectorStore _store = new();

    [Fact]
    public async Task RebuildAsync_OtherDimensions_ReplacesRecordsIndexesAndEncoder()
    {
        VectorStoreCollection<string, Note> before = await FilledAsync();
        VectorStoreCollection<string, Note> after = Notes(dimensions: 2);

        bool replaced = await Of(after).RebuildAsync(Rebuilds.By(_other, notes =>
        {
            Assert.Equal(["1", "2"], notes.Select(note => note.Id));
            Assert.All(notes, note => Assert.Null(note.Vector));
            return Rebuilds.SetAsync(notes, 0, 1);
        }));

        Assert.True(replaced);
        Assert.Equal("12", await after.SearchAsync(new ReadOnlyMemory<float>([0, 1]), 9).IdsAsync());
        Assert.Equal("2", await after.GetAsync(note => note.Number == 2, 9).IdsAsync());
        Assert.True(await Encoders(after).CheckAsync(_other));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Encoders(after).CheckAsync(_first));
        await Assert.ThrowsAsync<InvalidOperationException>(() => before.UpsertAsync(new Note { Id = "3", Vector = new float[] { 1, 0, 0 } }));
    }

    [Fact]
    public async Task RebuildAsync_InBatches_IsSearchedUntilItEndsAndTellsHowFarItIs()
    {
        VectorStoreCollection<string, Note> notes = await FilledAsync();
        ProgressList told = [];
        List<string> found = [];

        await Of(notes).RebuildAsync(Rebuilds.By(
            _other,
            async batch =>
            {
                await Rebuilds.SetAsync(batch, 0, 1, 0);
                found.Add(await notes.SearchAsync(new ReadOnlyMemory<float>([1, 0, 0]), 9, new() { ScoreThreshold = 0.9 }).IdsAsync());
            },
            batchSize: 1,
            progress: told));

        Assert.Equal(["12", "12"], found);
        Assert.Equal([(1, 2), (2, 2)], told.Select(progress => (progress.Done, progress.Total)));
        Assert.Equal("12", await notes.SearchAsync(new ReadOnlyMemory<float>([0, 1, 0]), 9, new() { ScoreThreshold = 0.9 }).IdsAsync());
    }

    [Fact]
    public async Task RebuildAsync_KeywordIndex_KeepsItsOptions()
    {
        using LocalVectorStore stemming = new(new() { Keywords = new() { Stem = true, Language = "en" } });
        VectorStoreCollection<string, Note> notes = await Stores.CollectionAsync<string, Note>(stemming);
        await notes.UpsertAsync(new Note { Id = "1", Text = "wings", Vector = new float[] { 1, 0, 0 } });
        using LocalVectorStore plain = new(new() { SharedWith = stemming });

        await Of(plain.GetCollection<string, Note>("docs")).RebuildAsync(Rebuilds.To(_other, 0, 1, 0));

        LocalVectorStoreCollection<string, Note> keywords = stemming.GetCollection<string, Note>("docs");
        Assert.Equal("1", Assert.Single(await keywords.KeywordSearchAsync("wing", 9).ToListAsync()).Record.Id);
    }

    [Fact]
    public async Task RebuildAsync_NoRecords_RemembersTheEncoder()
    {
        VectorStoreCollection<string, Note> notes = Notes();
        await notes.EnsureCollectionExistsAsync();
        await Encoders(notes).RememberAsync(_first);

        Assert.True(await Of(notes).RebuildAsync(Rebuilds.To(_other, 0, 1, 0)));

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Encoders(notes).CheckAsync(_first));
    }

    [Fact]
    public async Task RebuildAsync_AllAreOfTheEncoder_ChangesNothing()
    {
        VectorStoreCollection<string, Note> notes = await FilledAsync();

        Assert.False(await Of(notes).RebuildAsync(Rebuilds.By(_other, _ => throw new InvalidOperationException("Nothing is to be made."), isRemade: note => note.Number > 0)));

        Assert.True(await Encoders(notes).CheckAsync(_first));
        await notes.UpsertAsync(new Note { Id = "3", Vector = new float[] { 1, 0, 0 } });
    }

    [Fact]
    public async Task RebuildAsync_OneIsOfAnotherEncoder_MakesAllAnew()
    {
        VectorStoreCollection<string, Note> notes = await FilledAsync();
        List<string> made = [];

        Assert.True(await Of(notes).RebuildAsync(Rebuilds.By(
            _other,
            batch =>
            {
                made.AddRange(batch.Select(note => note.Id));
                return Rebuilds.SetAsync(batch, 0, 1, 0);
            },
            isRemade: note => note.Number > 1)));

        Assert.Equal(["1", "2"], made);
    }

    [Fact]
    public async Task RebuildAsync_BadRecord_ChangesNothing()
    {
        VectorStoreCollection<string, Note> notes = await FilledAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => Of(notes).RebuildAsync(Rebuilds.To(_other, 1)));

        Assert.True(await Encoders(notes).CheckAsync(_first));
        Assert.Equal("12", await notes.SearchAsync(new ReadOnlyMemory<float>([1, 0, 0]), 9).IdsAsync());
    }

    [Fact]
    public async Task RebuildAsync_OtherKey_ChangesNothing()
    {
        VectorStoreCollection<string, Note> notes = await FilledAsync();

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Of(notes).RebuildAsync(Rebuilds.By(_other, batch =>
        {
            batch[1].Id = "3";
            return Rebuilds.SetAsync(batch, 0, 1, 0);
        })));

        Assert.Contains("'2'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("12", await notes.GetAsync(_ => true, 9).IdsAsync());
    }

    [Fact]
    public async Task RebuildAsync_WrittenToOrDeletedMeanwhile_IsRefusedAndKeepsWhatWasDone()
    {
        VectorStoreCollection<string, Note> notes = await FilledAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => Of(notes).RebuildAsync(Rebuilds.By(_other, async batch =>
        {
            await notes.DeleteAsync("1");
            await Rebuilds.SetAsync(batch, 0, 1, 0);
        })));
        Assert.Equal("2", await notes.GetAsync(_ => true, 9).IdsAsync());

        await Assert.ThrowsAsync<InvalidOperationException>(() => Of(notes).RebuildAsync(Rebuilds.By(_other, async batch =>
        {
            await notes.EnsureCollectionDeletedAsync();
            await Rebuilds.SetAsync(batch, 0, 1, 0);
        })));
        Assert.False(await notes.CollectionExistsAsync());
    }

    [Fact]
    public async Task RebuildAsync_WhileAnotherIsUnderWay_IsRefused()
    {
        VectorStoreCollection<string, Note> notes = await FilledAsync();

        Assert.True(await Of(notes).RebuildAsync(Rebuilds.By(_other, async batch =>
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => Of(notes).RebuildAsync(Rebuilds.To(_first, 0, 0, 1)));
            await Rebuilds.SetAsync(batch, 0, 1, 0);
        })));

        Assert.True(await Encoders(notes).CheckAsync(_other));
        Assert.True(await Of(notes).RebuildAsync(Rebuilds.To(_first, 0, 0, 1)));
    }

    [Fact]
    public async Task RebuildAsync_OtherRecords_IsRefused()
    {
        await FilledAsync();

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() =>
        {
            var other = _store.GetCollection<string, Note>("docs", new() { Properties = [new VectorStoreDataProperty(nameof(Note.Number)) { StorageName = "other" }] });
            return Of(other).RebuildAsync(Rebuilds.To(_other, 0, 1, 0));
        });

        Assert.Contains("'docs'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RebuildAsync_NoCollection_Throws() =>
        await Assert.ThrowsAsync<VectorStoreException>(() => Of(Notes()).RebuildAsync(Rebuilds.To(_other, 0, 1, 0)));

    public void Dispose() => _store.Dispose();

    private static IRebuildableCollection<Note> Of(VectorStoreCollection<string, Note> collection) =>
        Assert.IsAssignableFrom<IRebuildableCollection<Note>>(collection.GetService(typeof(IRebuildableCollection<Note>)));

    private static ICollectionEncoders Encoders(VectorStoreCollection<string, Note> collection) =>
        Assert.IsAssignableFrom<ICollectionEncoders>(collection.GetService(typeof(ICollectionEncoders)));

    private VectorStoreCollection<string, Note> Notes(int dimensions = 3) => _store.GetCollection<string, Note>(
        "docs", new() { Properties = [new VectorStoreVectorProperty(nameof(Note.Vector), typeof(ReadOnlyMemory<float>?), dimensions)] });

    private async Task<VectorStoreCollection<string, Note>> FilledAsync()
    {
        VectorStoreCollection<string, Note> notes = Notes();
        await notes.EnsureCollectionExistsAsync();
        await Encoders(notes).RememberAsync(_first);
        await notes.UpsertAsync(
        [
            new Note { Id = "1", Text = "first", Number = 1, Vector = new float[] { 1, 0, 0 } },
            new Note { Id = "2", Text = "second", Number = 2, Vector = new float[] { 1, 0, 0 } },
        ]);
        return notes;
    }
}
