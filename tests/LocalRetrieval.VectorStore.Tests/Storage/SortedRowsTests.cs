using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Tests.Storage;

public sealed class SortedRowsTests
{
    [Fact]
    public void Find_RandomRangesBetweenAdditions_FindsWhatALoopFinds()
    {
        Random random = new(3);
        SortedRows sorted = new();
        List<int?> values = [];
        for (int round = 0; round < 60; round++)
        {
            for (int i = random.Next(200); i > 0; i--)
            {
                int? value = random.Next(10) == 0 ? null : random.Next(1000);
                sorted.Add(value, values.Count);
                values.Add(value);
            }

            int? least = random.Next(4) == 0 ? null : random.Next(1000);
            int? greatest = random.Next(4) == 0 ? null : random.Next(1000);
            int[] expected =
            [
                .. Enumerable.Range(0, values.Count).Where(row => values[row] is { } value && value >= (least ?? 0) && value <= (greatest ?? 1000)),
            ];

            Assert.Equal(expected, sorted.Find(least, greatest, values.Count)!.Order());
            if (expected.Length > 0)
            {
                Assert.Null(sorted.Find(least, greatest, expected.Length - 1));
            }
        }
    }

    [Fact]
    public void Find_Strings_AreComparedByOrdinal()
    {
        SortedRows sorted = new();
        string[] values = ["b", "B", "a", "é"];
        for (int row = 0; row < values.Length; row++)
        {
            sorted.Add(values[row], row);
        }

        Assert.Equal([0, 2], sorted.Find("a", "z", 4)!.Order());
    }
}
