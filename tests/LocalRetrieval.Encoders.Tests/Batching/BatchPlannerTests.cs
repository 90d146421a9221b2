
namespace LocalRetrieval.Encoders.Tests.Batching;

public sealed class BatchPlannerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2048)]
    [InlineData(int.MaxValue)]
    public void ByLength_RandomLengths_PlansEveryTextOnceWithinTheBudget(int budget)
    {
        Random random = new(7);
        for (int round = 0; round < 200; round++)
        {
            int[] lengths = [.. Enumerable.Range(0, random.Next(0, 80)).Select(_ => random.Next(2, 513))];

            List<int[]> batches = BatchPlanner.ByLength(lengths, budget);

            // The naive twin of the order: longest first, equals in input order.
            Assert.Equal(Enumerable.Range(0, lengths.Length).OrderByDescending(i => lengths[i]).ThenBy(i => i), batches.SelectMany(batch => batch));
            Assert.All(batches, batch => Assert.True(batch.Length == 1 || BatchPlanner.Cost(batch.Length, batch.Max(i => lengths[i])) <= budget));
            AssertFull(batches, lengths, budget);
        }
    }

    [Fact]
    public void InOrder_RandomLengths_KeepsTheInputsOrder()
    {
        Random random = new(8);
        int[] lengths = [.. Enumerable.Range(0, 100).Select(_ => random.Next(2, 513))];

        List<int[]> batches = BatchPlanner.InOrder(lengths, 2048);

        Assert.Equal(Enumerable.Range(0, lengths.Length), batches.SelectMany(batch => batch));
        AssertFull(batches, lengths, 2048);
    }

    [Theory]
    [InlineData(240, 2)]
    [InlineData(128, 5)]
    [InlineData(16, 60)]
    public void ByLength_DefaultBudget_SharesARunByLength(int length, int expected)
    {
        int[] lengths = [.. Enumerable.Repeat(length, 1000)];

        Assert.Equal(expected, BatchPlanner.ByLength(lengths, new TestOptions.Encoder().BatchTokenBudget)[0].Length);
    }

    [Fact]
    public void ByLength_WideOutput_BoundsThePaddedTokens()
    {
        Random random = new(9);
        for (int round = 0; round < 100; round++)
        {
            int[] lengths = [.. Enumerable.Range(0, 60).Select(_ => random.Next(2, 513))];
            int maxTokens = random.Next(1, 2000);

            List<int[]> batches = BatchPlanner.ByLength(lengths, int.MaxValue, maxTokens);

            Assert.Equal(Enumerable.Range(0, lengths.Length), batches.SelectMany(batch => batch).Order());
            Assert.All(batches, batch => Assert.True(batch.Length == 1 || batch.Length * batch.Max(i => lengths[i]) <= maxTokens));
        }
    }

    // No batch could have taken the next text.
    private static void AssertFull(List<int[]> batches, int[] lengths, int budget)
    {
        for (int i = 0; i + 1 < batches.Count; i++)
        {
            int longest = Math.Max(batches[i].Max(index => lengths[index]), lengths[batches[i + 1][0]]);
            Assert.True(BatchPlanner.Cost(batches[i].Length + 1, longest) > budget);
        }
    }
}
