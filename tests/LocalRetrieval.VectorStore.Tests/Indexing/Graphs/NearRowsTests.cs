using LocalRetrieval.VectorData.Indexing.Graphs;

namespace LocalRetrieval.VectorData.Tests.Indexing.Graphs;

public sealed class NearRowsTests
{
    [Fact]
    public void Add_RandomKeys_KeepsTheGreatestInOrder()
    {
        Random random = new(1);
        NearRows rows = new();
        foreach (int capacity in new[] { 1, 2, 7, 64 })
        {
            rows.Clear(capacity);
            List<ulong> keys = [];
            for (int i = 0; i < 200; i++)
            {
                ulong key = (ulong)random.NextInt64(1, long.MaxValue);
                keys.Add(key);
                rows.Add(key);

                Assert.Equal(keys.OrderDescending().Take(capacity), rows.Keys.ToArray());
                Assert.Equal(keys.Count < capacity ? 0 : rows.Keys[^1], rows.Bound);
            }
        }
    }

    [Fact]
    public void IsLarge_AfterALargeSearch_IsTrue()
    {
        GraphBuffers usual = new();
        GraphBuffers large = new();
        usual.Clear(1_000_000, 1024);
        large.Clear(1_000_000, 150_000);

        Assert.False(usual.IsLarge);
        Assert.True(large.IsLarge);
    }

    [Fact]
    public void Take_RandomKeysOfAFrontier_ComeGreatestFirst()
    {
        Random random = new(2);
        Frontier frontier = new();
        PriorityQueue<ulong, ulong> twin = new();
        for (int i = 0; i < 20_000; i++)
        {
            if (random.Next(3) > 0 || twin.Count == 0)
            {
                ulong key = (ulong)random.NextInt64(1, long.MaxValue);
                frontier.Add(key);
                twin.Enqueue(key, ulong.MaxValue - key);
            }
            else
            {
                Assert.Equal(twin.Peek(), frontier.Nearest);
                Assert.Equal(twin.Dequeue(), frontier.Take());
            }
        }
    }

    [Fact]
    public void Add_VisitedRows_TellsWhetherTheyAreNew()
    {
        Random random = new(3);
        VisitedRows visited = new();
        foreach (int rows in new[] { 100, 5000, 70 })
        {
            visited.Clear(rows);
            HashSet<int> twin = [];
            for (int i = 0; i < 3000; i++)
            {
                int row = random.Next(rows);
                Assert.Equal(twin.Add(row), visited.Add(row));
            }

            Assert.Equal(twin.Count, visited.Count);
        }
    }
}
