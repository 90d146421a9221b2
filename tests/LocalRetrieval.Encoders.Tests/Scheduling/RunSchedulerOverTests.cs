namespace LocalRetrieval.Encoders.Tests.Scheduling;

public sealed class RunSchedulerOverTests
{
    [Fact]
    public async Task RunAsync_InOrderWithAnEnd_RunsTheFirstAndStops()
    {
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime()));
        List<int> seen = [];
        encoder.Backend.OnRun = run => seen.AddRange(run.Rows);

        float[] results = await encoder.RunAsync([5, 6, 7], new RunRequest { IsInOrder = true, Budget = 1, Over = new CancellationToken(canceled: true) });

        Assert.Equal([5], seen);
        Assert.Equal([5, 0, 0], results);
    }

    [Fact]
    public async Task RunAsync_OverWhileItWaits_EndsBeforeTheOthersAreRun()
    {
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime()));
        using CancellationTokenSource over = new();
        using ManualResetEventSlim others = new();
        (HeldRun held, Task<float[]> call) = await HeldRun.StartAsync(
            encoder, () => encoder.RunAsync([5, 6, 7], new RunRequest { IsInOrder = true, Budget = 1, Over = over.Token }), _ => others.Wait());
        using (held)
        {
            Task[] waiting = [.. Enumerable.Range(0, 20).Select(i => encoder.RunAsync([100], tokens: 10 * (i + 1)))];
            await over.CancelAsync();
            held.Release();

            Assert.Equal((float[])[5, 0, 0], await call.WaitAsync(TimeSpan.FromSeconds(60)));
            Assert.All(waiting, other => Assert.False(other.IsCompleted));
            others.Set();
            await Task.WhenAll(waiting);
        }
    }

    [Theory]
    [InlineData(false, 8)]
    [InlineData(true, 0)]
    public async Task RunAsync_OverBeforeItsFirstRun_EndsWithThatAtTheLatest(bool mayEndUnbegun, int expected)
    {
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime()));
        using CancellationTokenSource over = new();
        using ManualResetEventSlim others = new();
        (HeldRun held, Task<float[]> first) = await HeldRun.StartAsync(encoder, then: run => Wait(run.Rows[0]));
        using (held)
        {
            Task<float[]> call = encoder.RunAsync([8, 9], new RunRequest { IsInOrder = true, Budget = 1, Over = over.Token, MayEndUnbegun = mayEndUnbegun });
            Task[] waiting = [.. Enumerable.Range(0, 20).Select(i => encoder.RunAsync([100], tokens: 10 * (i + 1)))];
            await over.CancelAsync();
            if (!mayEndUnbegun)
            {
                held.Release();
            }

            Assert.Equal((float[])[expected, 0], await call.WaitAsync(TimeSpan.FromSeconds(60)));
            held.Release();
            others.Set();
            await Task.WhenAll([first, .. waiting]);
        }

        void Wait(int row)
        {
            if (row == 100)
            {
                others.Wait();
            }
        }
    }
}
