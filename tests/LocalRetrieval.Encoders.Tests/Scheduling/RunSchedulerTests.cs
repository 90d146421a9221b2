using System.Collections.Concurrent;
using System.Globalization;

namespace LocalRetrieval.Encoders.Tests.Scheduling;

public sealed class RunSchedulerTests
{
    // Each call its own: calls of one request are one caller's.
    private static RunRequest Document => new() { Priority = RunPriority.Document };

    [Fact]
    public async Task RunAsync_OneRowOnAnIdleMachine_IsRunOnTheCallingThread()
    {
        TestEncoder encoder = new(new RunScheduler(2, TimeProvider.System));
        int thread = 0;
        encoder.Backend.OnRun = _ => thread = Environment.CurrentManagedThreadId;

        Task<float[]> call = encoder.RunAsync([7]);

        Assert.Equal(Environment.CurrentManagedThreadId, thread);
        Assert.Equal((float[])[7], await call);
    }

    [Fact]
    public async Task RunAsync_OneRowThatIsAPortion_LeavesTheCallingThreadToTheNext()
    {
        TestEncoder encoder = new(new RunScheduler(2, TimeProvider.System), new EchoBackend { IsFasterAlone = true });
        using Barrier both = new(2);
        encoder.Backend.OnRun = run => Assert.True(!run.IsAlone && both.SignalAndWait(TimeSpan.FromSeconds(60)));

        Task<float[]>[] portions = [encoder.RunAsync([1], new RunRequest { IsPortion = true }), encoder.RunAsync([2], new RunRequest { IsPortion = true }, tokens: 200)];

        Assert.Equal((float[])[1, 2], (await Task.WhenAll(portions)).Select(result => result[0]));
    }

    [Fact]
    public async Task RunAsync_OneRowOnAnIdleMachine_HasItForItselfWhereThatIsFaster()
    {
        foreach (bool isFasterAlone in new[] { false, true })
        {
            TestEncoder encoder = new(new RunScheduler(4, TimeProvider.System), new EchoBackend { IsFasterAlone = isFasterAlone });
            List<bool> alone = [];
            encoder.Backend.OnRun = run => alone.Add(run.IsAlone);

            await encoder.RunAsync([1]);
            await encoder.RunAsync([1, 2], new RunRequest { IsOneRun = true });

            Assert.Equal([isFasterAlone, false], alone);
        }
    }

    [Fact]
    public async Task RunAsync_OneRowThatTakesLong_HasTheMachineForItselfEachTime()
    {
        ManualTime time = new();
        TestEncoder encoder = new(new RunScheduler(4, time), new EchoBackend { IsFasterAlone = true });
        List<bool> alone = [];
        encoder.Backend.OnRun = run =>
        {
            alone.Add(run.IsAlone);
            time.Advance(TimeSpan.FromSeconds(1));
        };

        for (int i = 0; i < 3; i++)
        {
            await encoder.RunAsync([1]);
        }

        Assert.Equal([true, true, true], alone);
        Assert.Null(encoder.Target.Cost.Predict(1));
    }

