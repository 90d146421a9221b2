namespace LocalRetrieval.Encoders.Tests.Scheduling;

public sealed class RunSchedulerThreadsTests
{
    [Fact]
    public async Task RunAsync_NoThreadCanBeStarted_CallsRunThemselves()
    {
        TestEncoder encoder = new(new RunScheduler(1, new ManualTime(), _ => throw new InsufficientMemoryException("Too many threads.")));
        (HeldRun held, Task<float[]> first) = await HeldRun.StartAsync(encoder);
        using (held)
        {
            Task<float[]>[] waiting = [encoder.RunAsync([1, 2]), encoder.RunAsync([3], tokens: 90)];
            held.Release();

            Assert.Equal((float[])[-1], await first.WaitAsync(TimeSpan.FromSeconds(60)));
            Assert.Equal((float[])[1, 2], await waiting[0].WaitAsync(TimeSpan.FromSeconds(60)));
            Assert.Equal((float[])[3], await waiting[1].WaitAsync(TimeSpan.FromSeconds(60)));
            Assert.Equal((float[])[4, 5, 6], await encoder.RunAsync([4, 5, 6]).WaitAsync(TimeSpan.FromSeconds(60)));
        }
    }

    [Fact]
    public async Task RunAsync_ThreadThatCannotBeStartedAtFirst_IsStartedLater()
    {
        int refused = 0;
        int started = 0;
        TestEncoder encoder = new(new RunScheduler(2, new ManualTime(), thread =>
        {
            if (refused++ == 0)
            {
                throw new InsufficientMemoryException("Too many threads.");
            }

            started++;
            thread.UnsafeStart();
        }));

        Assert.Equal((float[])[1, 2], await encoder.RunAsync([1, 2], tokens: 100).WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal((float[])[3, 4], await encoder.RunAsync([3, 4], tokens: 100).WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.InRange(started, 1, 2);
    }
}
