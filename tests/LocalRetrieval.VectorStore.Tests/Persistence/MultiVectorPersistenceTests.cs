using LocalRetrieval.VectorData.MultiVectors;
using LocalRetrieval.VectorData.MultiVectors.FirstPass;
using LocalRetrieval.VectorData.Snapshots;
using LocalRetrieval.VectorData.Storage;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Persistence;

/// <summary>Several vectors a record come back from log and snapshot bit for bit, and what is wrong with the files is told.</summary>
public sealed class MultiVectorPersistenceTests : IDisposable
{
    private static readonly VectorSearchOptions<MultiNote> ByTokens = new() { VectorProperty = note => note.Tokens };

    private readonly StoreFolder _folder = new();

    public static TheoryData<MultiVectorQuantization, MultiVectorFirstPass> Kinds => new()
    {
        { MultiVectorQuantization.None, MultiVectorFirstPass.None },
        { MultiVectorQuantization.Int8, MultiVectorFirstPass.None },
        { MultiVectorQuantization.Int8, MultiVectorFirstPass.Pooled },
        { MultiVectorQuantization.Int8, MultiVectorFirstPass.FixedDimensional },
    };

    private string Snapshot => Directory.GetFiles(_folder.Path, "*.rows").Single();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Open_LivesOfWritesAndCompactions_FindsBitForBitWhatWasThere(MultiVectorQuantization quantization, MultiVectorFirstPass firstPass)
    {
        MultiVectorOptions options = new() { Quantization = quantization, FirstPass = firstPass, Candidates = 25 };
        Random random = new(9);
        using LocalVectorStore memory = new();
        var twin = await CollectionAsync(memory, options);
        for (int life = 0; life < 5; life++)
        {
            using LocalVectorStore store = _folder.Open();
            var notes = await CollectionAsync(store, options);
            await store.FindTable("docs")!.WhenFirstPassesAreMadeAsync();
            await AssertAlikeAsync(twin, notes, random);
            for (int round = 0; round < 6; round++)
            {
                MultiNote[] batch = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => Make(random)).DistinctBy(note => note.Id)];
                int[] gone = [.. Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(120))];
                foreach (var collection in (LocalVectorStoreCollection<int, MultiNote>[])[twin, notes])
                {
                    await collection.UpsertAsync(batch);
                    await collection.DeleteAsync(gone);
                }

                if (random.Next(3) == 0)
                {
                    await notes.CompactAsync();
                }

