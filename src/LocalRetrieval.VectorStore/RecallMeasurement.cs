using System.Globalization;

namespace LocalRetrieval.VectorData;

/// <summary>How much of what an exact search finds a collection's index finds, or the first pass of a property of several vectors a record, and how fast both are; <see cref="LocalVectorStoreCollection{TKey, TRecord}.MeasureRecallAsync"/> gives it.</summary>
public sealed record RecallMeasurement
{
    /// <summary>How many records each search was asked for.</summary>
    public int Top { get; init; }

    /// <summary>How many values were searched for.</summary>
    public int Queries { get; init; }

    /// <summary>The share of the nearest records that was found, from 0 to 1, as the mean of all values. A record as near as the last of the nearest counts as one of them.</summary>
    public double Recall { get; init; }

    /// <summary>The share that was found for the value for which the least was.</summary>
    public double WorstRecall { get; init; }

    /// <summary>The index of that value in the sample; of several the first.</summary>
    public int WorstQuery { get; init; }

    /// <summary>The median time of a search, without embedding.</summary>
    public TimeSpan MedianTime { get; init; }

    /// <summary>The median time of an exact search, without embedding.</summary>
    public TimeSpan MedianExactTime { get; init; }

    /// <summary>The figures, in a line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"recall@{Top} of {Queries:N0} searches {Recall:F4}, at worst {WorstRecall:F4} (number {WorstQuery}); {MedianTime.TotalMilliseconds:F3} ms a search, exactly {MedianExactTime.TotalMilliseconds:F3}");
}
