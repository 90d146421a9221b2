using LocalRetrieval.VectorData.Indexing.Codes;

namespace LocalRetrieval.VectorData.Tests.Indexing.Codes;

public sealed class BinaryKernelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(256)]
    [InlineData(384)]
    [InlineData(1000)]
    [InlineData(9000)]
    public void Sum_EveryWidth_IsTheNaiveSumOfSignsTimesNumbers(int dimensions)
    {
        const int Rows = 21;
        Random random = new(dimensions);
        int words = (dimensions + 63) / 64;
        int[] values = [.. Enumerable.Range(0, dimensions).Select(_ => random.Next(16))];
        bool[] signs = [.. Enumerable.Range(0, Rows * dimensions).Select(_ => random.Next(2) == 1)];
        ulong[] planes = new ulong[words * 4];
        ulong[] rows = new ulong[words * Rows];
        for (int i = 0; i < dimensions; i++)
        {
            for (int bit = 0; bit < 4; bit++)
            {
                planes[(i / 64 * 4) + bit] |= (ulong)((values[i] >> bit) & 1) << (i % 64);
            }

            for (int row = 0; row < Rows; row++)
            {
                rows[(row * words) + (i / 64)] |= (signs[(row * dimensions) + i] ? 1UL : 0) << (i % 64);
            }
        }

        int[] expected = [.. Enumerable.Range(0, Rows).Select(row => Enumerable.Range(0, dimensions).Sum(i => (signs[(row * dimensions) + i] ? 1 : -1) * ((2 * values[i]) - 15)))];

        Assert.NotEmpty(BinaryKernel.All());
        Assert.All(BinaryKernel.All(), kernel =>
        {
            int[] sums = new int[Rows];
            kernel.Sum(planes, kernel.ToRegisters(planes), ref rows[0], dimensions, sums);
            Assert.Equal(expected, sums);
        });
        Assert.Equal(expected, Enumerable.Range(0, Rows).Select(row => BinaryKernel.SumOne(planes, ref rows[row * words], dimensions)));
    }
}
