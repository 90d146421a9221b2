using LocalRetrieval.Testing;

namespace LocalRetrieval.Encoders.Tests.Scheduling;

public sealed class RunSchedulerFaultTests
{
    [Fact]
    public async Task RunAsync_RunThatThrows_FailsOnlyTheCallWithTheText()
    {
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime()));
        (HeldRun held, Task<float[]> first) = await HeldRun.StartAsync(encoder, then: run =>
        {
            if (run.Rows.Contains(13))
            {
                throw new InvalidOperationException("It cannot read 13.");
            }
        });
        using (held)
        {
            Task<float[]>[] calls = [.. new[] { 11, 12, 13, 14 }.Select(number => encoder.RunAsync([number]))];
            held.Release();
            await first;

            Assert.Equal("It cannot read 13.", (await Assert.ThrowsAsync<InvalidOperationException>(() => calls[2])).Message);
            Assert.Equal((float[])[11, 12, 14], (float[])[(await calls[0])[0], (await calls[1])[0], (await calls[3])[0]]);
            Assert.Equal([4, 1, 1, 1, 1], held.Later.Select(run => run.Rows.Length));
        }
    }

    [Fact]
    public async Task RunAsync_RunThatThrows_IsNotRunAgainForWhoLeft()
    {
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime()));
        using CancellationTokenSource cancellation = new();
        (HeldRun held, Task<float[]> first) = await HeldRun.StartAsync(encoder, then: run =>
        {
            if (run.Rows.Length > 1)
            {
                cancellation.Cancel();
                throw new InvalidOperationException("Too many.");
            }
        });
        using (held)
        {
            Task<float[]> leaving = encoder.RunAsync([1], cancellationToken: cancellation.Token);
            Task<float[]> staying = encoder.RunAsync([2]);
            held.Release();
            await first;

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
            Assert.Equal((float[])[2], await staying);
            Assert.Equal(["1 2", "2"], held.Later.Select(run => string.Join(' ', run.Rows)));
        }
    }

    [Fact]
    public async Task RunAsync_ReaderThatThrows_FailsItsCallAlone()
    {
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime()));
        (HeldRun held, Task<float[]> first) = await HeldRun.StartAsync(encoder);
        using (held)
        {
            Task<float[]> bad = encoder.RunAsync([1], onRead: _ => throw new InvalidOperationException("NaN"));
            Task<float[]> good = encoder.RunAsync([2]);
            held.Release();
            await first;

            Assert.Equal("NaN", (await Assert.ThrowsAsync<InvalidOperationException>(() => bad)).Message);
            Assert.Equal((float[])[2], await good);
            Assert.Single(held.Later);
        }
    }

    [Fact]
    public async Task RunAsync_CancelledWhileItWaits_LeavesAlone()
    {
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime()));
        using CancellationTokenSource cancellation = new();
        (HeldRun held, Task<float[]> first) = await HeldRun.StartAsync(encoder);
        using (held)
        {
            Task<float[]> leaving = encoder.RunAsync([1], cancellationToken: cancellation.Token);
            Task<float[]> staying = encoder.RunAsync([2]);
            await cancellation.CancelAsync();

            Assert.Equal(cancellation.Token, (await Assert.ThrowsAsync<TaskCanceledException>(() => leaving)).CancellationToken);
            held.Release();
            await first;
            Assert.Equal((float[])[2], await staying);
            Assert.Equal([2], Assert.Single(held.Later).Rows);
        }
    }

    [Fact]
    public async Task RunAsync_CancelledWhileItRuns_EndsAtOnceAndTheRunWhenNobodyIsLeft()
    {
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime()));
        CancellationTokenSource[] cancellations = [new(), new()];
        TaskCompletionSource<EchoRun> shared = new(TaskCreationOptions.RunContinuationsAsynchronously);
        (HeldRun held, Task<float[]> first) = await HeldRun.StartAsync(encoder, then: run =>
        {
            shared.SetResult(run);
            Assert.True(run.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(60)));
            run.Token.ThrowIfCancellationRequested();
        });
        using (held)
        {
            Task<float[]>[] calls = [.. cancellations.Select((cancellation, i) => encoder.RunAsync([i], cancellationToken: cancellation.Token))];
            held.Release();
            EchoRun run = await shared.Task;

            await cancellations[0].CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calls[0]);
            Assert.False(run.Token.IsCancellationRequested);
            Assert.False(calls[1].IsCompleted);
            await cancellations[1].CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calls[1]);
            Assert.True(run.Token.IsCancellationRequested);
            await first;
            Assert.Equal(3, run.Rows.Length + held.Later.Count);
        }
    }

    [Fact]
    public async Task RunAsync_CancelledBefore_RunsNothing()
    {
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime()));
        encoder.Backend.OnRun = _ => Assert.Fail("It ran.");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => encoder.RunAsync([1], cancellationToken: new CancellationToken(canceled: true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => encoder.RunAsync([1, 2], cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Refuse_DisposedUnderLoad_AnswersOrRefusesEveryCall()
    {
        RunScheduler scheduler = new(2, TimeProvider.System);
        TestEncoder other = new(scheduler);
        for (int round = 0; round < 20; round++)
        {
            TestEncoder encoder = new(scheduler, budget: 8);
            TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
            int runs = 0;
            encoder.Backend.OnRun = _ =>
            {
                if (Interlocked.Increment(ref runs) == 3)
                {
                    begun.SetResult();
                }
            };
            Task<float[]>[] calls = [.. Enumerable.Range(0, 50).Select(i => Task.Run(() => encoder.RunAsync([i, i + 1, i + 2])))];
            Task<float[]> others = other.RunAsync([1, 2, 3]);
            await begun.Task.OrHang();

            encoder.Dispose();

            for (int i = 0; i < calls.Length; i++)
            {
                Exception? exception = await Record.ExceptionAsync(() => calls[i]);
                Assert.True(exception is null or ObjectDisposedException, $"{exception}");
                if (exception is null)
                {
                    Assert.Equal((float[])[i, i + 1, i + 2], await calls[i]);
                }
            }

            Assert.Equal((float[])[1, 2, 3], await others);
            await Assert.ThrowsAsync<ObjectDisposedException>(() => encoder.RunAsync([1]));
        }
    }

    [Fact]
    public async Task RunAsync_TenThousandCallersThatCancelAtRandom_LosesAndSwapsNothing()
    {
        RunScheduler scheduler = new(3, TimeProvider.System);
        TestEncoder[] encoders = [new(scheduler), new(scheduler, budget: 16)];
        int answered = 0;
        int cancelled = 0;
        int failed = 0;
        foreach (TestEncoder encoder in encoders)
        {
            encoder.Backend.OnRun = run =>
            {
                run.Token.ThrowIfCancellationRequested();
                if (run.Rows.Any(row => row % 997 == 0))
                {
                    throw new InvalidOperationException("It cannot read this.");
                }
            };
        }

        await Parallel.ForEachAsync(Enumerable.Range(1, 10_000), new ParallelOptions { MaxDegreeOfParallelism = 500 }, async (i, _) =>
        {
            Random random = new(i);
            using CancellationTokenSource cancellation = new();
            int[] numbers = [.. Enumerable.Repeat(i, random.Next(1, 4))];
            RunRequest request = new() { Priority = (RunPriority)random.Next(2), Caller = random.Next(2) == 0 ? $"{random.Next(5)}" : new object() };
            Task<float[]> call = encoders[i % 2].RunAsync(numbers, request, random.Next(1, 20), cancellationToken: cancellation.Token);
            if (random.Next(3) == 0)
            {
                await Task.Yield();
                await cancellation.CancelAsync();
            }

            try
            {
                Assert.All(await call, value => Assert.Equal(i, value));
                Interlocked.Increment(ref answered);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                Interlocked.Increment(ref cancelled);
            }
            catch (InvalidOperationException) when (i % 997 == 0)
            {
                Interlocked.Increment(ref failed);
            }
        });

        Assert.Equal(10_000, answered + cancelled + failed);
        Assert.InRange(failed, 1, 10);
        Assert.InRange(answered, 6_000, 9_999);
    }

    [Fact]
    public async Task Stop_RunUnderWay_WaitsForItAndBeginsNoMore()
    {
        RunScheduler scheduler = new(1, new ManualTime());
        TestEncoder encoder = new(scheduler);
        (HeldRun held, Task<float[]> first) = await HeldRun.StartAsync(encoder);
        using (held)
        {
            Task<float[]> waiting = encoder.RunAsync([1]);
            Task stop = Task.Factory.StartNew(scheduler.Stop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await HangGuard.UntilAsync(() => scheduler.IsStopped);
            Assert.False(stop.IsCompleted);
            held.Release();

            Assert.Equal((float[])[-1], await first);
            await stop;
            Task late = encoder.RunAsync([2]);

            Assert.Empty(held.Later);
            Assert.False(waiting.IsCompleted);
            Assert.False(late.IsCompleted);
        }
    }
}
