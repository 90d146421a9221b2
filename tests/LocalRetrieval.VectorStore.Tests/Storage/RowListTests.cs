using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Tests.Storage;

public sealed class RowListTests
{
    [Fact]
    public void Read_AfterEachAdd_HasEachRowOnce()
    {
        RowList rows = new(3);
        List<int> expected = [3];
        for (int row = 3; row < 100; row += row % 3)
        {
            rows.Add(row);
            rows.Add(row);
            expected.Add(row);
            row++;

            Assert.Equal(expected.Distinct(), rows.Read().ToArray());
        }
    }

    [Fact]
    public async Task Read_WhileAWriterAppends_HasNoGap()
    {
        const int Count = 100_000;
        RowList rows = new(0);
        Task writer = Task.Run(() =>
        {
            for (int row = 1; row < Count; row++)
            {
                rows.Add(row);
            }
        });
        int length = 1;
        while (length < Count && !writer.IsCompleted)
        {
            ReadOnlySpan<int> read = rows.Read();

            Assert.True(read.Length >= length && read[^1] == read.Length - 1);
            length = read.Length;
        }

        await writer;
        Assert.Equal(Enumerable.Range(0, Count), rows.Read().ToArray());
    }
}
