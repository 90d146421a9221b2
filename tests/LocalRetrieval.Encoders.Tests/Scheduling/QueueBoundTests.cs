namespace LocalRetrieval.Encoders.Tests.Scheduling;

public sealed class QueueBoundTests
{
    [Fact]
    public async Task EnterAsync_Full_WaitsInTheOrderOfTheCalls()
    {
        QueueBound bound = new(maxTexts: 10, maxBytes: 100, new ManualTime());
        await bound.EnterAsync(8, 10, default);

        Task large = bound.EnterAsync(5, 10, default).AsTask();
        Task small = bound.EnterAsync(1, 1, default).AsTask();

        Assert.False(large.IsCompleted);
        Assert.False(small.IsCompleted);
        bound.Exit(8, 10);
        await large;
        await small;
        Assert.Equal(6, bound.Texts);
    }

    [Fact]
    public async Task EnterAsync_LargerThanTheBound_IsLetInAlone()
    {
        QueueBound bound = new(maxTexts: 10, maxBytes: 100, new ManualTime());

        await bound.EnterAsync(3, 1000, default);
        Task second = bound.EnterAsync(1, 1, default).AsTask();

        Assert.False(second.IsCompleted);
        bound.Exit(3, 1000);
        await second;
    }

    [Fact]
    public async Task EnterAsync_CancelledWhileItWaits_LetsTheNextIn()
    {
        QueueBound bound = new(maxTexts: 10, maxBytes: 100, new ManualTime());
        using CancellationTokenSource cancellation = new();
        await bound.EnterAsync(8, 10, default);
        Task large = bound.EnterAsync(5, 10, cancellation.Token).AsTask();
        Task small = bound.EnterAsync(1, 1, default).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        await small;
        Assert.Equal(9, bound.Texts);
        Assert.True(bound.IsFull(2, 1));
        Assert.False(bound.IsFull(1, 1));
    }
}
