using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;
using LocalRetrieval.VectorData.Tests.Testing;

namespace LocalRetrieval.VectorData.Tests.Storage;

public sealed class PendingIndexesTests
{
    private static readonly RowIndexes Indexes = RowIndexes.For(RecordModelBuilder.Build(typeof(string), typeof(Note), definition: null, null), new KeywordIndex(new KeywordIndexOptions()));

    [Fact]
    public void Value_MakingFailed_IsMadeAgain()
    {
        int asked = 0;
        PendingIndexes indexes = new(() => ++asked == 1 ? throw new IOException("once") : Indexes);

        Assert.Throws<IOException>(() => indexes.Value);
        Assert.False(indexes.IsMade);
        Assert.Same(Indexes, indexes.Value);
        Assert.Same(Indexes, indexes.Value);
        Assert.Equal((2, true), (asked, indexes.IsMade));
    }

    [Fact]
    public async Task Value_ManyAtOnce_IsMadeOnce()
    {
        int asked = 0;
        using ManualResetEventSlim open = new();
        PendingIndexes indexes = new(() =>
        {
            Interlocked.Increment(ref asked);
            open.Wait();
            return Indexes;
        });

        Task<RowIndexes>[] all = [.. Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() => indexes.Value, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        open.Set();

        Assert.All(await Task.WhenAll(all), made => Assert.Same(Indexes, made));
        Assert.Equal(1, asked);
    }
}
