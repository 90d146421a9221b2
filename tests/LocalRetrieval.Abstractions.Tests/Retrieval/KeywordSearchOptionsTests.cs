using LocalRetrieval.Testing;

namespace LocalRetrieval.Abstractions.Tests.Retrieval;

public sealed class KeywordSearchOptionsTests
{
    [Fact]
    public void Defaults_FilterNothingAndPassNothingOver()
    {
        KeywordSearchOptions<string> options = new();

        Assert.Null(options.Filter);
        Assert.Null(options.Property);
        Assert.Equal(0, options.Skip);
        Assert.Null(options.ScoreThreshold);
    }

    [Fact]
    public void Skip_BelowZero_Throws()
    {
        KeywordSearchOptions<string> options = new();

        Assert.Throws<ArgumentOutOfRangeException>(() => options.Skip = -1);
        Assert.Equal(0, options.Skip);
    }

    [Fact]
    public void ScoreThreshold_NaN_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>("ScoreThreshold", () => new KeywordSearchOptions<string> { ScoreThreshold = double.NaN });

    [Fact]
    public void Clone_EveryProperty_IsCopied() => Assert.Empty(OptionsCopy.Faults(
        new KeywordSearchOptions<string> { Filter = record => record != "", Property = record => record, Skip = 2, ScoreThreshold = 0.5, IncludeMatches = true },
        options => options.Clone()));
}
