using LocalRetrieval.Testing;
using LocalRetrieval.VectorData.MultiVectors.FirstPass;

namespace LocalRetrieval.VectorData.Tests.MultiVectors;

public sealed class FirstPassUpkeepTests : IDisposable
{
    private readonly RecordingLoggerFactory _log = new();
    private readonly FirstPassUpkeep _upkeep;

    public FirstPassUpkeepTests() => _upkeep = new FirstPassUpkeep("docs", _log);

    public void Dispose()
    {
        _upkeep.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Begin_Fails_IsLoggedAndSaidUntilItIsMade()
    {
        _upkeep.Begin(static _ => throw new InsufficientMemoryException());
        Assert.True(await _upkeep.WhenMadeAsync(CancellationToken.None));
        Assert.Equal("there was no memory for it", _upkeep.Fault);
        _upkeep.Begin(static _ => throw new InvalidOperationException("Broken."));
        Assert.True(await _upkeep.WhenMadeAsync(CancellationToken.None));
        Assert.Equal("it failed: Broken.", _upkeep.Fault);
        Assert.Equal(2, _log.Messages.Count);
        Assert.All(_log.Messages, message => Assert.Equal(
            "What the first pass of collection 'docs' compares could not be made: searches compare all vectors until the next snapshot is made, or the collection is opened anew.", message));

        _upkeep.Begin(static _ => { });

        Assert.True(await _upkeep.WhenMadeAsync(CancellationToken.None));
        Assert.Null(_upkeep.Fault);
    }

    [Fact]
    public async Task Begin_WhileAnotherIsUnderWay_EndsThatAndHasItsWaitersWait()
    {
        using ManualResetEventSlim mayEnd = new();
        _upkeep.Begin(WaitForTheEnd);
        Task<bool> waiting = _upkeep.WhenMadeAsync(CancellationToken.None);

        _upkeep.Begin(_ => mayEnd.Wait(CancellationToken.None));

        Assert.False(waiting.IsCompleted);
        mayEnd.Set();
        Assert.True(await waiting);
        Assert.Null(_upkeep.Fault);
        Assert.Empty(_log.Messages);
    }

    [Fact]
    public async Task Dispose_UnderWay_EndsItAndTellsWhoeverWaits()
    {
        _upkeep.Begin(WaitForTheEnd);
        Task<bool> waiting = _upkeep.WhenMadeAsync(CancellationToken.None);

        _upkeep.Dispose();

        Assert.False(await waiting);
        _upkeep.Begin(static _ => throw new InvalidOperationException("Nobody calls it."));
        Assert.False(await _upkeep.WhenMadeAsync(CancellationToken.None));
        Assert.Empty(_log.Messages);
    }

    [Fact]
    public async Task WhenMadeAsync_Cancelled_Throws()
    {
        _upkeep.Begin(WaitForTheEnd);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _upkeep.WhenMadeAsync(new CancellationToken(canceled: true)));
    }

    private static void WaitForTheEnd(CancellationToken ending)
    {
        ending.WaitHandle.WaitOne();
        ending.ThrowIfCancellationRequested();
    }
}