    [Fact]
    public async Task RunAsync_OneRowThatIsCounted_LeavesSlotsToOthers()
    {
        TestEncoder encoder = new(new RunScheduler(2, TimeProvider.System), new EchoBackend { CountsLoneRows = true });
        (HeldRun held, Task<float[]> first) = await HeldRun.StartAsync(encoder);
        using (held)
        {
            Assert.True((await held.Begun).IsAlone);
            Assert.Equal((float[])[2], await encoder.RunAsync([2]).WaitAsync(TimeSpan.FromSeconds(60)));
            Assert.False(Assert.Single(held.Later).IsAlone);
            held.Release();
            await first;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task RunAsync_CallsOfManyLengthsAtOnce_EndWithTheirOwnResults(int seed)
    {
        RunScheduler scheduler = new(slots: 2, TimeProvider.System);
        TestEncoder encoder = new(scheduler, budget: 512);
        Random random = new(seed);
        int[] lengths = [.. Enumerable.Range(0, 4000).Select(_ => random.Next(1, 60))];

        float[][] results = await Task.WhenAll(lengths.Select((_, number) => number).Chunk(80).Select((numbers, call) =>
            Task.Run(() => encoder.RunAsync(numbers, number => lengths[number], new RunRequest { Caller = call % 5, IsPortion = call % 2 == 0 })))).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(Enumerable.Range(0, 4000).Select(number => (float)number), results.SelectMany(result => result));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task RunAsync_ThreeEncodersUnderLoad_NeverRunMoreThanThereAreSlots(int slots)
    {
        RunScheduler scheduler = new(slots, TimeProvider.System);
        int running = 0;
        int most = 0;
        TestEncoder[] encoders = [.. Enumerable.Range(0, 3).Select(_ => new TestEncoder(scheduler, budget: 16))];
        foreach (TestEncoder encoder in encoders)
        {
            encoder.Backend.OnRun = _ =>
            {
                lock (encoders)
                {
                    most = Math.Max(most, ++running);
                }

                Thread.Yield();
                lock (encoders)
                {
                    running--;
                }
            };
        }

        int[] numbers = [.. Enumerable.Range(0, 300)];
        float[][] results = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Task.Run(() => encoders[i % 3].RunAsync(numbers, i % 2 == 0 ? Document : null))));

        Assert.All(results, result => Assert.Equal(numbers.Select(number => (float)number), result));
        Assert.InRange(most, 1, slots);
        Assert.Equal(slots > 1, most > 1);
    }

    [Fact]
    public async Task RunAsync_ClockThatJumps_RunsAllTheSame()
    {
        ManualTime time = new();
        TestEncoder encoder = new(new RunScheduler(2, time));
        Random random = new(3);
        encoder.Backend.OnRun = _ =>
        {
            lock (random)
            {
                time.Advance(TimeSpan.FromDays(random.Next(-400, 400)));
            }
        };

        for (int i = 0; i < 50; i++)
        {
            Assert.Equal((float[])[1, 2, 3], await encoder.RunAsync([1, 2, 3], i % 2 == 0 ? Document : null));
        }
    }

    [Fact]
    public async Task RunAsync_CallOfSeveralRows_IsSpreadOverTheSlots()
    {
        TestEncoder encoder = new(new RunScheduler(2, TimeProvider.System));
        using Barrier both = new(2);
        encoder.Backend.OnRun = _ => Assert.True(both.SignalAndWait(TimeSpan.FromSeconds(60)));

        await encoder.RunAsync([1, 2], tokens: 200);

        Assert.Equal(2, encoder.Backend.MostRunning);
    }

    [Fact]
    public async Task RunAsync_CallOfManyLongRows_LeavesMostOfThemForLaterRuns()
    {
        TestEncoder encoder = new(new RunScheduler(2, TimeProvider.System), budget: int.MaxValue);
        ConcurrentBag<int> runs = [];
        encoder.Backend.OnRun = run => runs.Add(run.Rows.Length);

        // They cost 80 tokens each: a run takes a quarter of the 2,560 that wait, then of what is left, or 256 of it, and no more than half.
        await encoder.RunAsync([.. Enumerable.Range(0, 32)], tokens: 64);

        Assert.Equal(32, runs.Sum());
        Assert.Equal(8, runs.Max());
        Assert.InRange(runs.Count, 7, 12);
    }

    [Fact]
    public async Task RunAsync_Context_IsNotThatOfAnotherCaller()
    {
        AsyncLocal<string?> local = new();
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime()));
        List<(string?, string)> seen = [];
        (HeldRun held, Task<float[]> first) = await HeldRun.StartAsync(encoder, then: _ => seen.Add((local.Value, CultureInfo.CurrentCulture.Name)));
        using (held)
        {
            local.Value = "mine";
            CultureInfo before = CultureInfo.CurrentCulture;
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            Task second = encoder.RunAsync([1, 2]);
            CultureInfo.CurrentCulture = before;
            local.Value = null;
            held.Release();
            await Task.WhenAll(first, second);

            Assert.All(seen, entry => Assert.Null(entry.Item1));
            Assert.All(seen, entry => Assert.NotEqual("tr-TR", entry.Item2));
            Assert.NotEmpty(seen);
        }
    }

    [Fact]
    public async Task RunAsync_CallerThatBlocksWhereItContinues_StallsNobody()
    {
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime()));
        using ManualResetEventSlim blocked = new();
        (HeldRun held, Task<float[]> first) = await HeldRun.StartAsync(encoder);
        using (held)
        {
            Task blocking = Task.Run(async () =>
            {
                await encoder.RunAsync([1, 2]).ConfigureAwait(false);
                blocked.Wait();
            });
            Task<float[]> other = encoder.RunAsync([3, 4]);
            held.Release();

            Assert.Equal((float[])[3, 4], await other);
            Assert.Equal((float[])[5, 6], await encoder.RunAsync([5, 6]));
            blocked.Set();
            await Task.WhenAll(blocking, first);
        }
    }
}
