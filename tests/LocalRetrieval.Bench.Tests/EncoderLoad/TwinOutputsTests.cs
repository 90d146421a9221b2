using LocalRetrieval.Bench.EncoderLoad;

namespace LocalRetrieval.Bench.Tests.EncoderLoad;

public sealed class TwinOutputsTests
{
    [Fact]
    public void NormalizedMean_PaddedRow_LeavesPaddingOut()
    {
        float[] vector = TwinOutputs.NormalizedMean([1, 2, 5, 6, 100, 100], padded: 3, tokens: 2);

        Assert.Equal([.6f, .8f], vector, (expected, actual) => Math.Abs(expected - actual) < 1e-6f);
    }

    [Fact]
    public void AsItIs_Row_IsCopied() => Assert.Equal([3f, -1f], TwinOutputs.AsItIs([3, -1], padded: 9, tokens: 4));
}
