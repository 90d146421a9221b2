namespace LocalRetrieval.VectorData.Search;

/// <summary>What a search of rows returns.</summary>
internal sealed record RowSearchOptions
{
    /// <summary>How many rows to return at most, at least 1.</summary>
    public required int Top { get; init; }

    /// <summary>How many of the best rows to pass over.</summary>
    public int Skip { get; init; }

    /// <summary>The worst score that a row may have, or null for no limit.</summary>
    public double? ScoreThreshold { get; init; }

    /// <summary>Asked of rows that would be kept; safe for concurrent use. Null for all.</summary>
    public Func<int, bool>? Accepts { get; init; }

    /// <summary>How many rows have to be kept until the first ones are passed over.</summary>
    public int Kept => (int)Math.Min(int.MaxValue, (long)Top + Skip);
}
