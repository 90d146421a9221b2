using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Retrieval.Queries;

public sealed class HypotheticalVectorsTests
{
    // (1.6, 1, 0.8) / 3, over its length.
    [Fact]
    public void Mean_UnitVectors_IsTheNormalisedMean() =>
        AssertNumbers.Close([0.7807201, 0.4879500, 0.3903600], Doubles(HypotheticalVectors.Mean(Vector(1, 0, 0), [Vector(0, 1, 0), Vector(0.6f, 0, 0.8f)])), 1e-6);

    [Fact]
    public void Mean_OneDocument_LiesHalfWay() =>
        AssertNumbers.Close([Math.Sqrt(0.5), Math.Sqrt(0.5)], Doubles(HypotheticalVectors.Mean(Vector(1, 0), [Vector(0, 1)])), 1e-6);

    [Fact]
    public void Mean_OtherLengths_KeepsTheQuerysAndCountsDocumentsAlike()
    {
        double[] once = Doubles(HypotheticalVectors.Mean(Vector(3, 0), [Vector(0, 1)]));
        double[] longer = Doubles(HypotheticalVectors.Mean(Vector(3, 0), [Vector(0, 100)]));

        AssertNumbers.Close(once, longer, 1e-6);
        Assert.Equal(3, Math.Sqrt(once.Sum(value => value * value)), 1e-5);
    }

    [Fact]
    public void Mean_NothingToGoBy_IsTheQuery()
    {
        Assert.Equal([1, 0], Doubles(HypotheticalVectors.Mean(Vector(1, 0), [Vector(0, 0)])));
        Assert.Equal([1, 0], Doubles(HypotheticalVectors.Mean(Vector(1, 0), [Vector(-1, 0)])));
    }

    private static ReadOnlyMemory<float> Vector(params float[] values) => values;

    private static double[] Doubles(ReadOnlyMemory<float> vector) => [.. vector.ToArray().Select(value => (double)value)];
}
