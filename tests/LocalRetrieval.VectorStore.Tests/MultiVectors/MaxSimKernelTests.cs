using System.Runtime.Intrinsics;
using LocalRetrieval.VectorData.MultiVectors;

namespace LocalRetrieval.VectorData.Tests.MultiVectors;

public sealed class MaxSimKernelTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(48)]
    [InlineData(128)]
    [InlineData(1024)]
    public void FindLargest_RandomVectors_IsTheNaiveTwinOnEveryProcessor(int stride)
    {
        Random random = new(stride);
        for (int round = 0; round < 30; round++)
        {
            short greatest = (short)MaxSimQuery.GreatestCode(stride);
            short[] queries = [.. Enumerable.Range(0, random.Next(1, 9) * stride).Select(_ => (short)random.Next(-greatest, greatest + 1))];
            sbyte[] codes = [.. Enumerable.Range(0, random.Next(1, 14) * stride).Select(_ => (sbyte)random.Next(-127, 128))];
            AssertIsNaive(queries, codes, [.. Enumerable.Range(0, codes.Length / stride).Select(_ => random.NextSingle())], stride);
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(1024)]
    [InlineData(65536)]
    public void FindLargest_GreatestNumbers_DoNotOverflow(int stride)
    {
        short greatest = (short)MaxSimQuery.GreatestCode(stride);
        short[] queries = [.. Enumerable.Repeat(greatest, stride), .. Enumerable.Repeat((short)-greatest, stride)];
        sbyte[] codes = [.. Enumerable.Repeat(sbyte.MaxValue, stride)];

        AssertIsNaive(queries, codes, [1], stride);
    }

    private static void AssertIsNaive(short[] queries, sbyte[] codes, float[] scales, int stride)
    {
        float[] expected = [.. Enumerable.Range(0, queries.Length / stride).Select(query => Enumerable.Range(0, scales.Length).Max(row => (float)Dot(query, row) * scales[row]))];
        Vector128<float>[] largest = new Vector128<float>[expected.Length];
        MaxSimKernel.FindLargest(queries, codes, scales, stride, largest);
        Assert.Equal(expected, Array.ConvertAll(largest, Largest));
        MaxSimKernel.FindLargestAnywhere(queries, codes, scales, stride, largest);
        Assert.Equal(expected, Array.ConvertAll(largest, Largest));

        int Dot(int query, int row) => checked((int)Enumerable.Range(0, stride).Sum(i => (long)queries[(query * stride) + i] * codes[(row * stride) + i]));
    }

    private static float Largest(Vector128<float> lanes) => Enumerable.Range(0, 4).Max(lane => lanes[lane]);
}
