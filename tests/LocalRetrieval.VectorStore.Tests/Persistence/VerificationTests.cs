using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Persistence;

/// <summary>Damage of any byte is found, whether or not the collection is in use, and nothing that is whole is taken for damage.</summary>
public sealed class VerificationTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task VerifyAsync_WhatIsWhole_IsCounted()
    {
        using (LocalVectorStore store = _folder.Open())
        {
            var notes = await Stores.CollectionAsync<string, Note>(store);
            await notes.UpsertAsync([Note("a"), Note("b")]);
            await notes.UpsertAsync(Note("b"));
            await notes.DeleteAsync("a");
            Check(await store.VerifyAsync("docs"), frames: 4);
        }

        // The log ends with a frame that says that all of it was flushed.
        using LocalVectorStore again = _folder.Open();
        Check(await again.VerifyAsync("docs"), frames: 5);
        Assert.False((await again.GetStatisticsAsync("docs")).IsLoaded);

        void Check(CollectionVerification found, int frames)
        {
            Assert.Null(found.Damage);
            Assert.Equal((3, frames), (found.Rows, found.Frames));
            Assert.Equal(Directory.GetFiles(_folder.Path, "docs.*").Sum(file => new FileInfo(file).Length), found.Bytes);
            Assert.Equal(["docs.current", "docs.000001.log"], found.Files.Select(file => file.Name));
            Assert.All(found.Files, file => Assert.Equal(0, file.TornBytes));
            Assert.EndsWith("no damage", found.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task VerifyAsync_EachByteOfACollectionThatIsNotInUse_IsLookedAt()
    {
        await FillAsync("a", "b");
        using LocalVectorStore store = _folder.Open();
        foreach (string file in Directory.GetFiles(_folder.Path, "docs.*"))
        {
            byte[] before = File.ReadAllBytes(file);
            for (int i = 0; i < before.Length; i++)
            {
                byte[] broken = [.. before];
                broken[i] ^= 0x40;
                File.WriteAllBytes(file, broken);
                CollectionVerification found = await store.VerifyAsync("docs", CancellationToken.None);

                // The last frame says that those before it were flushed, and none says that of it.
                bool mayBeTorn = file == _folder.Log && i >= before.Length - LogFormat.FrameHeaderLength;
                Assert.Equal(mayBeTorn, found.Damage is null);
                Assert.Equal(mayBeTorn ? LogFormat.FrameHeaderLength : 0, found.Files[^1].TornBytes);
                Assert.Contains(mayBeTorn ? "no damage" : Path.GetFileName(file), found.ToString(), StringComparison.Ordinal);
            }

            File.WriteAllBytes(file, before);
        }

        Assert.Null((await store.VerifyAsync("docs")).Damage);
    }

    [Fact]
    public async Task VerifyAsync_EachByteOfACollectionInUse_IsLookedAt()
    {
        using LocalVectorStore store = _folder.Open();
        var notes = await Stores.CollectionAsync<string, Note>(store);
        await notes.UpsertAsync(Note("a"));
        await notes.UpsertAsync(Note("b"));
        using FileStream log = new(_folder.Log, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        for (long i = 0; i < log.Length; i++)
        {
            Flip(log, i);
            Assert.NotNull((await store.VerifyAsync("docs")).Damage);
            Flip(log, i);
        }

        Assert.Null((await store.VerifyAsync("docs")).Damage);
        log.SetLength(log.Length - 1);
        Assert.Contains("is damaged at byte", (await store.VerifyAsync("docs")).Damage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerifyAsync_TornTail_IsNoDamage()
    {
        byte[] whole = await FillAsync("a", "b");
        whole = whole[..^LogFormat.FrameHeaderLength];
        File.WriteAllBytes(_folder.Log, whole[..^3]);

        using LocalVectorStore store = _folder.Open();
        CollectionVerification found = await store.VerifyAsync("docs", CancellationToken.None);

        Assert.Null(found.Damage);
        Assert.Equal(1, found.Rows);
        Assert.InRange(found.Files[^1].TornBytes, LogFormat.FrameHeaderLength, whole.Length);
        Assert.Equal(whole[..^3], File.ReadAllBytes(_folder.Log));
    }

    [Fact]
    public async Task VerifyAsync_WhileOthersWriteAndTheLogIsRewritten_FindsNoDamage()
    {
        using LocalVectorStore store = _folder.Open();
        var notes = (LocalVectorStoreCollection<string, Note>)await Stores.CollectionAsync<string, Note>(store);
        int rewritten = 0;
        await Concurrently.RunAsync(
            [
                async cancelled =>
                {
                    for (int i = 0; (i < 40 || Volatile.Read(ref rewritten) < 5) && !cancelled.IsCancellationRequested; i++)
                    {
                        CollectionVerification found = await store.VerifyAsync("docs", CancellationToken.None);
                        Assert.Null(found.Damage);
                        Assert.Equal(0, found.Files[^1].TornBytes);
                    }
                },
            ],
            async cancelled =>
            {
                for (int round = 0; !cancelled.IsCancellationRequested; round++)
                {
                    await notes.UpsertAsync(Enumerable.Range(0, 500).Select(id => Note($"{id}")), CancellationToken.None);
                    if (round % 3 == 1)
                    {
                        await notes.CompactAsync(CancellationToken.None);
                        Interlocked.Increment(ref rewritten);
                    }
                }
            });
        Assert.NotEmpty(Directory.GetFiles(_folder.Path, "*.rows"));
    }

    [Fact]
    public async Task VerifyAsync_TheLogIsGoneOrForeign_SaysSo()
    {
        await FillAsync("a");
        using LocalVectorStore store = _folder.Open();
        string log = _folder.Log;
        File.Delete(log);
        Assert.Contains($"'{log}', the log of the collection, is not there.", (await store.VerifyAsync("docs")).Damage, StringComparison.Ordinal);

        using (LogWriter writer = LogWriter.Begin(new DiskFolder(_folder.Path).Create(Path.GetFileName(log)), log))
        {
            writer.Append(1, new byte[LogFormat.FrameHeaderLength + 1]);
        }

        Assert.Contains("does not begin with what the collection stores", (await store.VerifyAsync("docs")).Damage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerifyAsync_WhatCannotBeLookedAt_Throws()
    {
        await FillAsync("a");
        using LocalVectorStore store = _folder.Open();
        using LocalVectorStore memory = new();
        await Stores.CollectionAsync<string, Note>(memory);
        Assert.Contains("'other' does not exist", (await Assert.ThrowsAsync<VectorStoreException>(() => store.VerifyAsync("other"))).Message, StringComparison.Ordinal);
        Assert.Contains("has no Path", (await Assert.ThrowsAsync<InvalidOperationException>(() => memory.VerifyAsync("docs"))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.VerifyAsync("docs", new CancellationToken(canceled: true)));
        store.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.VerifyAsync("docs"));
    }

    private static void Flip(FileStream file, long at)
    {
        file.Position = at;
        int value = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(value ^ 0x40));
        file.Flush();
    }

    private static Note Note(string id) => new() { Id = id, Text = $"text of {id}", Number = 1, Vector = new float[] { 1, 0, 1 } };

    /// <summary>Fills the folder, a batch a note.</summary>
    private async Task<byte[]> FillAsync(params string[] ids)
    {
        using (LocalVectorStore store = _folder.Open())
        {
            var notes = await Stores.CollectionAsync<string, Note>(store);
            foreach (string id in ids)
            {
                await notes.UpsertAsync(Note(id));
            }
        }

        return File.ReadAllBytes(_folder.Log);
    }
}
