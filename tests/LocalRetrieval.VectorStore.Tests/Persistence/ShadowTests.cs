using System.Globalization;
using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Persistence;

/// <summary>A rebuild that does not end leaves what it made to the next one of the same encoder.</summary>
public sealed class ShadowTests : IDisposable
{
    private const int Records = 10;
    private const int Batch = 4;

    private readonly EncoderInfo _first = FakeEncoders.Info("a");
    private readonly EncoderInfo _second = FakeEncoders.Info("b");
    private readonly List<string> _embedded = [];
    private readonly ProgressList _told = [];
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RebuildAsync_AfterOneFailed_EmbedsTheRest()
    {
        await FillAsync();
        await FailAsync(_second, batches: 2);
        await CheckOldAsync();
        Assert.Equal((2, 1), Files());
        _told.Clear();

        using (LocalVectorStore again = _folder.Open())
        {
            Assert.True(await RebuildAsync(again, _second));
        }

        Assert.Equal(Ids(), _embedded);
        Assert.Equal([(4, 10), (8, 10), (10, 10)], _told.Select(progress => (progress.Done, progress.Total)));
        Assert.Equal((1, 0), Files());
        await CheckNewAsync(_second, Ids());
    }

    [Fact]
    public async Task RebuildAsync_AfterOneFailedInTheSameStore_EmbedsTheRest()
    {
        await FillAsync();
        using (LocalVectorStore store = _folder.Open())
        {
            await FailAsync(store, _second, batches: 1);
            await FailAsync(store, _second, batches: 1);
            Assert.True(await RebuildAsync(store, _second));
        }

        Assert.Equal(Ids(), _embedded);
        await CheckNewAsync(_second, Ids());
    }

    [Fact]
    public async Task RebuildAsync_RecordsWereChangedMeanwhile_EmbedsThoseWithAnotherTextAndDropsTheDeleted()
    {
        await FillAsync();
        await FailAsync(_second, batches: 2);
        _embedded.Clear();
        using (LocalVectorStore store = _folder.Open())
        {
            VectorStoreCollection<string, Note> notes = Notes(store);
            await notes.UpsertAsync(
            [
                new Note { Id = "1", Text = "another text", Number = 1, Vector = new float[] { 1, 0, 0 } },
                new Note { Id = "2", Text = "text 2", Number = 22, Vector = new float[] { 1, 0, 0 } },
                new Note { Id = "new", Text = "text new", Vector = new float[] { 1, 0, 0 } },
            ]);
            await notes.DeleteAsync("3");
            Assert.True(await RebuildAsync(store, _second));
        }

        Assert.Equal(["1", "8", "9", "new"], _embedded.Order(StringComparer.Ordinal));
        IReadOnlyList<Note> all = await CheckNewAsync(_second, [.. Ids().Where(id => id != "3"), "new"]);
        Assert.Equal("another text", all.Single(note => note.Id == "1").Text);
        Assert.Equal(22, all.Single(note => note.Id == "2").Number);
    }

