using System.Diagnostics;
using LocalRetrieval.VectorData.Indexing.Upkeep;

namespace LocalRetrieval.VectorData.Tests.Indexing.Upkeep;

public sealed class SearchTimesTests
{
    [Fact]
    public void Median_OfTheLastSearches_IsOfThose()
    {
        SearchTimes times = new();
        for (int i = 1; i < SearchTimes.Kept; i++)
        {
            times.NoteExact(TimeSpan.FromSeconds(100));
            Assert.Null(times.Median);
        }

        times.NoteExact(TimeSpan.FromSeconds(100));
        Assert.Equal(TimeSpan.FromSeconds(100), times.Median);

        // Over the ends of the places several times.
        for (int i = 1; i <= 100; i++)
        {
            times.NoteExact(TimeSpan.FromSeconds(i));
        }

        Assert.Equal(TimeSpan.FromSeconds(96), times.Median);
    }

    [Fact]
    public void IsSearchedSince_AMoment_TellsLaterSearchesFromEarlierOnes()
    {
        SearchTimes times = new();
        long before = Stopwatch.GetTimestamp();
        long later = before + (1000 * Stopwatch.Frequency);
        Assert.False(times.IsSearchedSince(before));
        times.Begin();
        Assert.True(times.IsSearchedSince(later));
        times.End();
        Assert.True(times.IsSearchedSince(before));
        Assert.False(times.IsSearchedSince(later));
    }
}
