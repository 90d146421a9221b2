using LocalRetrieval.VectorData.Indexing.Graphs;

namespace LocalRetrieval.VectorData.Tests.Indexing.Graphs;

public sealed class NearKeyTests
{
    [Fact]
    public void Of_AnyNearness_OrdersByItThenByTheLowerRow()
    {
        float[] ascending = [float.NegativeInfinity, float.MinValue, -2, -1e-40f, 0, 1e-40f, .5f, 3, float.MaxValue, float.PositiveInfinity];

        Assert.All(Enumerable.Range(1, ascending.Length - 1), i => Assert.True(NearKey.Of(ascending[i - 1], 0) < NearKey.Of(ascending[i], int.MaxValue - 1)));
        Assert.All(ascending, nearness => Assert.True(NearKey.Of(nearness, 4) > NearKey.Of(nearness, 5)));
        Assert.All(ascending, nearness => Assert.Equal((nearness, 7), (NearKey.NearnessOf(NearKey.Of(nearness, 7)), NearKey.RowOf(NearKey.Of(nearness, 7)))));
        Assert.Equal(NearKey.Of(0f, 1), NearKey.Of(-0f, 1));
    }
}
