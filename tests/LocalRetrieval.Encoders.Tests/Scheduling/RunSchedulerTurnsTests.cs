namespace LocalRetrieval.Encoders.Tests.Scheduling;

public sealed class RunSchedulerTurnsTests
{
    // Each call its own: calls of one request are one caller's.
    private static RunRequest Document => new() { Priority = RunPriority.Document };

    [Fact]
    public async Task RunAsync_CallsThatWait_ShareARunWithRowsOfAboutTheirLength()
    {
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime()));
        (HeldRun held, Task<float[]> first) = await HeldRun.StartAsync(encoder);
        using (held)
        {
            Task<float[]>[] calls = [.. Enumerable.Range(0, 10).Select(i => encoder.RunAsync([i], tokens: 10 + (i % 2))), encoder.RunAsync([50], tokens: 13), encoder.RunAsync([100], tokens: 200)];
            held.Release();
            float[][] results = await Task.WhenAll(calls);
            await first;

            Assert.Equal([.. Enumerable.Range(0, 10), 50, 100], results.Select(result => (int)result[0]));
            Assert.Equal([1, 1, 10], held.Later.Select(run => run.Rows.Length).Order());
        }
    }

    [Fact]
    public async Task RunAsync_CallsOfOneCaller_ShareARun()
    {
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime()));
        (HeldRun held, Task<float[]> first) = await HeldRun.StartAsync(encoder);
        using (held)
        {
            Task<float[]>[] calls = [.. Enumerable.Range(0, 15).Select(i => encoder.RunAsync([i], new RunRequest { Caller = i % 3 == 0 ? "other" : "tenant" }))];
            held.Release();
            float[][] results = await Task.WhenAll(calls);
            await first;

            Assert.Equal(Enumerable.Range(0, 15), results.Select(result => (int)result[0]));
            Assert.Equal(15, Assert.Single(held.Later).Rows.Length);
        }
    }

    [Fact]
    public async Task RunAsync_CallerWithCallAfterCall_IsANewcomerOnce()
    {
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime()), budget: 1);
        int left = 0;
        bool isDone = false;
        // A run begins only once the caller's next call waits, as that of a client that is fast.
        (HeldRun held, Task<float[]> first) = await HeldRun.StartAsync(encoder, then: run =>
        {
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref left) > 0 || Volatile.Read(ref isDone), TimeSpan.FromMinutes(5)));
            Interlocked.Add(ref left, run.Rows[0] == 2 ? -1 : 0);
        });
        using (held)
        {
            Task large = encoder.RunAsync([.. Enumerable.Repeat(1, 600)]);
            Task steady = CallAfterCallAsync();
            held.Release();
            await Task.WhenAll(first, large, steady);

            int last = held.Later.Select((run, i) => run.Rows[0] == 2 ? i : -1).Max();

            // 400 runs of its own, of which it is ahead by 125; a half each after that.
            Assert.InRange(held.Later.Take(last).Count(run => run.Rows[0] == 1), 250, 420);
        }

        async Task CallAfterCallAsync()
        {
            try
            {
                for (int i = 0; i < 10; i++)
                {
                    Task<float[]> call = encoder.RunAsync([.. Enumerable.Repeat(2, 40)], new RunRequest { Caller = "steady" });
                    Interlocked.Add(ref left, 40);
                    await call.ConfigureAwait(false);
                }
            }
            finally
            {
                Volatile.Write(ref isDone, true);
            }
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
            // No more than four: where more wait, some of them wait longer than the large one, and take its fifth turn.
            Task[] others = [.. Enumerable.Range(0, 4).Select(_ => Newcomers())];
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
}