                await store.FindTable("docs")!.WhenFirstPassesAreMadeAsync();
                await AssertAlikeAsync(twin, notes, random);
            }
        }
    }

    [Theory]
    [InlineData(MultiVectorFirstPass.Pooled)]
    [InlineData(MultiVectorFirstPass.FixedDimensional)]
    public async Task Open_SnapshotAndLog_HaveTheFirstPassMadeAnew(MultiVectorFirstPass kind)
    {
        Random random = new(10);
        using (LocalVectorStore store = _folder.Open())
        {
            // It was created without one: it is no part of what is stored.
            var written = await CollectionAsync(store, new());
            await written.UpsertAsync(Enumerable.Range(0, 100).Select(id => new MultiNote { Id = id, Tokens = TokenVectors.Random(random) }));
            await written.CompactAsync();
            await written.UpsertAsync(Enumerable.Range(100, 20).Select(id => new MultiNote { Id = id, Tokens = TokenVectors.Random(random) }));
        }

        MultiVectorOptions options = new() { FirstPass = kind };
        using LocalVectorStore again = _folder.Open();
        var notes = await CollectionAsync(again, options);
        Assert.Equal(120, await notes.SearchAsync(TokenVectors.Exact(random), 200, ByTokens).CountAsync());
        Table table = again.FindTable("docs")!;
        await table.WhenFirstPassesAreMadeAsync();
        FirstPasses.AssertMade(table.Read(), options);

        // What is rewritten takes over what was made.
        await notes.DeleteAsync([3, 105]);
        await notes.CompactAsync();
        Assert.Equal(118, table.Read().State.StoredCount);
        FirstPasses.AssertMade(table.Read(), options);
    }

    [Fact]
    public async Task Compaction_InMemoryOverASnapshot_KeepsWhatWasMade()
    {
        MultiVectorOptions options = new() { FirstPass = MultiVectorFirstPass.Pooled };
        Random random = new(14);
        using LocalVectorStore store = _folder.Open();
        var notes = await CollectionAsync(store, options);
        await notes.UpsertAsync(Enumerable.Range(0, 50).Select(id => new MultiNote { Id = id, Tokens = TokenVectors.Random(random, mostVectors: 4) }));
        await notes.CompactAsync();
        for (int round = 0; round < 60; round++)
        {
            await notes.UpsertAsync(Enumerable.Range(40, 20).Select(id => new MultiNote { Id = id, Tokens = TokenVectors.Random(random, mostVectors: 4) }));
        }

        TableSnapshot compacted = store.FindTable("docs")!.Read();
        Assert.InRange(compacted.Count, 50, 50 + 1024 + 20);
        Assert.Equal(50, compacted.State.StoredCount);
        FirstPasses.AssertMade(compacted, options);
    }

    [Fact]
    public async Task CompactAsync_WhileOthersWrite_HasTheFirstPassOfAllRows()
    {
        const int Writers = 2;
        const int Rounds = 40;
        MultiVectorOptions options = new() { FirstPass = MultiVectorFirstPass.FixedDimensional, FixedDimensional = new() { Repetitions = 3, PartitionBits = 2 } };
        using LocalVectorStore store = _folder.Open();
        var notes = await CollectionAsync(store, options);
        Task[] writing = [.. Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            Random random = new(writer);
            for (int round = 0; round < Rounds; round++)
            {
                await notes.UpsertAsync(Enumerable.Range(0, 15).Select(id => new MultiNote { Id = (id * Writers) + writer, Number = round, Tokens = TokenVectors.Random(random) }));
            }
        }))];
        Task all = Task.WhenAll(writing);
        while (!all.IsCompleted)
        {
            await notes.CompactAsync();
        }

        await all;
        await notes.WhenIndexedAsync();
        FirstPasses.AssertMade(store.FindTable("docs")!.Read(), options);
        Assert.Equal(Writers * 15, await notes.SearchAsync(TokenVectors.Exact(new Random(1)), 100, ByTokens).CountAsync(found => found.Record.Number == Rounds - 1));
    }

    [Theory]
    [InlineData(MultiVectorFirstPass.Pooled)]
    [InlineData(MultiVectorFirstPass.FixedDimensional)]
    public async Task RefreshAsync_WhatAnotherStoreWrites_IsInTheFirstPassToo(MultiVectorFirstPass kind)
    {
        MultiVectorOptions options = new() { FirstPass = kind, Candidates = 25 };
        Random random = new(15);
        using LocalVectorStore writer = _folder.Open();
        var written = await CollectionAsync(writer, options);
        await written.UpsertAsync(Notes(0, 40));
        await written.CompactAsync();
        await written.UpsertAsync(Notes(30, 30));
        using LocalVectorStore reader = _folder.Open(configure: read => read.IsReadOnly = true);
        var notes = await CollectionAsync(reader, options);
        await notes.WhenIndexedAsync();
        FirstPasses.AssertMade(reader.FindTable("docs")!.Read(), options);

        await written.UpsertAsync(Notes(50, 30));
        await written.DeleteAsync([1, 2]);
        await reader.RefreshAsync();

        FirstPasses.AssertMade(reader.FindTable("docs")!.Read(), options);
        await AssertAlikeAsync(written, notes, random);

        MultiNote[] Notes(int first, int count) => [.. Enumerable.Range(first, count).Select(id => new MultiNote { Id = id, Number = id % 5, Tokens = TokenVectors.Random(random) })];
    }

    [Fact]
    public async Task GetStatisticsAsync_OpenedWithAFirstPass_TellsThatItIsMade()
    {
        MultiVectorOptions options = new() { FirstPass = MultiVectorFirstPass.Pooled };
        using (LocalVectorStore store = _folder.Open())
        {
            await (await CollectionAsync(store, options)).UpsertAsync(Enumerable.Range(0, 30).Select(id => new MultiNote { Id = id, Tokens = TokenVectors.Exact(new Random(id)) }));
        }

        using LocalVectorStore again = _folder.Open();
        Assert.Empty((await again.GetStatisticsAsync("docs")).FirstPasses);
        await (await CollectionAsync(again, options)).WhenIndexedAsync();

        // A vector of 20 int8, filled up to 32, and a scale.
        Assert.Equal(
            new FirstPassStatistics { Property = "Tokens", Kind = MultiVectorFirstPass.Pooled, IsMade = true, Bytes = 30 * 36 },
            Assert.Single((await again.GetStatisticsAsync("docs")).FirstPasses));
    }

    [Fact]
    public void Make_Cancelled_MakesNothingUntilItIsAskedAgain()
    {
        TokenFormat format = new(2, isQuantized: true);
        TokenBlocks stored = new(format);
        stored.EnsureCapacity(1);
        stored.Set(0, new TokenArray(format, [3, 4]).Row);
        FirstPassColumn column = new(new PooledEncoder(2), format, first: 1);

        Assert.Throws<OperationCanceledException>(() => column.Make(stored, new CancellationToken(canceled: true)));
        Assert.False(column.IsMade);
        column.Make(stored, CancellationToken.None);

        Assert.True(column.IsMade);
        Assert.Equal([0.6f, 0.8f], format.Read(column.Find(0)).Select(number => MathF.Round(number, 2)));
    }

    [Fact]
    public async Task CompactAsync_SeveralVectorsARecord_IsOfAFormatThatOlderVersionsRefuse()
    {
        using LocalVectorStore store = _folder.Open();
        var notes = await CollectionAsync(store, new());
        await notes.UpsertAsync(new MultiNote { Id = 1, Tokens = TokenVectors.Exact(new Random(1)) });
        await notes.CompactAsync();
        Assert.Equal(SnapshotFormat.Version, SnapshotFormat.VersionOf(File.ReadAllBytes(Snapshot)));

        var plain = (LocalVectorStoreCollection<string, Note>)store.GetCollection<string, Note>("plain");
        await plain.EnsureCollectionExistsAsync();
        await plain.UpsertAsync(new Note { Id = "a" });
        await plain.CompactAsync();
        string other = Directory.GetFiles(_folder.Path, "plain*.rows").Single();
        Assert.Equal(SnapshotFormat.OneVectorVersion, SnapshotFormat.VersionOf(File.ReadAllBytes(other)));
    }

    [Fact]
    public async Task Open_OtherQuantizationThanItWasCreatedWith_IsRefusedByName()
    {
        using (LocalVectorStore store = _folder.Open())
        {
            await CollectionAsync(store, new());
        }

        using LocalVectorStore again = _folder.Open();
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => CollectionAsync(again, new() { Quantization = MultiVectorQuantization.None }));
        Assert.Contains("several vectors 'Tokens' of int8 instead of several vectors 'Tokens'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_EachByteOfASnapshotFlippedOrCut_IsAnError()
    {
        using (LocalVectorStore store = _folder.Open())
        {
            var notes = await CollectionAsync(store, new());
            await notes.UpsertAsync([new MultiNote { Id = 1, Tokens = TokenVectors.Exact(new Random(3), mostVectors: 4) }, new MultiNote { Id = 2 }]);
            await notes.CompactAsync();
        }

        byte[] whole = File.ReadAllBytes(Snapshot);
        for (int place = 0; place < whole.Length; place++)
        {
            byte[] flipped = [.. whole];
            flipped[place] ^= (byte)(1 << (place % 8));
            await AssertRefusedAsync(flipped);
            if (place % 7 == 0)
            {
                await AssertRefusedAsync(whole[..place]);
            }
        }

        File.WriteAllBytes(Snapshot, whole);
        using LocalVectorStore mended = _folder.Open();
        Assert.Equal(2, await (await CollectionAsync(mended, new())).GetAsync(_ => true, 10).CountAsync());

        async Task AssertRefusedAsync(byte[] bytes)
        {
            File.WriteAllBytes(Snapshot, bytes);
            using LocalVectorStore again = _folder.Open();
            await Assert.ThrowsAsync<InvalidDataException>(() => CollectionAsync(again, new()));
        }
    }

    [Fact]
    public async Task BackupAsync_SeveralVectorsARecord_AreInIt()
    {
        string target = Directory.CreateTempSubdirectory("backup").FullName;
        Directory.Delete(target);
        MultiNote[] written = [.. Enumerable.Range(0, 30).Select(id => new MultiNote { Id = id, Tokens = TokenVectors.Exact(new Random(id)) })];
        using (LocalVectorStore store = _folder.Open())
        {
            var notes = await CollectionAsync(store, new());
            await notes.UpsertAsync(written[..20]);
            await notes.CompactAsync();
            await notes.UpsertAsync(written[20..]);
            await store.BackupAsync(target);
        }

        using (LocalVectorStore copy = new(new() { Path = target }))
        {
            var read = await (await CollectionAsync(copy, new())).GetAsync(_ => true, 100, new() { IncludeVectors = true }).ToListAsync();
            Assert.Equal(written.Select(note => note.Tokens!.Vectors.ToArray()), read.OrderBy(note => note.Id).Select(note => note.Tokens!.Vectors.ToArray()));
        }

        Directory.Delete(target, recursive: true);
    }

    [Fact]
    public async Task RebuildAsync_OfAnotherVector_KeepsThemBitForBit()
    {
        Random random = new(12);
        using LocalVectorStore store = _folder.Open();
        var notes = await CollectionAsync(store, new() { FirstPass = MultiVectorFirstPass.Pooled });
        await notes.UpsertAsync(Enumerable.Range(0, 40).Select(id => new MultiNote { Id = id, Tokens = TokenVectors.Random(random), Dense = [1, id] }));
        Dictionary<int, float[]> before = await ReadAsync(notes);

        await ((IRebuildableCollection<MultiNote>)notes).RebuildAsync(new()
        {
            Remake = (records, _) =>
            {
                foreach (MultiNote note in records)
                {
                    note.Dense = [2, note.Id];
                }

                return Task.CompletedTask;
            },
            InputOf = note => $"{note.Id}",
            VectorProperty = nameof(MultiNote.Dense),
        });

        Dictionary<int, float[]> after = await ReadAsync(notes);
        Assert.Equal(40, after.Count);
        Assert.All(before, pair => Assert.Equal(pair.Value, after[pair.Key]));
    }

    [Fact]
    public async Task RebuildAsync_OfTheVectorsThemselves_TakesOtherDimensions()
    {
        const int Shorter = 8;
        Random random = new(13);
        using (LocalVectorStore store = _folder.Open())
        {
            var notes = await CollectionAsync(store, new());
            await notes.UpsertAsync(Enumerable.Range(0, 30).Select(id => new MultiNote { Id = id, Tokens = TokenVectors.Random(random), Dense = [1, id] }));
            var shorter = (LocalVectorStoreCollection<int, MultiNote>)store.GetCollection<int, MultiNote>("docs", ShorterDefinition());
            await ((IRebuildableCollection<MultiNote>)shorter).RebuildAsync(new()
            {
                Remake = (records, _) =>
                {
                    foreach (MultiNote note in records)
                    {
                        note.Tokens = TokenVectors.Exact(new Random(note.Id), dimensions: Shorter);
                    }

                    return Task.CompletedTask;
                },
                InputOf = note => $"{note.Id}",
                VectorProperty = nameof(MultiNote.Tokens),
            });
        }

        using LocalVectorStore again = _folder.Open();
        var read = again.GetCollection<int, MultiNote>("docs", ShorterDefinition());
        Dictionary<int, float[]> vectors = await ReadAsync(read);
        Assert.Equal(30, vectors.Count);
        Assert.All(vectors, pair => Assert.Equal(TokenVectors.Exact(new Random(pair.Key), dimensions: Shorter).Vectors.ToArray(), pair.Value));
        Assert.Equal(30, await read.SearchAsync(TokenVectors.Exact(random, dimensions: Shorter), 99, ByTokens).CountAsync());

        static VectorStoreCollectionDefinition ShorterDefinition() => new() { Properties = [new VectorStoreVectorProperty("Tokens", Shorter)] };
    }

    private static MultiNote Make(Random random) => new()
    {
        Id = random.Next(120),
        Number = random.Next(5),
        Tokens = random.Next(6) == 0 ? null : TokenVectors.Random(random, mostVectors: 9),
        Dense = random.Next(2) == 0 ? null : [random.NextSingle(), 1],
    };

    private static async Task<LocalVectorStoreCollection<int, MultiNote>> CollectionAsync(LocalVectorStore store, MultiVectorOptions options) =>
        (LocalVectorStoreCollection<int, MultiNote>)await Stores.CollectionAsync<int, MultiNote>(
            store, new() { Properties = [new VectorStoreVectorProperty("Tokens", MultiNote.Dimensions).WithMultiVectors(options)] });

    private static Task<Dictionary<int, float[]>> ReadAsync(VectorStoreCollection<int, MultiNote> notes) =>
        notes.GetAsync(_ => true, 1000, new() { IncludeVectors = true }).ToDictionaryAsync(note => note.Id, note => note.Tokens?.Vectors.ToArray() ?? []).AsTask();

    private static async Task AssertAlikeAsync(VectorStoreCollection<int, MultiNote> twin, VectorStoreCollection<int, MultiNote> notes, Random random)
    {
        List<MultiNote> expected = await twin.GetAsync(_ => true, 1000, new() { IncludeVectors = true }).OrderBy(note => note.Id).ToListAsync();
        List<MultiNote> read = await notes.GetAsync(_ => true, 1000, new() { IncludeVectors = true }).OrderBy(note => note.Id).ToListAsync();
        Assert.Equal(expected.Select(note => (note.Id, note.Number)), read.Select(note => (note.Id, note.Number)));
        Assert.Equal(expected.Select(note => note.Tokens?.Vectors.ToArray()), read.Select(note => note.Tokens?.Vectors.ToArray()));
        Assert.Equal(expected.Select(note => note.Dense), read.Select(note => note.Dense));
        MultiVectorEmbedding query = TokenVectors.Random(random, mostVectors: 5);
        foreach (VectorSearchOptions<MultiNote> options in (VectorSearchOptions<MultiNote>[])[ByTokens, new() { VectorProperty = note => note.Tokens, Filter = note => note.Number == 2 }])
        {
            // Rows have other numbers, which decide among equally good ones.
            Assert.Equal(
                await twin.SearchAsync(query, 10, options).Select(found => found.Score).ToListAsync(),
                await notes.SearchAsync(query, 10, options).Select(found => found.Score).ToListAsync());
        }
    }
}
