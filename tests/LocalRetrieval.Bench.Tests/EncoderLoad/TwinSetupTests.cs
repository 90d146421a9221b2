using LocalRetrieval.Bench.EncoderLoad;

namespace LocalRetrieval.Bench.Tests.EncoderLoad;

public sealed class TwinSetupTests
{
    private static readonly int[] Lengths = [7, 512, 30, 300, 299, 1, 44, 600, 45, 45];

    [Fact]
    public void Cut_EverySetup_RunsEveryRowOnceWithinItsBounds() => Assert.All(TwinSetup.All(spins: false), setup =>
    {
        IReadOnlyList<int[]> runs = setup.Cut(Lengths);

        Assert.Equal(Enumerable.Range(0, Lengths.Length), runs.SelectMany(run => run).Order());
        Assert.All(runs, run => Assert.InRange(run.Length, 1, setup.Rows));
        Assert.All(runs.Where(run => run.Length > 1), run => Assert.InRange(run.Length * run.Max(row => Lengths[row]), 1, setup.Tokens));
    });

    [Fact]
    public void Cut_Rows_AreLongestFirst() => Assert.Equal(
        Lengths.OrderDescending(), new TwinSetup(1, 1, 512, 4, Spins: false).Cut(Lengths).SelectMany(run => run).Select(row => Lengths[row]));

    [Fact]
    public void All_HasTheCornersOfTheSearch()
    {
        int cores = Environment.ProcessorCount;

        Assert.Contains(new TwinSetup(1, cores, 512, 1, Spins: false), TwinSetup.All(spins: false));
        Assert.Contains(new TwinSetup(cores, 1, 8192, 32, Spins: false), TwinSetup.All(spins: false));
        Assert.All(TwinSetup.All(spins: true), setup => Assert.True(setup.Spins));
    }
}