    [Fact]
    public async Task RebuildAsync_WrittenToWhileItRan_IsRefusedAndTheNextEmbedsWhatWasWritten()
    {
        await FillAsync();
        using (LocalVectorStore store = _folder.Open())
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => RebuildAsync(
                store, _second, () => Notes(store).UpsertAsync(new Note { Id = "5", Text = "written meanwhile", Vector = new float[] { 1, 0, 0 } })));
            _embedded.Clear();
            Assert.True(await RebuildAsync(store, _second));
        }

        Assert.Equal(["5"], _embedded);
        await CheckNewAsync(_second, Ids());
    }

    [Fact]
    public async Task RebuildAsync_AnotherEncoder_BeginsAnew()
    {
        await FillAsync();
        await FailAsync(_second, batches: 2);
        _embedded.Clear();
        EncoderInfo third = FakeEncoders.Info("c");

        await FailAsync(third, batches: 1);

        Assert.Equal(["0", "1", "2", "3"], _embedded);
        Assert.Equal((2, 1), Files());
        using (LocalVectorStore store = _folder.Open())
        {
            Assert.True(await RebuildAsync(store, third));
        }

        Assert.Equal(Ids(), _embedded);
        await CheckNewAsync(third, Ids());
    }

    [Fact]
    public async Task RebuildAsync_OtherDimensions_BeginsAnew()
    {
        await FillAsync();
        await FailAsync(_second, batches: 2);
        _embedded.Clear();

        using LocalVectorStore store = _folder.Open();
        VectorStoreCollection<string, Note> narrow = Notes(store, dimensions: 2);
        Assert.True(await Rebuildable(narrow).RebuildAsync(Rebuild(FakeEncoders.Info("b", dimensions: 2), before: null, text => VectorOf(text)[..2])));

        Assert.Equal(Ids(), _embedded);
        Assert.Equal(Records, await narrow.SearchAsync(new ReadOnlyMemory<float>([1, 1]), Records * 2).CountAsync());
    }

    [Fact]
    public async Task RebuildAsync_NobodySaysWhatItIsOf_KeepsNothing()
    {
        await FillAsync();
        await FailAsync(_second, batches: 1);

        await FailAsync(encoder: null, batches: 1);

        Assert.Equal((1, 0), Files());
    }

    [Fact]
    public async Task RebuildAsync_IdentityInPlaceOfAnEncoder_GoesOn()
    {
        await FillAsync();
        await FailAsync(encoder: null, batches: 2, identity: "provider/model");

        using (LocalVectorStore store = _folder.Open())
        {
            Assert.True(await Rebuildable(Notes(store)).RebuildAsync(Rebuild(encoder: null, before: null, VectorOf, identity: "provider/model")));
        }

        Assert.Equal(Ids(), _embedded);
    }

    [Fact]
    public async Task RebuildAsync_NothingIsToBeMade_GivesUpWhatWasLeft()
    {
        await FillAsync();
        await FailAsync(_second, batches: 1);
        using LocalVectorStore store = _folder.Open();

        Assert.False(await Rebuildable(Notes(store)).RebuildAsync(Rebuilds.By(_first, _ => Task.CompletedTask, isRemade: _ => true)));

        Assert.Equal((1, 0), Files());
    }

    [Fact]
    public async Task RebuildAsync_StoreThatOnlyReads_IsRefusedUnlessNothingIsToBeMadeAndLeavesWhatWasLeft()
    {
        await FillAsync();
        await FailAsync(_second, batches: 1);
        _embedded.Clear();
        using LocalVectorStore reader = _folder.Open(configure: options => options.IsReadOnly = true);

        await Assert.ThrowsAsync<InvalidOperationException>(() => RebuildAsync(reader, _second));
        Assert.False(await Rebuildable(Notes(reader)).RebuildAsync(Rebuilds.By(_first, _ => Task.CompletedTask, isRemade: _ => true)));

        Assert.Empty(_embedded);
        Assert.Equal((2, 1), Files());
    }

    [Fact]
    public async Task EnsureCollectionDeletedAsync_AfterARebuildFailed_DeletesItsFiles()
    {
        await FillAsync();
        await FailAsync(_second, batches: 1);
        using LocalVectorStore store = _folder.Open();

        await Notes(store).EnsureCollectionDeletedAsync();

        Assert.Equal(["lock", "owner"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task EnsureCollectionDeletedAsync_WhileItIsRebuilt_EndsTheRebuildAndLeavesNothing()
    {
        await FillAsync();
        using LocalVectorStore store = _folder.Open();

        await Assert.ThrowsAsync<InvalidOperationException>(() => RebuildAsync(store, _second, () => Notes(store).EnsureCollectionDeletedAsync()));

        Assert.Equal((0, 0), Files());
        Assert.False(await Notes(store).CollectionExistsAsync());
    }

    [Fact]
    public async Task Dispose_WhileACollectionIsRebuilt_EndsTheRebuildAndTheNextStoreGoesOn()
    {
        await FillAsync();
        LocalVectorStore store = _folder.Open();
        int batches = 0;
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => RebuildAsync(store, _second, () =>
        {
            if (++batches == 3)
            {
                store.Dispose();
            }

            return Task.CompletedTask;
        }));
        Assert.Equal(Ids(), _embedded);

        using (LocalVectorStore again = _folder.Open())
        {
            Assert.True(await RebuildAsync(again, _second));
        }

        Assert.Equal([.. Ids(), "8", "9"], _embedded);
        await CheckNewAsync(_second, Ids());
    }

    [Fact]
    public async Task RebuildAsync_FileOfAnotherVersion_BeginsAnew()
    {
        await FillAsync();
        await FailAsync(_second, batches: 2);
        _embedded.Clear();
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "docs.rebuild"), "LocalRetrieval-rebuild-2 what later versions say\n");

        using (LocalVectorStore store = _folder.Open())
        {
            Assert.True(await RebuildAsync(store, _second));
        }

        Assert.Equal(Ids(), _embedded);
        Assert.Equal((1, 0), Files());
        await CheckNewAsync(_second, Ids());
    }

    [Fact]
    public async Task RebuildAsync_LogWasDamaged_EmbedsWhatStoodBehindTheDamage()
    {
        await FillAsync();
        await FailAsync(_second, batches: 2);
        _embedded.Clear();
        Damage(fromEnd: 100);

        using (LocalVectorStore store = _folder.Open())
        {
            Assert.True(await RebuildAsync(store, _second));
        }

        Assert.Equal(["4", "5", "6", "7", "8", "9"], _embedded);
        await CheckNewAsync(_second, Ids());
    }

    [Fact]
    public async Task RebuildAsync_LogIsNoLog_BeginsAnew()
    {
        await FillAsync();
        await FailAsync(_second, batches: 2);
        _embedded.Clear();
        await File.WriteAllTextAsync(ShadowLog(), "a letter");

        using (LocalVectorStore store = _folder.Open())
        {
            Assert.True(await RebuildAsync(store, _second));
        }

        Assert.Equal(Ids(), _embedded);
        await CheckNewAsync(_second, Ids());
    }

    [Fact]
    public async Task Open_ProcessEndedJustAfterTheSwitch_ForgetsTheRebuildAndKeepsTheCollection()
    {
        await FillAsync();
        using (LocalVectorStore store = _folder.Open())
        {
            Assert.True(await RebuildAsync(store, _second));
        }

        // The file that names the log is deleted last of all.
        new RebuildFile(Path.GetFileName(_folder.Log), "target").Write(new DiskFolder(_folder.Path), "docs");

        await CheckNewAsync(_second, Ids());
        Assert.Equal((1, 0), Files());
    }

    private static string[] Ids() => [.. Enumerable.Range(0, Records).Select(id => $"{id}")];

    private static float[] VectorOf(string? text) => [text!.Length, text[^1], 1];

    private static IRebuildableCollection<Note> Rebuildable(VectorStoreCollection<string, Note> notes) => (IRebuildableCollection<Note>)notes;

    private static VectorStoreCollection<string, Note> Notes(LocalVectorStore store, int dimensions = 3) => store.GetCollection<string, Note>(
        "docs", new() { Properties = [new VectorStoreVectorProperty(nameof(Note.Vector), typeof(ReadOnlyMemory<float>?), dimensions)] });

    private Task<bool> RebuildAsync(LocalVectorStore store, EncoderInfo encoder, Func<Task>? before = null) =>
        Rebuildable(Notes(store)).RebuildAsync(Rebuild(encoder, before, VectorOf));

    /// <summary>Embeds notes that have no vector, and marks all.</summary>
    private RecordRebuild<Note> Rebuild(EncoderInfo? encoder, Func<Task>? before, Func<string?, float[]> embed, string? identity = null) => new()
    {
        Remake = async (notes, _) =>
        {
            await (before?.Invoke() ?? Task.CompletedTask);
            foreach (Note note in notes)
            {
                note.Tags = ["remade"];
                if (note.Vector is null)
                {
                    _embedded.Add(note.Id);
                    note.Vector = embed(note.Text);
                }
            }
        },
        InputOf = note => note.Text!,
        Encoder = encoder,
        Identity = identity,
        BatchSize = Batch,
        Progress = _told,
    };

    private async Task FailAsync(EncoderInfo? encoder, int batches, string? identity = null)
    {
        using LocalVectorStore store = _folder.Open();
        await FailAsync(store, encoder, batches, identity);
    }

    /// <summary>Rebuilds until that fails, behind so many batches of which something had to be embedded.</summary>
    private async Task FailAsync(LocalVectorStore store, EncoderInfo? encoder, int batches, string? identity = null)
    {
        int end = _embedded.Count + (batches * Batch);
        await Assert.ThrowsAsync<TimeoutException>(() => Rebuildable(Notes(store)).RebuildAsync(Rebuild(
            encoder,
            () => _embedded.Count < end ? Task.CompletedTask : throw new TimeoutException(),
            VectorOf,
            identity)));
    }

    private async Task FillAsync()
    {
        using LocalVectorStore store = _folder.Open();
        VectorStoreCollection<string, Note> notes = Notes(store);
        await notes.EnsureCollectionExistsAsync();
        await ((ICollectionEncoders)notes).RememberAsync(_first);
        await notes.UpsertAsync(Ids().Select(id => new Note { Id = id, Text = $"text {id}", Number = int.Parse(id, CultureInfo.InvariantCulture), Vector = new float[] { 1, 0, 0 } }));
    }

    private async Task CheckOldAsync()
    {
        using LocalVectorStore store = _folder.Open();
        VectorStoreCollection<string, Note> notes = Notes(store);
        Assert.True(await ((ICollectionEncoders)notes).CheckAsync(_first));
        List<Note> all = await notes.GetAsync(_ => true, Records * 2, new() { IncludeVectors = true }).ToListAsync();
        Assert.Equal(Records, all.Count);
        Assert.All(all, note => Assert.Equal(new float[] { 1, 0, 0 }, note.Vector!.Value.ToArray()));
    }

    private async Task<IReadOnlyList<Note>> CheckNewAsync(EncoderInfo encoder, string[] ids)
    {
        using LocalVectorStore store = _folder.Open();
        VectorStoreCollection<string, Note> notes = Notes(store);
        Assert.True(await ((ICollectionEncoders)notes).CheckAsync(encoder));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await ((ICollectionEncoders)notes).CheckAsync(_first));
        List<Note> all = await notes.GetAsync(_ => true, Records * 2, new() { IncludeVectors = true }).ToListAsync();
        Assert.Equal(ids, all.Select(note => note.Id).Order(StringComparer.Ordinal));
        Assert.All(all, note => Assert.Equal(VectorOf(note.Text), note.Vector!.Value.ToArray()));
        Assert.All(all, note => Assert.Equal(["remade"], note.Tags!));
        return all;
    }

    /// <summary>How many logs there are, and files that name one of a rebuild.</summary>
    private (int Logs, int Rebuilds) Files() => (Directory.GetFiles(_folder.Path, "*.log").Length, Directory.GetFiles(_folder.Path, "*.rebuild*").Length);

    private string ShadowLog() => Directory.GetFiles(_folder.Path, "*.log").Order(StringComparer.Ordinal).Last();

    private void Damage(int fromEnd)
    {
        using FileStream file = new(ShadowLog(), FileMode.Open, FileAccess.ReadWrite);
        file.Position = file.Length - fromEnd;
        int before = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)~before);
    }
}
