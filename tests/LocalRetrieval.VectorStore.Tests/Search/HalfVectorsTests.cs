using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Tests.Search;

public sealed class HalfVectorsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Widen_EveryFiniteHalf_IsTheConversion(int offset)
    {
        Half[] all = [.. Enumerable.Range(0, 0x10000).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits)).Where(Half.IsFinite).Skip(offset)];
        float[] widened = new float[all.Length];

        HalfVectors.Widen(all, widened);

        for (int i = 0; i < all.Length; i++)
        {
            Assert.Equal(BitConverter.SingleToInt32Bits((float)all[i]), BitConverter.SingleToInt32Bits(widened[i]));
        }
    }

    [Theory]
    [InlineData(65520f)]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Narrow_NotFiniteAsHalf_IsTheIndex(float value) => Assert.Equal(2, HalfVectors.Narrow([1, 65504, value, 3], new Half[4]));

    [Fact]
    public void Narrow_FiniteValues_RoundsToTheNearest()
    {
        float[] values = [.. Enumerable.Range(0, 100).Select(i => MathF.Sin(i))];
        Half[] halves = new Half[values.Length];

        Assert.Equal(-1, HalfVectors.Narrow(values, halves));
        Assert.Equal(values.Select(value => (Half)value), halves);
    }
}
