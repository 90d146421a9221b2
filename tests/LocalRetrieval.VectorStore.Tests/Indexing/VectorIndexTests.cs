using System.Globalization;
using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Indexing.Codes;
using LocalRetrieval.VectorData.Indexing.Graphs;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Tests.Indexing;

public sealed class VectorIndexTests
{
    [Theory]
    [InlineData(0, 1024)]
    [InlineData(1023, 1024)]
    [InlineData(1024, 1280)]
    [InlineData(1279, 1280)]
    [InlineData(1280, 1600)]
    public void NextMeasured_Rows_IsTheFirstOfTheSeriesAbove(int rows, long expected) => Assert.Equal(expected, VectorIndex.NextMeasured(rows));

    [Fact]
    public void NextMeasured_AnyNumberOfRows_IsAboveByAQuarterAtMostAndTheSameUpToThere()
    {
        foreach (int rows in new[] { 1024, 5000, 123_456, 1_000_000, int.MaxValue / 2, int.MaxValue })
        {
            long next = VectorIndex.NextMeasured(rows);

            Assert.InRange(next, rows + 1L, rows + (rows / 4L) + 1);
            Assert.Equal(next, VectorIndex.NextMeasured((int)Math.Min(int.MaxValue, next - 1)));
        }
    }

    [Theory]
    [InlineData("sv-SE")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    public void Format_AnyCulture_IsTheSame(string culture)
    {
        string[] expected = Formats();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

            Assert.Equal(expected, Formats());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.All(expected, format => Assert.Contains("-5", format, StringComparison.Ordinal));
    }

    private static string[] Formats()
    {
        VectorMeasure measure = VectorMeasure.Find(null)!;
        GraphSettings settings = new(TargetRecall: .975, Seed: -5);
        return
        [
            new CodeIndex(measure, 64, VectorQuantization.Int8, new() { Seed = -5, TargetRecall = .975, Oversampling = 2.5 }).Format,
            new CodeIndex(measure, 64, VectorQuantization.Binary, new() { Seed = -5, FirstPassDimensions = 32 }).Format,
            new GraphIndex(measure, 64, settings, new WholeRows(measure, 64)).Format,
            new GraphIndex(measure, 64, settings, new CodedRows(VectorQuantization.Int8, measure, 64, seed: -5)).Format,
        ];
    }
}
