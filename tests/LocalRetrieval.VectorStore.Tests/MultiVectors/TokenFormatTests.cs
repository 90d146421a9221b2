using LocalRetrieval.VectorData.MultiVectors;
using LocalRetrieval.VectorData.Tests.Testing;

namespace LocalRetrieval.VectorData.Tests.MultiVectors;

public sealed class TokenFormatTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(20)]
    [InlineData(128)]
    public void Write_Int8_IsWithinHalfAStepOfTheNumbers(int dimensions)
    {
        Random random = new(dimensions);
        float[] numbers = TokenVectors.Numbers(random, 50 * dimensions);

        float[] read = RoundTrip(new(dimensions, isQuantized: true), numbers);

        for (int start = 0; start < numbers.Length; start += dimensions)
        {
            float greatest = numbers.Skip(start).Take(dimensions).Max(MathF.Abs);
            Assert.All(Enumerable.Range(start, dimensions), i => Assert.Equal(numbers[i], read[i], greatest / 127 * 0.502f));
        }
    }

    [Fact]
    public void Write_WhatWasRead_IsTheSameBitForBit()
    {
        Random random = new(1);
        TokenFormat format = new(24, isQuantized: true);
        for (int exponent = -26; exponent <= 15; exponent++)
        {
            float size = MathF.Pow(10, exponent);
            float[] once = RoundTrip(format, [.. TokenVectors.Numbers(random, 20 * 24).Select(number => Math.Clamp(number * size, -TokenFormat.Greatest, TokenFormat.Greatest))]);

            Assert.Contains(once, number => number != 0);
            Assert.Equal(Bits(once), Bits(RoundTrip(format, once)));
        }
    }

    [Fact]
    public void Write_VectorsOfNothing_AreZero()
    {
        TokenFormat format = new(2, isQuantized: true);

        Assert.Equal([0, 0, 0, 0, 1, -1], RoundTrip(format, [0, -0f, 1e-40f, -1e-35f, 1, -1]).Select(number => MathF.Round(number, 6)));
        Assert.Empty(RoundTrip(format, []));
    }

    [Fact]
    public void Write_Float32_KeepsEveryBit()
    {
        float[] numbers = [-0f, 1e-45f, TokenFormat.Greatest, 0.1f];

        Assert.Equal(Bits(numbers), Bits(RoundTrip(new(2, isQuantized: false), numbers)));
    }

    private static float[] RoundTrip(TokenFormat format, float[] numbers) => format.Read(new TokenArray(format, numbers).Row);

    private static int[] Bits(float[] numbers) => Array.ConvertAll(numbers, BitConverter.SingleToInt32Bits);
}
