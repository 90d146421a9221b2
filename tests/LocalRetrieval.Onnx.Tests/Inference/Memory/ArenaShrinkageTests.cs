using LocalRetrieval.Onnx.Inference.Memory;

namespace LocalRetrieval.Onnx.Tests.Inference.Memory;

public sealed class ArenaShrinkageTests : IDisposable
{
    private const long Megabyte = 1 << 20;

    private readonly ManualTimers _timers = new();
    private readonly ArenaShrinkage _shrinkage;
    private long? _unused = 1 * Megabyte;
    private int _shrunk;

    public ArenaShrinkageTests() => _shrinkage = new ArenaShrinkage(_timers, () => _unused, Shrink);

    [Fact]
    public void Ran_SmallRuns_AreNotWorthALook()
    {
        _shrinkage.Ran(7 * Megabyte);

        Assert.False(_timers.IsArmed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Look_MadeInACallersContext_DoesNotKeepIt(bool isSuppressed)
    {
        AsyncLocal<string?> request = new() { Value = "a request" };
        string? seen = "nothing";
        FlowingTimers timers = new();
        using AsyncFlowControl noFlow = isSuppressed ? ExecutionContext.SuppressFlow() : default;
        using ArenaShrinkage shrinkage = new(timers, () => 100 * Megabyte, () => seen = request.Value);
        shrinkage.Ran(100 * Megabyte);

        timers.Elapse();
        timers.Elapse();

        Assert.Null(seen);
        Assert.Equal("a request", request.Value);
    }

    [Fact]
    public void Look_NothingRunSince_Shrinks()
    {
        Run(100);
        _timers.Elapse();
        Assert.Equal(0, _shrunk);

        _timers.Elapse();

        Assert.Equal(1, _shrunk);
        Assert.False(_timers.IsArmed);
    }

    [Fact]
    public void Look_SteadyLoad_NeverShrinks()
    {
        for (int i = 0; i < 100; i++)
        {
            Run(100 - (i % 70));
            _timers.Elapse();
        }

        Assert.Equal(0, _shrunk);
        Assert.True(_timers.IsArmed);
    }

    [Fact]
    public void Look_RunsOfAQuarterOfThePeakSince_ShrinksOnceAndKeepsWhatTheyTake()
    {
        Run(400);
        _timers.Elapse();
        for (int i = 0; i < 10; i++)
        {
            Run(100);
            _timers.Elapse();
        }

        Assert.Equal(1, _shrunk);
    }

    [Fact]
    public void Look_AnotherPeak_ShrinksAgain()
    {
        for (int i = 1; i <= 3; i++)
        {
            Run(100);
            _timers.Elapse();
            _timers.Elapse();

            Assert.Equal(i, _shrunk);
        }
    }

    [Fact]
    public void Look_TheArenaDoesNotTell_IsLeftAlone()
    {
        Run(100);
        _unused = null;
        _timers.Elapse();

        Assert.Equal(0, _shrunk);
        Assert.False(_timers.IsArmed);
    }

    [Fact]
    public void Look_ShrinkingFails_IsNobodysErrorAndNotTriedAgain()
    {
        int tried = 0;
        ManualTimers timers = new();
        using ArenaShrinkage shrinkage = new(timers, () => 100 * Megabyte, () =>
        {
            tried++;
            throw new InvalidOperationException("no memory");
        });
        shrinkage.Ran(100 * Megabyte);
        timers.Elapse();
        timers.Elapse();
        shrinkage.Ran(100 * Megabyte);

        Assert.Equal(1, tried);
        Assert.False(timers.IsArmed);
    }

    [Fact]
    public void Dispose_Armed_LooksNoMore()
    {
        Run(100);

        _shrinkage.Dispose();
        _shrinkage.Ran(100 * Megabyte);

        Assert.False(_timers.IsArmed);
    }

    public void Dispose() => _shrinkage.Dispose();

    private void Run(long megabytes)
    {
        _unused = Math.Max(_unused!.Value, megabytes * Megabyte);
        _shrinkage.Ran(megabytes * Megabyte);
    }

    private void Shrink()
    {
        _shrunk++;
        _unused = 1 * Megabyte;
    }
}
