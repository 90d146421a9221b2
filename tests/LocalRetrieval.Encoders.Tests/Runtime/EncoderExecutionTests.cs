using LocalRetrieval.Encoders.Tests.Scheduling;

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

    private EncoderRuntime Runtime(EncoderOptions? options = null) =>
        new(new EchoBackend(), options ?? new TestOptions.Encoder(), "m", typeof(EchoBackend), loggerFactory: null, new RunScheduler(1, _time));
}
