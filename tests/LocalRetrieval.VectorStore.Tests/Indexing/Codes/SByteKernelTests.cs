using LocalRetrieval.VectorData.Indexing.Codes;

namespace LocalRetrieval.VectorData.Tests.Indexing.Codes;

public sealed class SByteKernelTests
{
    public static TheoryData<int, int> Shapes
    {
        get
        {
            TheoryData<int, int> shapes = [];
            foreach (int dimensions in new[] { 1, 2, 7, 8, 31, 32, 33, 64, 100, 384, 1000 })
            {
                foreach (int rows in new[] { 1, 3, 4, 5, 9 })
                {
                    shapes.Add(dimensions, rows);
                }
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Sum_EveryWidth_IsTheNaiveSum(int dimensions, int rows)
    {
        Random random = new((dimensions * 100) + rows);
        short[] query = Query(dimensions, _ => (short)random.Next(short.MinValue, short.MaxValue + 1));
        sbyte[] codes = Codes(rows * dimensions, _ => (sbyte)random.Next(-127, 128));
        int[] expected = [.. Enumerable.Range(0, rows).Select(row => Naive(query, codes, row, dimensions))];

        Assert.NotEmpty(SByteKernel.All());
        Assert.All(SByteKernel.All(), kernel =>
        {
            int[] sums = new int[rows];
            kernel.Sum(query, ref codes[0], dimensions, sums);
            Assert.Equal(expected, sums);
        });
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void SumFour_EveryWidth_IsTheNaiveSumOfEach(int dimensions, int rows)
    {
        Random random = new((dimensions * 100) + rows);
        short[] query = Query(dimensions, _ => (short)random.Next(short.MinValue, short.MaxValue + 1));
        sbyte[] codes = Codes(rows * dimensions, _ => (sbyte)random.Next(-127, 128));
        int[] four = [.. Enumerable.Range(0, 4).Select(_ => random.Next(rows))];

        Assert.All(SByteKernel.All(), kernel =>
        {
            int[] sums = new int[4];
            kernel.SumFour(query, ref codes[four[0] * dimensions], ref codes[four[1] * dimensions], ref codes[four[2] * dimensions], ref codes[four[3] * dimensions], sums);
            Assert.Equal(four.Select(row => Naive(query, codes, row, dimensions)), sums);
        });
    }

    [Fact]
    public void Sum_GreatestValuesThatStayWithin32Bits_DoesNotOverflow()
    {
        const int Dimensions = 4096;
        const short Greatest = int.MaxValue / 127 / Dimensions;
        short[] query = Query(Dimensions, i => i % 2 == 0 ? Greatest : (short)-Greatest);
        sbyte[] codes = Codes(Dimensions, i => i % 2 == 0 ? (sbyte)127 : (sbyte)-127);

        Assert.All(SByteKernel.All(), kernel =>
        {
            int[] sums = new int[1];
            kernel.Sum(query, ref codes[0], Dimensions, sums);
            Assert.Equal(Greatest * 127 * Dimensions, sums[0]);
        });
    }

    private static short[] Query(int dimensions, Func<int, short> value)
    {
        short[] query = new short[(dimensions + SByteKernel.Step - 1) / SByteKernel.Step * SByteKernel.Step];
        for (int i = 0; i < dimensions; i++)
        {
            query[i] = value(i);
        }

        return query;
    }

    // Behind the rows lies what must not count.
    private static sbyte[] Codes(int length, Func<int, sbyte> value) =>
        [.. Enumerable.Range(0, length).Select(value), .. Enumerable.Repeat((sbyte)99, CodeBlocks.Overread)];

    private static int Naive(short[] query, sbyte[] codes, int row, int dimensions) =>
        Enumerable.Range(0, dimensions).Aggregate(0, (sum, i) => unchecked(sum + (query[i] * codes[(row * dimensions) + i])));
}
