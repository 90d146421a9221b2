using System.Text.Json;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Abstractions.Tests.Embeddings.Quantization;

public sealed class SByteCalibrationTests
{
    private readonly QuantizationGoldens _goldens = new();

    [Fact]
    public void Quantize_MiniLmEmbeddings_EqualsSentenceTransformers()
    {
        float[][] embeddings = _goldens.Embeddings;
        SByteCalibration calibration = SByteCalibration.FromSamples(embeddings.Select(vector => new Embedding<float>(vector)));
        int[][] expected = _goldens.Rows("int8");
        int[][] unsigned = _goldens.Rows("uint8");
        int undecided = 0;

        for (int row = 0; row < expected.Length; row++)
        {
            sbyte[] actual = calibration.Quantize(embeddings[row]);
            for (int i = 0; i < actual.Length; i++)
            {
                Assert.Equal(expected[row][i], unsigned[row][i] - 128);
                if (embeddings[row][i] == calibration.Maximums.Span[i])
                {
                    // (maximum - minimum) / step is 255 but for the last bit, and the golden's 7 digits do not hold that bit.
                    Assert.InRange(actual[i], 126, 127);
                    undecided += expected[row][i] == actual[i] ? 0 : 1;
                }
                else
                {
                    Assert.Equal(expected[row][i], actual[i]);
                }
            }
        }

        Assert.Equal(3, undecided);
    }

    [Fact]
    public void Quantize_EveryLevel_IsTheFloorOfItsShareOfTheRange()
    {
        SByteCalibration calibration = new(new float[] { -1 }, new float[] { 254 });

        for (int level = 0; level < 256; level++)
        {
            Assert.Equal((sbyte)(level - 128), Assert.Single(calibration.Quantize([level - 1])));
            Assert.Equal((sbyte)(level - 128), Assert.Single(calibration.Quantize([level - 0.5f])));
        }
    }

    [Fact]
    public void Quantize_BeyondTheRange_IsTheEnd()
    {
        SByteCalibration calibration = new(new float[] { 0, 0, 0 }, new float[] { 1, 1, 1 });

        Assert.Equal([-128, 127, 127], calibration.Quantize([-5, 5, float.PositiveInfinity]));
    }

    [Fact]
    public void Quantize_DimensionThatNeverVaried_CountsWholeSteps()
    {
        SByteCalibration calibration = SByteCalibration.FromSamples([new Embedding<float>(new float[] { 0.25f }), new Embedding<float>(new float[] { 0.25f })]);

        Assert.Equal([-128], calibration.Quantize([0.25f]));
        Assert.Equal([-126], calibration.Quantize([2.5f]));
    }

    [Fact]
    public void Quantize_OtherDimensionsOrNoNumber_IsRefused()
    {
        SByteCalibration calibration = new(new float[] { 0, 0 }, new float[] { 1, 1 });

        Assert.Contains("3 dimensions, but the calibration 2", Assert.Throws<ArgumentException>(() => calibration.Quantize([1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("dimension 1", Assert.Throws<ArgumentException>(() => calibration.Quantize([1, float.NaN])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_RoundTrip_KeepsTheRangesBitForBit()
    {
        SByteCalibration calibration = SByteCalibration.FromSamples(_goldens.Embeddings.Select(vector => new Embedding<float>(vector)));

        SByteCalibration read = JsonSerializer.Deserialize<SByteCalibration>(JsonSerializer.Serialize(calibration))!;

        Assert.Equal(calibration.Minimums.ToArray(), read.Minimums.ToArray());
        Assert.Equal(calibration.Maximums.ToArray(), read.Maximums.ToArray());
        Assert.Equal(384, read.Dimensions);
    }

    [Fact]
    public void FromSamples_NoneOrOfDifferentLengths_IsRefused()
    {
        Assert.Contains("no samples", Assert.Throws<ArgumentException>(() => SByteCalibration.FromSamples([])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "of 1 and of 2",
            Assert.Throws<ArgumentException>(() => SByteCalibration.FromSamples([new Embedding<float>(new float[1]), new Embedding<float>(new float[2])])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SByteCalibration.FromSamples([new Embedding<float>(new float[] { float.NaN })]));
        Assert.Contains(
            "index 1 is null",
            Assert.Throws<ArgumentException>("samples", () => SByteCalibration.FromSamples([new Embedding<float>(new float[1]), null!])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_RangesThatAreNone_AreRefusedByDimension()
    {
        Assert.Throws<ArgumentException>(() => new SByteCalibration(new float[1], new float[2]));
        Assert.Throws<ArgumentException>(() => new SByteCalibration(default, default));
        Assert.Contains(
            "dimension 1", Assert.Throws<ArgumentException>(() => new SByteCalibration(new float[] { 0, 2 }, new float[] { 1, 1 })).Message, StringComparison.Ordinal);
    }
}
