using LocalRetrieval.VectorData.Indexing;

namespace LocalRetrieval.VectorData.Tests.Indexing;

public sealed class VectorIndexTests
{
    [Theory]
    [InlineData(0, 1024)]
    [InlineData(1023, 1024)]
    [InlineData(1024, 1280)]
    [InlineData(1279, 1280)]
    [InlineData(1280, 1600)]
    public void NextMeasured_Rows_IsTheFirstOfTheSeriesAbove(int rows, long expected) => Assert.Equal(expected, VectorIndex.NextMeasured(rows));

    [Fact]
    public void NextMeasured_AnyNumberOfRows_IsAboveByAQuarterAtMostAndTheSameUpToThere()
    {
        foreach (int rows in new[] { 1024, 5000, 123_456, 1_000_000, int.MaxValue / 2, int.MaxValue })
        {
            long next = VectorIndex.NextMeasured(rows);

            Assert.InRange(next, rows + 1L, rows + (rows / 4L) + 1);
            Assert.Equal(next, VectorIndex.NextMeasured((int)Math.Min(int.MaxValue, next - 1)));
        }
    }
}
