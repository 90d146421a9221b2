using System.Diagnostics;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Collections;

/// <summary>Holds searches by a column's index, or by its first pass, against searches that compare all vectors.</summary>
/// <param name="property">The column.</param>
/// <param name="rows">Searches it.</param>
/// <param name="top">How many rows are asked for.</param>
internal sealed class RecallSample(VectorProperty property, IMeasuredRows rows, int top)
{
    private readonly List<double> _recalls = [];
    private readonly List<TimeSpan> _times = [];
    private readonly List<TimeSpan> _exactTimes = [];

    /// <summary>Searches for a vector both ways.</summary>
    public void Add(ReadOnlyMemory<float> query, CancellationToken cancellationToken)
    {
        RowSearchOptions options = new() { Top = top };
        RowScore[] found = Take(_times, () => rows.Find(query, options, cancellationToken));
        RowScore[] nearest = Take(_exactTimes, () => rows.FindExactly(query, options, cancellationToken));
        _recalls.Add(nearest.Length == 0 ? 1 : (double)Math.Min(nearest.Length, CountHits(query, found, nearest, cancellationToken)) / nearest.Length);
    }

    public RecallMeasurement Measure() => new()
    {
        Top = top,
        Queries = _recalls.Count,
        Recall = _recalls.Average(),
        WorstRecall = _recalls.Min(),
        WorstQuery = _recalls.IndexOf(_recalls.Min()),
        MedianTime = MedianOf(_times),
        MedianExactTime = MedianOf(_exactTimes),
    };

    // By exact scores, since those of codes need not be; whatever is as near as the last of the nearest could have been in its place.
    private int CountHits(ReadOnlyMemory<float> query, RowScore[] found, RowScore[] nearest, CancellationToken cancellationToken)
    {
        int[] ascending = [.. found.Select(row => row.Row).Order()];
        return rows.FindAmong(ascending, query, new RowSearchOptions { Top = top }, cancellationToken).Count(row => property.Measure.Passes(row.Score, nearest[^1].Score));
    }

    private static RowScore[] Take(List<TimeSpan> times, Func<RowScore[]> search)
    {
        long started = Stopwatch.GetTimestamp();
        RowScore[] found = search();
        times.Add(Stopwatch.GetElapsedTime(started));
        return found;
    }

    private static TimeSpan MedianOf(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
}
