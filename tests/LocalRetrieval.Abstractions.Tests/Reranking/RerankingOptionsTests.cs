
namespace LocalRetrieval.Abstractions.Tests.Reranking;

public sealed class RerankingOptionsTests
{
    [Fact]
    public void Setters_ValuesThatMakeNoSense_AreRefused()
    {
        RerankingOptions options = new();

        Assert.Throws<ArgumentOutOfRangeException>(() => options.TopN = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.Budget = TimeSpan.Zero);
        options.TopN = null;
        options.Budget = null;
        Assert.Null(options.TopN);
    }
}
