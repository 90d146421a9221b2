using LocalRetrieval.DependencyInjection.Configuration;

namespace LocalRetrieval.DependencyInjection.Tests.Configuration;

public sealed class EditDistanceTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("Saturday", "Sunday", 3)]
    [InlineData("MAXTOKENS", "MaxTokens", 0)]
    [InlineData("flaw", "lawn", 2)]
    public void Between_TwoNames_IsLevenshteins(string one, string other, int distance)
    {
        Assert.Equal(distance, EditDistance.Between(one, other));
        Assert.Equal(distance, EditDistance.Between(other, one));
    }
}
