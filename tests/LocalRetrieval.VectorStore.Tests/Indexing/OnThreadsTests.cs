using LocalRetrieval.VectorData.Indexing;

namespace LocalRetrieval.VectorData.Tests.Indexing;

public sealed class OnThreadsTests
{
    [Fact]
    public void Run_Parts_RunsEachOnce()
    {
        int[] runs = new int[1000];

        OnThreads.Run(runs.Length, 4, part => Interlocked.Increment(ref runs[part]), CancellationToken.None);

        Assert.All(runs, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Run_PartThatThrows_ThrowsTheSame()
    {
        InsufficientMemoryException thrown = new();

        Assert.Same(thrown, Assert.Throws<InsufficientMemoryException>(() => OnThreads.Run(10, 4, part => throw thrown, CancellationToken.None)));
        Assert.Throws<OperationCanceledException>(() => OnThreads.Run(10, 4, part => throw new OperationCanceledException(), CancellationToken.None));
    }

    [Fact]
    public void Run_Cancelled_Throws() =>
        Assert.Throws<OperationCanceledException>(() => OnThreads.Run(10, 4, _ => { }, new CancellationToken(canceled: true)));
}
