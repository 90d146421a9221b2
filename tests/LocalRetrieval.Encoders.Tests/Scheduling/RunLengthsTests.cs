namespace LocalRetrieval.Encoders.Tests.Scheduling;

/// <summary>Which rows share a run, by their tokens.</summary>
public sealed class RunLengthsTests : IDisposable
{
    private const long Limit = 1024;

    private readonly RunLane _lane = new(RunPriority.Document, slots: 2);
    private readonly EchoBackend _backend = new();
    private readonly RunTarget _target;

    public RunLengthsTests() => _target = new RunTarget("echo", _backend, new RunGate(typeof(RunLengthsTests)), budget: (int)Limit, TimeSpan.FromSeconds(1));

    public void Dispose() => _backend.Dispose();

    [Theory]
    [InlineData(new[] { 40, 39, 40, 20, 20 }, new[] { 40, 40, 39 })]
    [InlineData(new[] { 300, 120 }, new[] { 300 })]
    [InlineData(new[] { 7, 8, 6 }, new[] { 8, 7, 6 })]
    [InlineData(new[] { 8, 2 }, new[] { 8 })]
    public void Take_RowsOfOneCall_EndsWhereARowWouldBePaddedByMoreThanItSaves(int[] tokens, int[] expected)
    {
        using QueuedRun run = Take(Add(new RunRequest(), tokens));

        Assert.Equal(expected, LengthsOf(run));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(63)]
    public void Take_RowsOfOneLength_AreAsManyAsTheLimitAllows(int tokens)
    {
        using QueuedRun run = Take(Add(new RunRequest(), [.. Enumerable.Repeat(tokens, 2000)]));

        Assert.True(run.Cost <= Limit);
        Assert.True(BatchPlanner.Cost(run.Count + 1, tokens) > Limit);
    }

    [Fact]
    public void Take_RowsWithoutTokens_ShareARun()
    {
        using QueuedRun run = Take(Add(new RunRequest(), [0, 0, 0]));

        Assert.Equal(3, run.Count);
    }

    [Fact]
    public void Take_RowsInOrder_ShareARunWhateverTheirLengths()
    {
        using QueuedRun run = Take(Add(new RunRequest { IsInOrder = true }, [5, 60, 5]));

        Assert.Equal([5, 60, 5], LengthsOf(run));
    }

    [Fact]
    public void Take_RunThatEndsBeforeTheLimit_TakesInWhatIsAsLongOfOthers()
    {
        QueuedCall call = Add(new RunRequest(), [40, 12]);
        Add(new RunRequest(), [90, 41, 40, 3]);
        Add(new RunRequest(), [39]);
        Add(new RunRequest { IsInOrder = true }, [40]);

        using QueuedRun run = Take(call);

        // The second call's longest row and its shortest are what is looked at of it.
        Assert.Equal([40, 39], LengthsOf(run));
        Assert.Equal(1, call.Waiting);
    }

    [Fact]
    public void Take_TextsOfManyLengths_CostsLessThanRunsFilledToTheLimit()
    {
        Random random = new(1);
        double cut = 0;
        double filled = 0;
        for (int i = 0; i < 50; i++)
        {
            int[] tokens = [.. Enumerable.Range(0, 100).Select(_ => random.Next(8, 48))];
            QueuedCall call = Add(new RunRequest(), tokens);
            while (call.Waiting > 0)
            {
                using QueuedRun run = Take(call);
                cut += run.Cost + RunCost.Overhead;
            }

            filled += BatchPlanner.ByLength(tokens, (int)Limit).Sum(batch => BatchPlanner.Cost(batch.Length, tokens[batch[0]]) + RunCost.Overhead);
        }

        Assert.InRange(cut / filled, .5, .9);
    }

    private ReadingCall<int> Add(RunRequest request, int[] tokens)
    {
        TokenizedText[] rows = Array.ConvertAll(tokens, count => new TokenizedText([.. Enumerable.Repeat(count, count)], new int[count], 0));
        ReadingCall<int> call = new(_target, rows, request, 0, (_, _, _) => { });
        _lane.Add(call);
        return call;
    }

    private QueuedRun Take(QueuedCall call) => _lane.Take(call, Limit);

    // Each row's tokens are its length.
    private int[] LengthsOf(QueuedRun run)
    {
        int[] lengths = [];
        _backend.OnRun = seen => lengths = [.. seen.Rows];
        run.Run((_, exception) => throw exception);
        return lengths;
    }
}
