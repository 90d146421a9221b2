namespace LocalRetrieval.Encoders.Tests.Scheduling;

public sealed class RunLaneTests
{
    private readonly RunLane _lane = new(RunPriority.Query, slots: 8);

    [Fact]
    public void Next_RunsOfSeveralSlots_CountForEach()
    {
        QueuedCall wide = Call(threads: 8, "wide");
        QueuedCall narrow = Call(threads: 1, "narrow");
        _lane.Add(wide);
        _lane.Add(narrow);
        int wideRuns = 0;
        int narrowRuns = 0;
        for (int i = 0; i < 400; i++)
        {
            QueuedCall next = _lane.Next();
            _lane.Take(next, limit: 1).Dispose();
            (wideRuns, narrowRuns) = next == wide ? (wideRuns + 1, narrowRuns) : (wideRuns, narrowRuns + 1);
        }

        // One in eight by slots, and what waits longest has each fifth turn.
        Assert.InRange((double)narrowRuns / wideRuns, 3, 8);
    }

    [Fact]
    public void Ran_WhileTheOtherWaits_CountsTheTimeOfItsSlots()
    {
        _lane.Ran(Run(slots: 8, isContended: true), TimeSpan.FromSeconds(2));
        _lane.Ran(Run(slots: 1, isContended: true), TimeSpan.FromSeconds(3));
        _lane.Ran(Run(slots: 8, isContended: false), TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.FromSeconds(19), _lane.Contended);
    }

    [Fact]
    public void Add_MoreCallersThanAreRemembered_ForgetsThoseThatHaveNoHeadStartToLose()
    {
        KnownCallers known = new();
        RunCaller last = known.Of("last", newcomer: 0);
        last.Served = 1000;
        for (int i = 0; i < 10_000; i++)
        {
            known.Of(i, newcomer: 500);
        }

        Assert.InRange(known.Count, 2, 200);
        Assert.Same(last, known.Of("last", newcomer: 500));
        known.Clear();
        Assert.NotSame(last, known.Of("last", newcomer: 500));
    }

    private static QueuedRun Run(int slots, bool isContended) => new(Target(threads: 1)) { Slots = slots, IsContended = isContended };

    private static ReadingCall<int> Call(int threads, string caller) =>
        new(Target(threads), [.. Enumerable.Repeat(new TokenizedText([1, 2, 3, 4], [0, 0, 0, 0], 0), 400)], new RunRequest { Caller = caller }, 0, (_, _, _) => { });

    private static RunTarget Target(int threads)
    {
        EchoBackend backend = new() { Info = new("echo", "an echo", OutputKind.SentenceEmbedding, 1) { ThreadsPerRun = threads } };
        return new RunTarget("echo", backend, new RunGate(typeof(RunLaneTests)), budget: 1, TimeSpan.FromMilliseconds(50));
    }
}
