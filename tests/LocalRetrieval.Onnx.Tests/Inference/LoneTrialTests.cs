using LocalRetrieval.Onnx.Inference;

namespace LocalRetrieval.Onnx.Tests.Inference;

public sealed class LoneTrialTests
{
    private const int Before = 8;
    private const int Compared = 48;

    [Fact]
    public void IsLonesTurn_WhileComparing_StaysForEightRuns()
    {
        LoneTrial trial = Begun();
        List<bool> turns = [];
        while (!trial.IsOver)
        {
            turns.Add(trial.IsLonesTurn);
            trial.Add(trial.IsLonesTurn, cost: 10, TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(Enumerable.Range(0, Compared).Select(run => run / 8 % 2 == 1), turns);
        Assert.False(trial.IsLonesTurn);
    }

    [Theory]
    [InlineData(7, 5, true)]
    [InlineData(6, 5.5, false)]
    [InlineData(5, 6, false)]
    public void Gain_FirstRunsOfEachTurnSlow_IsThatOfTheOthers(double shared, double lone, bool isWorthIt)
    {
        LoneTrial trial = Begun();
        for (int run = 0; !trial.IsOver; run++)
        {
            // Each session finds the other's weights in the caches.
            double cold = run % 8 < 2 ? 20 : 0;
            trial.Add(trial.IsLonesTurn, cost: 10, TimeSpan.FromMilliseconds((trial.IsLonesTurn ? lone : shared) + cold));
        }

        Assert.Equal(shared / lone, trial.Gain!.Value, 1e-9);
        Assert.Equal(isWorthIt, trial.IsWorthIt);
    }

    [Fact]
    public void Gain_BeforeAllWasCompared_IsNotKnown()
    {
        LoneTrial trial = Begun();
        for (int run = 0; run < Compared - 1; run++)
        {
            trial.Add(trial.IsLonesTurn, cost: 10, TimeSpan.FromMilliseconds(1));
            Assert.Null(trial.Gain);
            Assert.True(trial.IsComparing);
        }
    }

    /// <summary>A trial that has both sessions.</summary>
    private static LoneTrial Begun()
    {
        LoneTrial trial = new();
        for (int run = 0; run < Before; run++)
        {
            Assert.False(trial.TryBegin());
            trial.Add(isLone: false, cost: 10, TimeSpan.FromMilliseconds(1));
        }

        Assert.True(trial.TryBegin());
        trial.Compare();
        return trial;
    }
}
