using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Tests.Testing;

namespace LocalRetrieval.VectorData.Tests.Log;

/// <summary>What is read of a log is what was written, from its beginning on, whatever became of the file.</summary>
public sealed class LogTests
{
    private const string Name = "a.log";

    private readonly PowerLossFolder _folder = new();

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        byte[][] payloads = [[], [1], new byte[70_000], [.. "LRFM"u8, .. "LRFM"u8]];
        byte[] log = Write(payloads);

        (List<byte[]> read, LogEnd end) = Read(log);

        Assert.Equal(payloads, read);
        Assert.Equal((log.Length, log.Length, payloads.Length, 0), (end.Offset, end.Length, end.Generation, end.LaterFrames));
    }

    [Fact]
    public void Read_LogThatGoesOn_IsReadFromWhereItEnded()
    {
        byte[] log = Write([1], [2]);
        using IStoreFile file = FileOf(log);
        LogReader reader = LogReader.Open(file, Name);
        LogEnd end = reader.Read(static (_, _) => { });
        using (LogWriter writer = LogWriter.Continue(file, Name, reader.Number, end.Offset))
        {
            writer.Append(3, Frame([3]));
        }

        List<byte[]> later = [];
        reader.Read((_, payload) => later.Add(payload.ToArray()), end.Offset, end.Generation);

        // The empty one says that all was flushed when the log was closed.
        Assert.Equal([[3], []], later);
    }

    [Fact]
    public async Task FlushAsync_WhileTheWriterIsDisposedOf_EndsWithoutAnError()
    {
        using StoreFolder folder = new();
        DiskFolder files = new(folder.Path);
        for (int round = 0; round < 100; round++)
        {
            LogWriter writer = LogWriter.Begin(files.Create($"{round}.log"), Name);
            writer.Append(1, Frame([1]));
            Task waiting = writer.FlushAsync(writer.Length);
            writer.Dispose();
            await waiting;
        }
    }

    [Fact]
    public void Read_EachLengthOfTheLastThreeFrames_IsATornTail()
    {
        byte[][] payloads = [[1, 2, 3], [4, 5], [6], [7, 8, 9, 10]];
        byte[] log = Write(payloads);
        int last = payloads[1..].Sum(payload => payload.Length + LogFormat.FrameHeaderLength);
        for (int length = log.Length - last; length < log.Length; length++)
        {
            (List<byte[]> read, LogEnd end) = Read(log[..length]);

            Assert.Equal(payloads[..read.Count], read);
            Assert.Equal(end.Offset < length, end.IsTorn);
            Assert.False(end.IsDamaged);
            Assert.InRange(length - end.Offset, 0, LogFormat.FrameHeaderLength + 4);
        }
    }

    [Fact]
    public void Read_EachBitOfEachByteFlipped_IsNeverAnythingElse()
    {
        byte[][] payloads = [[1, 2, 3], [], [4, 5], [6, 7]];
        byte[] log = Write(payloads);
        for (int bit = 0; bit < log.Length * 8; bit++)
        {
            byte[] broken = [.. log];
            broken[bit / 8] ^= (byte)(1 << (bit % 8));
            if (bit / 8 < LogFormat.HeaderLength)
            {
                Assert.Throws<InvalidDataException>(() => Read(broken));
                continue;
            }

            (List<byte[]> read, LogEnd end) = Read(broken);
            Assert.Equal(payloads[..read.Count], read);
            Assert.True(read.Count < payloads.Length);

            // What stands behind the broken one is whole; nothing of it was flushed.
            Assert.Equal(payloads.Length - read.Count - 1, end.LaterFrames);
            Assert.False(end.IsDamaged);
        }
    }

    [Fact]
    public void Read_WhatIsMissingWasFlushed_IsDamage()
    {
        using IStoreFile file = _folder.Create("flushed.log");
        LogWriter writer = LogWriter.Begin(file, Name);
        long first = writer.Append(1, Frame([1]));
        writer.Append(2, Frame([2]));
        writer.Flush();
        writer.Append(3, Frame([3]));
        writer.Append(4, Frame([4]));
        byte[] log = new byte[file.Length];
        file.Read(0, log);

        byte[] flushed = [.. log];
        flushed[first + 5] ^= 1;
        byte[] onItsWay = [.. log];
        onItsWay[^(2 * (LogFormat.FrameHeaderLength + 1) - 5)] ^= 1;

        Assert.True(Read(flushed).End.IsDamaged);
        Assert.False(Read(onItsWay).End.IsDamaged);
        Assert.Equal(1, Read(onItsWay).End.LaterFrames);
    }

    [Fact]
    public void Read_FramesOfAnotherLog_AreNone()
    {
        byte[] log = Write([1], [2]);
        byte[] other = Write([9, 9], [8], [7]);

        (List<byte[]> read, LogEnd end) = Read([.. log, .. other[LogFormat.HeaderLength..]]);

        Assert.Equal([[1], [2]], read);
        Assert.True(end.IsTorn);
    }

    [Fact]
    public void Read_PayloadThatIsALog_IsAPayload()
    {
        byte[] inner = Write([1], [2], [3]);
        byte[] log = Write([5], inner);

        (List<byte[]> read, LogEnd end) = Read(log[..^1]);

        Assert.Equal([[5]], read);
        Assert.True(end.IsTorn);
    }

    [Theory]
    [InlineData("")]
    [InlineData("LR")]
    [InlineData("This is a text that somebody put there.")]
    public void Open_NoLog_IsRefused(string text)
    {
        using IStoreFile file = FileOf(System.Text.Encoding.UTF8.GetBytes(text));

        Assert.Contains("is no log of a store", Assert.Throws<InvalidDataException>(() => LogReader.Open(file, Name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_LaterFormat_IsRefusedByItsNumber()
    {
        byte[] log = Write([1]);
        log[8] = 9;
        BitConverter.TryWriteBytes(log.AsSpan(20), Checksum.Of(log.AsSpan(0, 20)));
        using IStoreFile file = FileOf(log);

        Assert.Contains("format 9", Assert.Throws<InvalidDataException>(() => LogReader.Open(file, Name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_AfterAFlushFailed_IsRefused()
    {
        FailingFile file = new();
        using LogWriter writer = LogWriter.Begin(file, Name);
        file.Fails = true;
        long end = writer.Append(1, Frame([1]));
        await Assert.ThrowsAsync<IOException>(() => writer.FlushAsync(end));
        file.Fails = false;

        Assert.Contains("takes no more writes", Assert.Throws<IOException>(() => writer.Append(2, Frame([2]))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(() => writer.FlushAsync(end));
    }

    [Fact]
    public async Task FlushAsync_ManyWait_ShareFlushes()
    {
        FailingFile file = new();
        using LogWriter writer = LogWriter.Begin(file, Name);
        int before = file.Flushes;
        file.Gate.Reset();
        Task[] commits = [.. Enumerable.Range(1, 50).Select(generation => writer.FlushAsync(writer.Append(generation, Frame([1]))))];
        file.Gate.Set();
        await Task.WhenAll(commits);

        Assert.InRange(file.Flushes - before, 1, 2);
    }

    private static byte[] Frame(byte[] payload) => [.. new byte[LogFormat.FrameHeaderLength], .. payload];

    private byte[] Write(params byte[][] payloads)
    {
        _folder.Delete(Name);
        using IStoreFile file = _folder.Create(Name);
        LogWriter writer = LogWriter.Begin(file, Name);
        for (int i = 0; i < payloads.Length; i++)
        {
            writer.Append(i + 1, Frame(payloads[i]));
        }

        byte[] log = new byte[file.Length];
        Assert.Equal(log.Length, file.Read(0, log));
        return log;
    }

    private (List<byte[]> Payloads, LogEnd End) Read(byte[] log)
    {
        using IStoreFile file = FileOf(log);
        List<byte[]> payloads = [];
        LogEnd end = LogReader.Open(file, Name).Read((_, payload) => payloads.Add(payload.ToArray()));
        return (payloads, end);
    }

    private IStoreFile FileOf(byte[] bytes)
    {
        _folder.Delete(Name);
        IStoreFile file = _folder.Create(Name);
        file.Write(0, bytes);
        return file;
    }

    /// <summary>A file whose flushes can be held up, and can fail.</summary>
    private sealed class FailingFile : IStoreFile
    {
        public ManualResetEventSlim Gate { get; } = new(initialState: true);

        public bool Fails { get; set; }

        public int Flushes { get; private set; }

        public long Length => 0;

        public int Read(long offset, Span<byte> buffer) => 0;

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
        }

        public void SetLength(long length)
        {
        }

        public void Flush()
        {
            Gate.Wait();
            Flushes++;
            if (Fails)
            {
                throw new IOException("The disk is gone.");
            }
        }

        public void Dispose() => Gate.Dispose();
    }
}
