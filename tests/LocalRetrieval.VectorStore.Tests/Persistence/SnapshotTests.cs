using System.Collections;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;
using LocalRetrieval.VectorData.Tests.Testing;
using LocalRetrieval.VectorData.Values;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Persistence;

/// <summary>What a collection has in a snapshot, which stays in its file, is found, filtered, replaced and deleted as what is in memory; and what is wrong with the file is told.</summary>
public sealed class SnapshotTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Snapshot => Directory.GetFiles(_folder.Path, "*.rows").Single();

    [Fact]
    public async Task CompactAsync_RecordsOfAllTypes_AreFoundByEachIndexAsInMemory()
    {
        List<Specimen> specimens = Specimens.Make(400, seed: 5);
        using LocalVectorStore memory = new();
        var twin = memory.GetDynamicCollection("docs", Definition());
        await twin.EnsureCollectionExistsAsync();
        await twin.UpsertAsync(specimens.Select(ToDictionary));
        using (LocalVectorStore store = _folder.Open())
        {
            var written = Dictionaries(store);
            await written.EnsureCollectionExistsAsync();
            await written.UpsertAsync(specimens.Select(ToDictionary));
            await written.CompactAsync();
            await AssertAlikeAsync(twin, written);
            AssertSameIndexes(memory, store, specimens);
        }

        using LocalVectorStore again = _folder.Open();
        await AssertAlikeAsync(twin, Dictionaries(again));
        AssertSameIndexes(memory, again, specimens);
    }

    [Fact]
    public async Task CompactAsync_AgainAndAgainWhileRecordsChange_KeepsThem()
    {
        Random random = new(3);
        Dictionary<string, Note> twin = [];
        for (int life = 0; life < 6; life++)
        {
            using LocalVectorStore store = _folder.Open();
            var notes = await NotesAsync(store);
            for (int round = 0; round < 8; round++)
            {
                Note[] batch = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => Note(random.Next(120), random.Next(1000))).DistinctBy(note => note.Id)];
                await notes.UpsertAsync(batch);
                Array.ForEach(batch, note => twin[note.Id] = note);
                string[] gone = [.. Enumerable.Range(0, random.Next(6)).Select(_ => $"{random.Next(120)}")];
                await notes.DeleteAsync(gone);
                Array.ForEach(gone, key => twin.Remove(key));
                if (random.Next(3) == 0)
                {
                    await notes.CompactAsync();
                }

                await AssertSameAsync(twin, notes);
            }
        }
    }

    [Fact]
    public async Task CompactAsync_WhileFourWrite_LosesNothing()
    {
        const int Keys = 200;
        using (LocalVectorStore store = _folder.Open())
        {
            var notes = await NotesAsync(store);
            Task[] writers = [.. Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
            {
                for (int round = 0; round < 30; round++)
                {
                    await notes.UpsertAsync(Enumerable.Range(0, Keys).Where(key => key % 4 == writer).Select(key => Note(key, round)));
                }
            }))];
            do
            {
                await notes.CompactAsync();
            }
            while (!Task.WhenAll(writers).IsCompleted);
            await Task.WhenAll(writers);
            await AssertSameAsync(Enumerable.Range(0, Keys).ToDictionary(key => $"{key}", key => Note(key, 29)), notes);
        }

        using LocalVectorStore again = _folder.Open();
        await AssertSameAsync(Enumerable.Range(0, Keys).ToDictionary(key => $"{key}", key => Note(key, 29)), await NotesAsync(again));
    }

    [Fact]
    public async Task SearchAsync_ASearchUnderWayWhileFilesAreReplaced_SeesItsGeneration()
    {
        using LocalVectorStore store = _folder.Open();
        var notes = await NotesAsync(store);
        await notes.UpsertAsync(Enumerable.Range(0, 100).Select(key => Note(key, 1)));
        await notes.CompactAsync();
        await using IAsyncEnumerator<Note> reading = notes.GetAsync(_ => true, 1000, new() { IncludeVectors = true }).GetAsyncEnumerator();
        Assert.True(await reading.MoveNextAsync());
        await notes.UpsertAsync(Enumerable.Range(0, 100).Select(key => Note(key, 2)));
        await notes.CompactAsync();
        GC.Collect();
        int read = 1;
        for (; await reading.MoveNextAsync(); read++)
        {
            Assert.Equal(1, reading.Current.Number);
        }

        Assert.Equal(100, read);
    }

    [Fact]
    public async Task Open_SnapshotWithoutTheIndexThatIsAskedForNow_FindsAll()
    {
        using (LocalVectorStore store = _folder.Open())
        {
            var plain = (LocalVectorStoreCollection<string, Note>)store.GetCollection<string, Note>("docs", Stores.WithoutIndexes<Note>());
            await plain.EnsureCollectionExistsAsync();
            await plain.UpsertAsync(Enumerable.Range(0, 50).Select(key => Note(key, key % 5)));
            await plain.CompactAsync();
        }

        using LocalVectorStore again = _folder.Open();
        var notes = await NotesAsync(again);
        await notes.UpsertAsync(Note(50, 3));
        Assert.Equal(11, await notes.GetAsync(note => note.Number == 3, 100).CountAsync());
        Assert.Equal(11, await ((IKeywordSearchable<Note>)notes).KeywordSearchAsync("three", 100).CountAsync());
    }

    [Fact]
    public async Task CompactAsync_SparseVectorsAndRowsWithoutVectors_ComeBackAsTheyWere()
    {
        SparseNote[] written = [.. Enumerable.Range(0, 40).Select(id => new SparseNote { Id = id, Weights = Sparse((id, 1), (id + 1, 0.5f)), Dense = id % 2 == 0 ? [id, 1] : null })];
        using (LocalVectorStore store = _folder.Open())
        {
            var notes = (LocalVectorStoreCollection<int, SparseNote>)await Stores.CollectionAsync<int, SparseNote>(store);
            await notes.UpsertAsync(written);
            await notes.DeleteAsync(3);
            await notes.CompactAsync();
            await notes.UpsertAsync(new SparseNote { Id = 3, Weights = Sparse((7, 2)) });
        }

        using LocalVectorStore again = _folder.Open();
        var read = again.GetCollection<int, SparseNote>("docs");
        Assert.Equal([3, 7, 6], await read.SearchAsync(Sparse((7, 1)), 5, new() { VectorProperty = note => note.Weights }).Select(result => result.Record.Id).ToListAsync());
        SparseNote seven = (await read.GetAsync(7, new() { IncludeVectors = true }))!;
        Assert.Equal([7, 8], seven.Weights!.Indices.ToArray());
        Assert.Null(seven.Dense);
        SparseNote eight = (await read.GetAsync(8, new() { IncludeVectors = true }))!;
        Assert.Equal([8, 1], eight.Dense!);
        Assert.Equal(20, await read.SearchAsync(new float[] { 1, 1 }, 100, new() { VectorProperty = note => note.Dense }).CountAsync());
    }

    [Fact]
    public async Task Write_MuchAndThenNothing_IsASnapshotByItself()
    {
        using LocalVectorStore store = _folder.Open();
        var notes = await NotesAsync(store);
        await notes.UpsertAsync(Enumerable.Range(0, 5000).Select(key => Note(key, 1)));
        for (int i = 0; Directory.GetFiles(_folder.Path, "*.rows").Length == 0 && i < 3000; i++)
        {
            await Task.Delay(20);
        }

        await store.FindTable("docs")!.WhenCompactedAsync();
        Assert.True(new FileInfo(Snapshot).Length > 100 * new FileInfo(_folder.Log).Length);
        Assert.Equal(5000, await notes.GetAsync(_ => true, 10_000).CountAsync());
    }

    [Fact]
    public async Task CompactAsync_NothingToRewrite_ChangesNoFile()
    {
        using LocalVectorStore store = _folder.Open();
        var notes = await NotesAsync(store);
        await notes.UpsertAsync(Note(1, 1));
        await notes.CompactAsync();
        string[] files = [.. Directory.GetFiles(_folder.Path).Order()];
        await notes.CompactAsync();
        Assert.Equal(files, Directory.GetFiles(_folder.Path).Order());
        using LocalVectorStore memory = new();
        var inMemory = await NotesAsync(memory);
        await inMemory.CompactAsync();
    }

    [Fact]
    public async Task Open_EachByteOfASnapshotFlipped_IsAnError()
    {
        using (LocalVectorStore store = _folder.Open())
        {
            var notes = await NotesAsync(store);
            await notes.UpsertAsync([Note(1, 1), Note(2, 2)]);
            await notes.CompactAsync();
        }

        byte[] whole = File.ReadAllBytes(Snapshot);
        for (int place = 0; place < whole.Length; place++)
        {
            byte[] flipped = [.. whole];
            flipped[place] ^= (byte)(1 << (place % 8));
            File.WriteAllBytes(Snapshot, flipped);
            using LocalVectorStore again = _folder.Open();
            InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => again.GetCollection<string, Note>("docs").GetAsync("1"));
            Assert.Contains(Snapshot, error.Message, StringComparison.Ordinal);
        }

        File.WriteAllBytes(Snapshot, whole);
        using LocalVectorStore mended = _folder.Open();
        Assert.Equal(2, await mended.GetCollection<string, Note>("docs").GetAsync(_ => true, 10).CountAsync());
    }

    [Fact]
    public async Task Open_SnapshotCutAnywhere_IsAnError()
    {
        using (LocalVectorStore store = _folder.Open())
        {
            var notes = await NotesAsync(store);
            await notes.UpsertAsync(Note(1, 1));
            await notes.CompactAsync();
        }

        byte[] whole = File.ReadAllBytes(Snapshot);
        for (int length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(Snapshot, whole[..length]);
            using LocalVectorStore again = _folder.Open();
            await Assert.ThrowsAsync<InvalidDataException>(() => again.GetCollection<string, Note>("docs").GetAsync("1"));
            Assert.True(File.Exists(Snapshot));
        }
    }

    [Fact]
    public async Task Open_SnapshotMissingOrAnother_IsToldAndNothingIsDeleted()
    {
        string other = Directory.CreateTempSubdirectory("other").FullName;
        foreach (string path in (string[])[_folder.Path, other])
        {
            using LocalVectorStore store = new(new LocalVectorStoreOptions { Path = path });
            var notes = await NotesAsync(store);
            await notes.UpsertAsync(Note(1, 1));
            await notes.CompactAsync();
        }

        string kept = Snapshot;
        File.Copy(Path.Combine(other, Path.GetFileName(kept)), kept, overwrite: true);
        Assert.Contains("another snapshot", await FailureAsync(), StringComparison.Ordinal);
        File.Delete(kept);
        Assert.Contains("is missing", await FailureAsync(), StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(_folder.Path, "*.log"));
        Directory.Delete(other, recursive: true);

        async Task<string> FailureAsync()
        {
            using LocalVectorStore again = _folder.Open();
            return (await Assert.ThrowsAsync<InvalidDataException>(() => again.GetCollection<string, Note>("docs").GetAsync("1"))).Message;
        }
    }

    [Fact]
    public async Task EnsureCollectionDeletedAsync_WithASnapshot_LeavesNoFileOfIt()
    {
        using LocalVectorStore store = _folder.Open();
        var notes = await NotesAsync(store);
        await notes.UpsertAsync(Note(1, 1));
        await notes.CompactAsync();
        await store.EnsureCollectionDeletedAsync("docs");
        Assert.Empty(Directory.GetFiles(_folder.Path, "docs*"));
    }

    [Fact]
    public async Task Open_SnapshotOfAProcessThatEndedWhileItWrote_IsDeleted()
    {
        using (LocalVectorStore store = _folder.Open())
        {
            var notes = await NotesAsync(store);
            await notes.UpsertAsync(Note(1, 1));
            await notes.CompactAsync();
        }

        string kept = Snapshot;
        string left = Path.Combine(_folder.Path, "docs.000099.rows");
        File.WriteAllBytes(left, File.ReadAllBytes(kept)[..100]);
        string foreign = Path.Combine(_folder.Path, "docs.000098.rows");
        File.WriteAllText(foreign, "somebody else's");
        using LocalVectorStore again = _folder.Open();
        Assert.Equal(1, await again.GetCollection<string, Note>("docs").GetAsync(_ => true, 10).CountAsync());
        Assert.True(File.Exists(kept) && File.Exists(foreign) && !File.Exists(left));
    }

    [Fact]
    public async Task Open_LogWhoseBeginningIsDamaged_LeavesItsSnapshot()
    {
        using (LocalVectorStore store = _folder.Open())
        {
            var notes = await NotesAsync(store);
            await notes.UpsertAsync([Note(1, 1), Note(2, 2)]);
            await notes.CompactAsync();
        }

        byte[] log = File.ReadAllBytes(_folder.Log);
        foreach (int place in (int[])[3, 10, 30, 60])
        {
            byte[] damaged = [.. log];
            damaged[place] ^= 1;
            File.WriteAllBytes(_folder.Log, damaged);
            using LocalVectorStore again = _folder.Open();
            await Assert.ThrowsAsync<InvalidDataException>(() => again.GetCollection<string, Note>("docs").GetAsync("1"));
            Assert.True(File.Exists(Snapshot));
        }

        File.WriteAllBytes(_folder.Log, log);
        using LocalVectorStore mended = _folder.Open();
        Assert.Equal(2, await mended.GetCollection<string, Note>("docs").GetAsync(_ => true, 10).CountAsync());
    }

    [Fact]
    public async Task Open_CollectionThatCouldNotBeDeletedWhole_DeletesTheRest()
    {
        using (LocalVectorStore store = _folder.Open())
        {
            var notes = await NotesAsync(store);
            await notes.UpsertAsync(Note(1, 1));
            await notes.CompactAsync();
        }

        File.Delete(Path.Combine(_folder.Path, "docs.current"));
        using (LocalVectorStore kept = _folder.Open())
        {
            // Somebody may put that file back.
            Assert.Empty(await kept.ListCollectionNamesAsync().ToListAsync());
            Assert.True(File.Exists(Snapshot));
        }

        File.WriteAllText(Path.Combine(_folder.Path, "docs.deleted"), "");
        using LocalVectorStore again = _folder.Open();
        Assert.Empty(await again.ListCollectionNamesAsync().ToListAsync());
        Assert.Empty(Directory.GetFiles(_folder.Path, "docs*"));
    }

    [Fact]
    public async Task Switch_BatchesThatChangedNothingMeanwhile_DoNotComeAgain()
    {
        using LocalVectorStore store = _folder.Open();
        var notes = await NotesAsync(store);
        await notes.UpsertAsync(Note(1, 1));
        Table table = store.FindTable("docs")!;
        TableSnapshot before = table.Read();
        await notes.DeleteAsync("none");
        long generation = table.Read().Generation;
        Assert.True(generation > before.Generation);

        table.Switch(log => (log, before));
        Assert.Equal(generation, table.Read().Generation);
        await notes.UpsertAsync(Note(2, 1));
        Assert.True(table.Read().Generation > generation);
    }

    [Fact]
    public async Task Undo_OfBatchesOverStoredRows_LeavesWhatWasThere()
    {
        using LocalVectorStore store = _folder.Open();
        var notes = await NotesAsync(store);
        await notes.UpsertAsync(Enumerable.Range(0, 10).Select(key => Note(key, 1)));
        await notes.CompactAsync();
        await notes.UpsertAsync(Note(10, 1));
        TableSnapshot there = store.FindTable("docs")!.Read();
        RecordModel model = RecordModelBuilder.Build(typeof(string), typeof(Note), definition: null, null);
        for (int attempt = 0; attempt < 3; attempt++)
        {
            using PendingRows rows = new(model);
            rows.Add([.. model.Properties.Select(property => property.Slot == 0 ? "3" : property.Type == typeof(int) ? 7 : (object?)null)]);
            TableBatch batch = new(model, there, there.Generation + 1);
            batch.Upsert(rows);
            batch.Delete(["4", "10", "none"]);
            Assert.Equal(9, there.State.LiveCount);
            batch.Undo();
            Assert.Equal(11, there.State.LiveCount);
        }

        Assert.Equal(10, there.State.Stored!.LiveCount);
        await notes.UpsertAsync(Note(11, 1));
        Assert.Equal(12, await notes.GetAsync(note => note.Number == 1, 100).CountAsync());
    }

    [Fact]
    public async Task VerifyAsync_EachByteOfASnapshotFlipped_IsTold()
    {
        using LocalVectorStore store = _folder.Open();
        var notes = await NotesAsync(store);
        await notes.UpsertAsync([Note(1, 1), Note(2, 2)]);
        await notes.CompactAsync();
        string name = Path.GetFileName(Snapshot);
        VerifiedFile whole = (await store.VerifyAsync("docs")).Files.Single(file => file.Name == name);
        Assert.Equal((2, new FileInfo(Snapshot).Length, null), (whole.Rows, whole.Bytes, whole.Damage));

        using FileStream file = new(Snapshot, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        for (int place = 0; place < file.Length; place++)
        {
            Flip(file, place);
            CollectionVerification found = await store.VerifyAsync("docs");
            Assert.NotNull(found.Files.Single(verified => verified.Name == name).Damage);
            Flip(file, place);
        }

        Assert.Null((await store.VerifyAsync("docs")).Damage);

        static void Flip(FileStream file, int place)
        {
            file.Position = place;
            int value = file.ReadByte();
            file.Position = place;
            file.WriteByte((byte)(value ^ (1 << (place % 8))));
            file.Flush();
        }
    }

    [Fact]
    public async Task BackupAsync_WithASnapshot_IsAStoreOfAllRecords()
    {
        string copy = Path.Combine(_folder.Path, "copy");
        using (LocalVectorStore store = _folder.Open())
        {
            var notes = await NotesAsync(store);
            await notes.UpsertAsync(Enumerable.Range(0, 100).Select(key => Note(key, 1)));
            await notes.CompactAsync();
            await notes.UpsertAsync(Note(7, 2));
            await notes.DeleteAsync("8");
            await store.BackupAsync(copy);
        }

        using LocalVectorStore again = new(new LocalVectorStoreOptions { Path = copy });
        var read = await NotesAsync(again);
        Assert.Equal(99, await read.GetAsync(_ => true, 1000).CountAsync());
        Assert.Equal(2, (await read.GetAsync("7"))!.Number);
        Assert.Null((await again.VerifyAsync("docs")).Damage);
        await read.CompactAsync();
        Assert.Equal("7", await read.GetAsync(note => note.Number == 2, 10).IdsAsync());
    }

    [Fact]
    public async Task GetStatisticsAsync_WithASnapshot_TellsWhatStandsWhere()
    {
        using LocalVectorStore store = _folder.Open();
        var notes = await NotesAsync(store);
        await notes.UpsertAsync(Enumerable.Range(0, 100).Select(key => Note(key, 1)));
        await notes.CompactAsync();
        await notes.UpsertAsync(Note(7, 2));
        CollectionStatistics found = await store.GetStatisticsAsync("docs");
        Assert.Equal((100, 100, 1, 0, 1, new FileInfo(Snapshot).Length), (found.Records, found.SnapshotRecords, found.LogRecords, found.DeadRecords, found.DeadOnDisk, found.SnapshotBytes));
        Assert.InRange(found.VectorBytes, 1, 100);
    }

    [Fact]
    public async Task ExportAsync_WithASnapshot_HasAllRecordsAndVectors()
    {
        using MemoryStream lines = new();
        using (LocalVectorStore store = _folder.Open())
        {
            var notes = await NotesAsync(store);
            await notes.UpsertAsync(Enumerable.Range(0, 50).Select(key => Note(key, 1)));
            await notes.CompactAsync();
            await notes.UpsertAsync(Note(50, 2));
            Assert.Equal(51, await notes.ExportAsync(lines));
        }

        lines.Position = 0;
        using LocalVectorStore memory = new();
        var imported = await NotesAsync(memory);
        Assert.Equal(51, await imported.ImportAsync(lines));
        await AssertSameAsync(Enumerable.Range(0, 51).ToDictionary(key => $"{key}", key => Note(key, key == 50 ? 2 : 1)), imported);
    }

    [Fact]
    public async Task CompactAsync_SnapshotDamagedWhileItIsOpen_IsRefusedAndSoIsAllThatWouldCopyIt()
    {
        using LocalVectorStore store = _folder.Open();
        var notes = await NotesAsync(store);
        await notes.UpsertAsync(Enumerable.Range(0, 20).Select(key => Note(key, 1)));
        await notes.CompactAsync();
        await notes.UpsertAsync(Note(20, 1));
        string name = Snapshot;
        using (FileStream file = new(name, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete))
        {
            file.Position = 200;
            file.WriteByte(0xEE);
        }

        await Assert.ThrowsAsync<InvalidDataException>(() => notes.ExportAsync(new MemoryStream()));
        Assert.Contains(name, (await Assert.ThrowsAsync<InvalidDataException>(() => notes.CompactAsync())).Message, StringComparison.Ordinal);
        Assert.Contains("is damaged", (await Assert.ThrowsAsync<IOException>(() => notes.UpsertAsync(Note(21, 1)))).Message, StringComparison.Ordinal);
        Assert.Equal(name, Snapshot);
        store.Dispose();
        using LocalVectorStore again = _folder.Open();
        Assert.Contains(name, (await Assert.ThrowsAsync<InvalidDataException>(() => again.RepairAsync("docs"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_LogThatIsMissing_IsNamedWithAdvice()
    {
        using (LocalVectorStore store = _folder.Open())
        {
            await (await NotesAsync(store)).UpsertAsync(Note(1, 1));
        }

        string log = _folder.Log;
        File.Delete(log);
        using LocalVectorStore again = _folder.Open();
        string message = (await Assert.ThrowsAsync<InvalidDataException>(() => again.GetCollection<string, Note>("docs").GetAsync("1"))).Message;
        Assert.Contains(log, message, StringComparison.Ordinal);
        Assert.Contains("Put it back", message, StringComparison.Ordinal);
    }

    /// <summary>Of all that specimens have and that is written to disk.</summary>
    private static VectorStoreCollectionDefinition Definition()
    {
        VectorStoreCollectionDefinition definition = Specimens.Definition(isIndexed: true);
        definition.Properties = [.. definition.Properties.Where(property => property is not VectorStoreDataProperty || ValueCodecs.Find(property.Type!) is not null)];
        return definition;
    }

    private static Dictionary<string, object?> ToDictionary(Specimen specimen) => Definition().Properties
        .ToDictionary(property => property.Name, property => Specimens.ToDictionary(specimen)[property.Name]);

    private static SparseEmbedding Sparse(params (int Index, float Weight)[] weights) =>
        new(Array.ConvertAll(weights, weight => weight.Index), Array.ConvertAll(weights, weight => weight.Weight), 100);

    private static LocalVectorStoreCollection<object, Dictionary<string, object?>> Dictionaries(LocalVectorStore store) =>
        store.GetDynamicCollection("docs", Definition());

    private static async Task<LocalVectorStoreCollection<string, Note>> NotesAsync(LocalVectorStore store) =>
        (LocalVectorStoreCollection<string, Note>)await Stores.CollectionAsync<string, Note>(store);

    private static Note Note(int key, int number) => new()
    {
        Id = $"{key}",
        Text = number == 3 ? "three" : $"number {number}",
        Number = number,
        Tags = [$"t{key % 3}"],
        Vector = new float[] { key, number, 1 },
    };

    private static async Task AssertSameAsync(Dictionary<string, Note> twin, LocalVectorStoreCollection<string, Note> notes)
    {
        List<Note> all = await notes.GetAsync(_ => true, 10_000, new() { IncludeVectors = true }).ToListAsync();
        Assert.Equal(twin.Values.Select(Describe).Order(), all.Select(Describe).Order());
        Note[] some = [.. twin.Values.Where(note => note.Number > 300 && note.Tags!.Contains("t1"))];
        Assert.Equal(some.Select(Describe).Order(), (await notes.GetAsync(note => note.Number > 300 && note.Tags!.Contains("t1"), 10_000, new() { IncludeVectors = true }).ToListAsync()).Select(Describe).Order());
        Assert.Equal(twin.Count, await notes.SearchAsync(new float[] { 1, 2, 3 }, 10_000).CountAsync());
        Assert.Equal(twin.Values.Count(note => note.Text == "three"), await ((IKeywordSearchable<Note>)notes).KeywordSearchAsync("three", 10_000).CountAsync());
        foreach (Note note in twin.Values.Take(5))
        {
            Assert.Equal(note.Number, (await notes.GetAsync(note.Id))!.Number);
        }
    }

    private static string Describe(Note note) => $"{note.Id} {note.Text} {note.Number} {string.Join(',', note.Tags!)} {string.Join(',', note.Vector!.Value.ToArray())}";

    private static async Task AssertAlikeAsync(
        VectorStoreCollection<object, Dictionary<string, object?>> twin, VectorStoreCollection<object, Dictionary<string, object?>> stored)
    {
        List<Dictionary<string, object?>> expected = await twin.GetAsync(_ => true, 1000, new() { IncludeVectors = true }).ToListAsync();
        List<Dictionary<string, object?>> found = await stored.GetAsync(_ => true, 1000, new() { IncludeVectors = true }).ToListAsync();
        Assert.Equal(expected.Select(Describe), found.Select(Describe));
        static string Describe(Dictionary<string, object?> record) => string.Join(';', record.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={Text(pair.Value)}"));

        static string Text(object? value) => value switch
        {
            ReadOnlyMemory<float> vector => string.Join(',', vector.ToArray()),
            string text => text,
            IEnumerable items => string.Join(',', items.Cast<object?>()),
            _ => FormattableString.Invariant($"{value}"),
        };
    }

    /// <summary>Each index finds the rows of each value, and of each range between two, that the one in memory finds.</summary>
    private static void AssertSameIndexes(LocalVectorStore memory, LocalVectorStore store, List<Specimen> specimens)
    {
        const int Most = 1000;
        TableSnapshot expected = memory.FindTable("docs")!.Read();
        TableSnapshot found = store.FindTable("docs")!.Read();
        Assert.Equal(specimens.Count, found.State.StoredCount);
        int compared = 0;
        foreach (RecordProperty property in RecordModelBuilder.BuildDynamic(Definition(), null).Properties)
        {
            if (expected.GetIndex(property.Slot) is not { } index)
            {
                continue;
            }

            compared++;
            object?[] values = [.. specimens.Select(specimen => ToDictionary(specimen)[property.Name]).SelectMany(value => index.IsCollection ? ((IEnumerable?)value ?? Array.Empty<object>()).Cast<object?>() : [value]).Distinct(), null, new Version(1, 2)];
            ColumnIndex stored = found.GetIndex(property.Slot)!;
            Assert.All(values, value => Assert.Equal(index.Find(value, Most), stored.Find(value, Most)));
            object?[] bounds = index.IsCollection ? [] : values[..^1];
            foreach ((object? least, object? greatest) in bounds.SelectMany(least => bounds.Select(greatest => (least, greatest))))
            {
                Assert.Equal(index.FindRange(least, greatest, Most)!.Order(), stored.FindRange(least, greatest, Most)!.Order());
            }
        }

        Assert.InRange(compared, 20, int.MaxValue);
    }
}
