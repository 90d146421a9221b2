namespace LocalRetrieval.Abstractions.Tests.Retrieval;

public sealed class RetrievalOptionsTests
{
    [Fact]
    public void Setters_ValuesThatMakeNoSense_AreRefused()
    {
        RetrievalOptions options = new();

        Assert.Throws<ArgumentOutOfRangeException>(() => options.Top = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.Candidates = -1);
        options.Top = null;
        Assert.Null(options.Top);
    }
}
