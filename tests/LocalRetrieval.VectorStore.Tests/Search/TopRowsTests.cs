using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Tests.Search;

public sealed class TopRowsTests
{
    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(1, 100, 0)]
    [InlineData(7, 100, 3)]
    [InlineData(100, 100, 99)]
    [InlineData(100, 40, 60)]
    [InlineData(int.MaxValue, 1000, 10)]
    public void Take_RandomOffersWithTies_IsTheSortedPrefix(int capacity, int count, int skip)
    {
        Random random = new(count + skip);
        (double Nearness, int Row)[] offers = [.. Enumerable.Range(0, count).Select(row => ((double)random.Next(20), row))];
        random.Shuffle(offers);
        TopRows rows = new(capacity);
        foreach ((double nearness, int row) in offers)
        {
            rows.Offer(nearness, row);
        }

        Assert.Equal(offers.OrderByDescending(offer => offer.Nearness).ThenBy(offer => offer.Row).Take(capacity).Skip(skip), rows.Take(skip));
    }

    [Fact]
    public void Merge_Halves_IsTheWhole()
    {
        Random random = new(5);
        TopRows whole = new(20), left = new(20), right = new(20);
        for (int row = 0; row < 500; row++)
        {
            double nearness = random.Next(30);
            whole.Offer(nearness, row);
            (random.Next(2) == 0 ? left : right).Offer(nearness, row);
        }

        left.Merge(right);

        Assert.Equal(whole.Take(0), left.Take(0));
    }

    [Fact]
    public void Bound_WhileThereIsRoom_IsMinusInfinity()
    {
        TopRows rows = new(2);
        rows.Offer(5, 0);
        Assert.Equal(double.NegativeInfinity, rows.Bound);
        rows.Offer(3, 1);
        Assert.Equal(3, rows.Bound);
    }
}
