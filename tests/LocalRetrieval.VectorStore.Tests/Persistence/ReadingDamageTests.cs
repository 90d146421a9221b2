using LocalRetrieval.Testing;
using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Persistence;

/// <summary>A store that only reads tells of damage, and reads on once that is mended.</summary>
public sealed class ReadingDamageTests : IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly RecordingLoggerFactory _log = new();

    public void Dispose()
    {
        _folder.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Open_DamagedLog_ReadsWhatStandsBeforeAndTellsOnce()
    {
        await WriteAsync(1, 2, 3, 4, 5);
        byte[] bytes = Damage("number 4");
        using LocalVectorStore reader = Read();

        Assert.Equal("123", await IdsAsync(reader));
        await reader.RefreshAsync();

        Assert.Equal("123", await IdsAsync(reader));
        Assert.Contains($"'{_folder.Log}', the log of collection 'docs', is damaged at byte", Assert.Single(_log.Messages), StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(_folder.Log));
    }

    [Fact]
    public async Task RefreshAsync_WhatWasWrittenSinceIsDamaged_TellsOnce()
    {
        await WriteAsync(1, 2);
        using LocalVectorStore reader = Read();
        Assert.Equal("12", await IdsAsync(reader));
        await WriteAsync(3, 4, 5);
        Damage("number 4");

        await reader.RefreshAsync();
        await reader.RefreshAsync();

        Assert.Equal("123", await IdsAsync(reader));
        Assert.Contains("is damaged at byte", Assert.Single(_log.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefreshAsync_TheLogWasRepairedAndWrittenTo_HasWhatTheWriterHas()
    {
        // Behind the place where it was cut the log is written on in frames of the same length, and has fewer, as many, or more of them than the reader has read.
        foreach (int written in (int[])[0, 1, 3, 4, 5, 6])
        {
            await DeleteAsync();
            await WriteAsync(1, 2, 3, 4, 5, 6);
            using LocalVectorStore reader = Read();
            Assert.Equal("123456", await IdsAsync(reader));
            Damage("number 3");
            using (LocalVectorStore repaired = _folder.Open())
            {
                Assert.NotEqual(0, await repaired.RepairAsync("docs"));
            }

            int[] keys = [.. Enumerable.Range(4, written)];
            await WriteAsync(keys);
            await reader.RefreshAsync();

            Assert.Equal($"12{string.Concat(keys)}", await IdsAsync(reader));
        }
    }

    [Fact]
    public async Task RefreshAsync_AChangeThatThisVersionDoesNotKnow_FailsAndDoesNotTakeInTwice()
    {
        await WriteAsync(1);
        using LocalVectorStore reader = Read();
        Assert.Equal("1", await IdsAsync(reader));
        await WriteAsync(2);
        long whole = new FileInfo(_folder.Log).Length;
        Append(generation: 100, kind: 200);

        Assert.Contains("of generation 100", (await Assert.ThrowsAsync<InvalidDataException>(() => reader.RefreshAsync())).Message, StringComparison.Ordinal);
        Assert.Equal("12", await IdsAsync(reader));
        Assert.Equal(2, (await reader.GetStatisticsAsync("docs")).Records);

        // It is read anew now, which fails for as long as that stands there.
        await reader.RefreshAsync();
        await Assert.ThrowsAsync<InvalidDataException>(() => IdsAsync(reader));
        using (FileStream file = new(_folder.Log, FileMode.Open))
        {
            file.SetLength(whole);
        }

        Assert.Equal("12", await IdsAsync(reader));
    }

    [Fact]
    public async Task Open_DamagedLargeSnapshot_IsToldInTheBackground()
    {
        using (LocalVectorStore writer = _folder.Open())
        {
            var notes = (LocalVectorStoreCollection<string, Note>)await Stores.CollectionAsync<string, Note>(writer);
            await notes.UpsertAsync(Enumerable.Range(0, 18).Select(key => new Note { Id = $"{key}", Text = new string('x', 1 << 20), Vector = new float[] { key, 1, 1 } }));
            await notes.CompactAsync();
        }

        string snapshot = Directory.GetFiles(_folder.Path, "*.rows").Single();
        using (FileStream file = new(snapshot, FileMode.Open))
        {
            Assert.InRange(file.Length, (16 << 20) + 1, long.MaxValue);
            file.Position = file.Length / 2;
            file.WriteByte((byte)'y');
        }

        using FirstMessage log = new();
        using LocalVectorStore reader = new(new LocalVectorStoreOptions { Path = _folder.Path, IsReadOnly = true }, log);
        Assert.NotNull(await reader.GetCollection<string, Note>("docs").GetAsync("1"));

        Assert.Contains($"'{snapshot}' is damaged between byte", await log.Message.WaitAsync(TimeSpan.FromMinutes(2)), StringComparison.Ordinal);
    }

    private static async Task<string> IdsAsync(LocalVectorStore store) =>
        string.Concat(await store.GetCollection<string, Note>("docs").GetAsync(_ => true, 100).Select(note => note.Id).Order(StringComparer.Ordinal).ToListAsync());

    private LocalVectorStore Read() => new(new LocalVectorStoreOptions { Path = _folder.Path, IsReadOnly = true }, _log);

    /// <summary>Writes a batch a key, and closes the store: all is flushed.</summary>
    private async Task WriteAsync(params int[] keys)
    {
        using LocalVectorStore writer = _folder.Open(Durability.Disk);
        VectorStoreCollection<string, Note> notes = await Stores.CollectionAsync<string, Note>(writer);
        foreach (int key in keys)
        {
            await notes.UpsertAsync(new Note { Id = $"{key}", Text = $"number {key}", Number = key, Vector = new float[] { key, 1, 1 } });
        }
    }

    private async Task DeleteAsync()
    {
        using LocalVectorStore writer = _folder.Open();
        await writer.EnsureCollectionDeletedAsync("docs");
    }

    private byte[] Damage(string text)
    {
        byte[] bytes = File.ReadAllBytes(_folder.Log);
        bytes[bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text))] ^= 1;
        using FileStream file = new(_folder.Log, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Write(bytes);
        return bytes;
    }

    /// <summary>Writes a change as a later version might.</summary>
    private void Append(long generation, byte kind)
    {
        IStoreFile file = new DiskFolder(_folder.Path).Open(Path.GetFileName(_folder.Log), isWritten: true);
        using LogWriter writer = LogWriter.Continue(file, _folder.Log, LogReader.Open(file, _folder.Log).Number, file.Length);
        byte[] frame = new byte[LogFormat.FrameHeaderLength + 1];
        frame[^1] = kind;
        writer.Append(generation, frame);
    }

    private sealed class FirstMessage : ILoggerFactory, ILogger
    {
        private readonly TaskCompletionSource<string> _message = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Message => _message.Task;

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _message.TrySetResult(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
