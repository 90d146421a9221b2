using LocalRetrieval.Encoders.Tests.Scheduling;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Encoders.Tests.Runtime;

public sealed class EncoderExecutionTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTime _time = new();

    [Fact]
    public async Task QueueStall_NothingEnds_GrowsUntilARunDoes()
    {
        using EncoderRuntime runtime = Runtime();
        _time.Advance(100 * Second);
        Assert.Equal((null, TimeSpan.Zero), (runtime.Execution!.SinceLastRun, runtime.Execution.QueueStall));

        using (await runtime.EnterQueueAsync(["a"], new RunRequest(), default))
        {
            _time.Advance(5 * Second);
            Assert.Equal((null, 5 * Second), (runtime.Execution.SinceLastRun, runtime.Execution.QueueStall));

            await RunAsync(runtime);
            _time.Advance(2 * Second);
            Assert.Equal((2 * Second, 2 * Second), (runtime.Execution.SinceLastRun!.Value, runtime.Execution.QueueStall));
        }

        Assert.Equal((2 * Second, TimeSpan.Zero), (runtime.Execution.SinceLastRun!.Value, runtime.Execution.QueueStall));
    }

    [Fact]
    public async Task QueueStall_RunThatHangs_GrowsThoughItsCallerLeft()
    {
        using CancellationTokenSource patience = new();
        TaskCompletionSource release = new();
        TaskCompletionSource running = new(TaskCreationOptions.RunContinuationsAsynchronously);
        EchoBackend backend = new()
        {
            OnRun = _ =>
            {
                running.TrySetResult();
                release.Task.Wait();
            },
        };
        using EncoderRuntime runtime = Runtime(backend: backend);
        using ReleaseAtEnd released = new(release);
        Task call = Task.Run(() => runtime.RunAsync([new TokenizedText([1], [0], 0), new TokenizedText([2], [0], 0)], new RunRequest(), 0, (_, _, _) => { }, patience.Token));
        await running.Task.OrHang();

        _time.Advance(5 * Second);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        _time.Advance(5 * Second);
        using (await runtime.EnterQueueAsync(["a"], new RunRequest(), default))
        {
            _time.Advance(5 * Second);
            Assert.Equal(15 * Second, runtime.Execution!.QueueStall);
        }

        Assert.Equal(15 * Second, runtime.Execution!.QueueStall);
    }

    [Fact]
    public async Task QueueStall_RunsOfOthersEnd_DoesNotCountTheirTurns()
    {
        RunScheduler scheduler = new(1, _time);
        using EncoderRuntime runtime = Runtime(scheduler: scheduler);
        TestEncoder other = new(scheduler);
        using (await runtime.EnterQueueAsync(["a"], new RunRequest(), default))
        {
            for (int i = 0; i < 10; i++)
            {
                _time.Advance(10 * Second);
                await other.RunAsync([1]);
            }

            _time.Advance(Second);
            Assert.Equal(Second, runtime.Execution!.QueueStall);
        }
    }

    [Fact]
    public async Task QueueStall_LongIdleBefore_DoesNotCount()
    {
        using EncoderRuntime runtime = Runtime();
        await RunAsync(runtime);
        _time.Advance(3600 * Second);

        using (await runtime.EnterQueueAsync(["a"], new RunRequest(), default))
        {
            Assert.Equal((3600 * Second, TimeSpan.Zero), (runtime.Execution!.SinceLastRun!.Value, runtime.Execution.QueueStall));
        }
    }

    [Fact]
    public async Task QueueStall_ClockSetBack_IsZero()
    {
        using EncoderRuntime runtime = Runtime();
        using (await runtime.EnterQueueAsync(["a"], new RunRequest(), default))
        {
            _time.Advance(-5 * Second);

            Assert.Equal(TimeSpan.Zero, runtime.Execution!.QueueStall);
        }
    }

    [Fact]
    public async Task QueueFill_TextsOrBytes_IsThatOfTheNearerBound()
    {
        using EncoderRuntime runtime = Runtime(new TestOptions.Encoder { MaxQueuedTexts = 10, MaxQueuedBytes = 100 });
        using (await runtime.EnterQueueAsync(["a", "b"], new RunRequest(), default))
        {
            Assert.Equal((2, 10, 0.2), (runtime.Execution!.QueuedTexts, runtime.Execution.MaxQueuedTexts, runtime.Execution.QueueFill));

            using (await runtime.EnterQueueAsync([new string('c', 23)], new RunRequest(), default))
            {
                Assert.Equal(0.5, runtime.Execution.QueueFill);
            }
        }

        Assert.Equal(0, runtime.Execution.QueueFill);
    }

    private static Task RunAsync(EncoderRuntime runtime) =>
        runtime.RunAsync([new TokenizedText([1], [0], 0)], new RunRequest(), 0, (_, _, _) => { }, CancellationToken.None);

    private EncoderRuntime Runtime(EncoderOptions? options = null, EchoBackend? backend = null, RunScheduler? scheduler = null) =>
        new(backend ?? new EchoBackend(), options ?? new TestOptions.Encoder(), "m", typeof(EchoBackend), loggerFactory: null, scheduler ?? new RunScheduler(1, _time));
}
