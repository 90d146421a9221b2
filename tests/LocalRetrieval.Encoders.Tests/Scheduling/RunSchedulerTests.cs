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
    public async Task RunAsync_CallsThatWait_ShareARunWithRowsOfAboutTheirLength()
    {
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime()));
        (HeldRun held, Task<float[]> first) = await HeldRun.StartAsync(encoder);
        using (held)
        {
            Task<float[]>[] calls = [.. Enumerable.Range(0, 10).Select(i => encoder.RunAsync([i], tokens: 10 + (i % 3))), encoder.RunAsync([100], tokens: 200)];
            held.Release();
            float[][] results = await Task.WhenAll(calls);
            await first;

            Assert.Equal([.. Enumerable.Range(0, 10), 100], results.Select(result => (int)result[0]));
            Assert.Equal([1, 10], held.Later.Select(run => run.Rows.Length).Order());
        }
    }

    [Fact]
    public async Task RunAsync_SmallJobBesideALargeOne_EndsTwoRunsAfterItsOwn()
    {
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime()), budget: 20);
        (HeldRun held, Task<float[]> large) = await HeldRun.StartAsync(encoder, () => encoder.RunAsync([.. Enumerable.Repeat(0, 10_000)], Document));
        using (held)
        {
            Task<float[]> small = encoder.RunAsync([.. Enumerable.Repeat(1, 10)], Document);
            held.Release();
            await small;
            await large;

            int own = held.Later.Count(run => run.Rows.Contains(1));
            int last = held.Later.Select((run, i) => run.Rows.Contains(1) ? i : -1).Max();
            Assert.InRange(last + 1, own, own + 2);
        }
    }

    [Fact]
    public async Task RunAsync_CallsOfOneCaller_ShareTheirTurns()
    {
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime()), budget: 1);
        (HeldRun held, Task<float[]> first) = await HeldRun.StartAsync(encoder);
        using (held)
        {
            RunRequest many = new() { Caller = "many" };
            Task[] calls = [.. Enumerable.Range(0, 50).Select(_ => encoder.RunAsync([.. Enumerable.Repeat(1, 40)], many)), encoder.RunAsync([.. Enumerable.Repeat(2, 40)], new RunRequest { Caller = "other" })];
            held.Release();
            await Task.WhenAll([.. calls, first]);

            // One in two, though the other has fifty times as much; a fifth of the turns goes by waiting.
            int last = held.Later.Select((run, i) => run.Rows[0] == 2 ? i : -1).Max();
            Assert.InRange(last, 40, 100);
        }
    }

    [Fact]
    public async Task RunAsync_NewcomersWithoutEnd_LeaveALargeJobItsFifth()
    {
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime()), budget: 1);
        int left = 400;
        (HeldRun held, Task<float[]> first) = await HeldRun.StartAsync(encoder);
        using (held)
        {
            Task large = encoder.RunAsync([.. Enumerable.Repeat(1, 50)], Document);
            Task[] others = [.. Enumerable.Range(0, 8).Select(_ => Newcomers())];
            held.Release();
            await Task.WhenAll([first, large, .. others]);

            int done = held.Later.Select((run, i) => run.Rows[0] == 1 ? i : -1).Max();
            Assert.InRange(done, 50, 50 * 6);
        }

        async Task Newcomers()
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await encoder.RunAsync([2], Document);
            }
        }
    }

    [Fact]
    public async Task RunAsync_QueriesAndDocuments_QueriesGoFirstAndDocumentsKeepAFifth()
    {
        ManualTime time = new();
        TestEncoder encoder = new(new RunScheduler(1, time), budget: 1);
        (HeldRun held, Task<float[]> first) = await HeldRun.StartAsync(encoder, then: _ => time.Advance(TimeSpan.FromMilliseconds(10)));
        using (held)
        {
            Task documents = encoder.RunAsync([.. Enumerable.Repeat(1, 100)], Document);
            Task queries = Task.WhenAll(Enumerable.Range(0, 200).Select(_ => encoder.RunAsync([2])));
            held.Release();
            await Task.WhenAll(queries, documents, first);

            int lastQuery = held.Later.Select((run, i) => run.Rows[0] == 2 ? i : -1).Max();
            int documentsMeanwhile = held.Later.Take(lastQuery).Count(run => run.Rows[0] == 1);

            // 200 queries are 80 %: 50 documents.
            Assert.InRange(documentsMeanwhile, 48, 56);
            Assert.Equal(2, held.Later.Take(4).Max(run => run.Rows[0]));
        }
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
    public async Task RunAsync_InOrderWithAnEnd_RunsTheFirstAndStops()
    {
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime()));
        List<int> seen = [];
        encoder.Backend.OnRun = run => seen.AddRange(run.Rows);

        float[] results = await encoder.RunAsync([5, 6, 7], new RunRequest { IsInOrder = true, Budget = 1, IsOver = () => true });

        Assert.Equal([5], seen);
        Assert.Equal([5, 0, 0], results);
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
