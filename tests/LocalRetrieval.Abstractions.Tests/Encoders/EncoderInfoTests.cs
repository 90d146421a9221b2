
namespace LocalRetrieval.Abstractions.Tests.Encoders;

public sealed class EncoderInfoTests
{
    [Fact]
    public void Fingerprint_ManyCallers_IsComputedOnce()
    {
        int computed = 0;
        EncoderInfo info = new("m", () =>
        {
            Interlocked.Increment(ref computed);
            return Fingerprint("once");
        });

        EncoderFingerprint[] fingerprints = new EncoderFingerprint[8];
        Parallel.For(0, fingerprints.Length, i => fingerprints[i] = info.Fingerprint);

        Assert.Equal(1, computed);
        Assert.All(fingerprints, fingerprint => Assert.Same(fingerprints[0], fingerprint));
    }

    [Fact]
    public void Fingerprint_ThatFailed_IsComputedAgain()
    {
        int computed = 0;
        EncoderInfo info = new("m", () => ++computed == 1 ? throw new IOException("busy") : Fingerprint("again"));

        Assert.Throws<IOException>(() => info.Fingerprint);
        Assert.Equal(Fingerprint("again"), info.Fingerprint);
    }

    [Fact]
    public void Fingerprint_ThatIsKnown_IsGiven()
    {
        EncoderFingerprint known = Fingerprint("known");

        Assert.Same(known, new EncoderInfo("m", known).Fingerprint);
        Assert.Throws<ArgumentNullException>(() => new EncoderInfo("m", (EncoderFingerprint)null!));
    }

    [Fact]
    public async Task MeasureBatchIndependenceAsync_Again_GivesTheFirstMeasurementOfThisEncoder()
    {
        int measured = 0;
        EncoderInfo Info() => new("m", Fingerprint("measured"), _ => Task.FromResult(Independence(++measured)));
        EncoderInfo first = Info();

        Assert.Null(first.BatchIndependence);
        BatchIndependence measurement = await first.MeasureBatchIndependenceAsync();

        Assert.Same(measurement, first.BatchIndependence);
        Assert.Same(measurement, await first.MeasureBatchIndependenceAsync());
        Assert.Equal(1, measured);
        Assert.Null(Info().BatchIndependence);
    }

    [Fact]
    public async Task MeasureBatchIndependenceAsync_EncoderThatCannot_Throws() =>
        await Assert.ThrowsAsync<NotSupportedException>(async () => await new EncoderInfo("m", () => Fingerprint("cannot")).MeasureBatchIndependenceAsync());

    [Theory]
    [InlineData(0f, true)]
    [InlineData(1e-5f, true)]
    [InlineData(1.1e-5f, false)]
    [InlineData(float.NaN, false)]
    public void IsIndependent_Difference_IsHeldAgainstTheTolerance(float difference, bool independent) =>
        Assert.Equal(independent, Independence(difference).IsIndependent);

    [Theory]
    [InlineData("cosine", true, "CosineSimilarity", true)]
    [InlineData("cosine", true, "DotProductSimilarity", true)]
    [InlineData("cosine", true, "EuclideanSquaredDistance", true)]
    [InlineData("cosine", true, "ManhattanDistance", false)]
    [InlineData("cosine", false, "CosineDistance", true)]
    [InlineData("cosine", false, "DotProductSimilarity", false)]
    [InlineData("dot", false, "NegativeDotProductSimilarity", true)]
    [InlineData("dot", false, "CosineSimilarity", false)]
    [InlineData("euclidean", false, "EuclideanDistance", true)]
    [InlineData("euclidean", false, "CosineSimilarity", false)]
    [InlineData("manhattan", true, "ManhattanDistance", true)]
    [InlineData("manhattan", true, "CosineSimilarity", false)]
    [InlineData("cosine", false, "HammingDistance", true)]
    [InlineData("cosine", false, "SomethingElse", true)]
    [InlineData("maxsim", false, "CosineSimilarity", true)]
    [InlineData(null, false, "ManhattanDistance", true)]
    public void DescribeContradiction_DistanceFunction_IsNamedWhereItOrdersOtherwise(string? similarity, bool normalized, string distance, bool agrees)
    {
        EncoderInfo info = new("the model", () => Fingerprint("similarity")) { SimilarityFunction = similarity, IsNormalized = normalized };

        string? message = info.DescribeContradiction(distance);

        Assert.Equal(agrees, message is null);
        Assert.All(agrees ? [] : new[] { "the model", similarity!, distance, SimilarityFunctions.DistanceFunctions(similarity, normalized)[0] }, part => Assert.Contains(part, message!, StringComparison.Ordinal));
    }

    private static BatchIndependence Independence(float difference) => new() { LargestDifference = difference, IsBitForBit = false, Texts = 1, LongestTokens = 5 };

    private static EncoderFingerprint Fingerprint(string content) => new([FingerprintComponent.Of(FingerprintComponents.Model, $"{nameof(EncoderInfoTests)} {content}")]);
}
