
namespace LocalRetrieval.Encoders.Tests.Batching;

public sealed class TextWindowsTests
{
    [Fact]
    public void Of_RandomCounts_FindsEachWindowsText()
    {
        Random random = new(5);
        for (int round = 0; round < 100; round++)
        {
            int[] counts = [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => random.Next(1, 5))];
            TextWindows windows = TextWindows.Of(Array.ConvertAll(counts, count => Enumerable.Repeat(Window(1), count).ToArray()));

            int next = 0;
            for (int text = 0; text < counts.Length; text++)
            {
                Assert.Equal(counts[text], windows.CountOf(text));
                Assert.Equal(next, windows.FirstOf(text));
                for (int i = 0; i < counts[text]; i++)
                {
                    Assert.Equal(text, windows.TextOf(next++));
                }
            }

            Assert.Equal(next, windows.All.Length);
        }
    }

    [Fact]
    public void Mean_Windows_CountsEachByItsWeight() =>
        Assert.Equal([0.75f, 0.25f], TextWindows.Mean([Window(3), Window(1)], [new(new float[] { 1, 0 }), new(new float[] { 0, 1 })]));

    private static TokenizedText Window(int weight) => new([1], [0], 0) { Weight = weight };
}
