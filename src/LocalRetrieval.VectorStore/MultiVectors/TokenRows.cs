namespace LocalRetrieval.VectorData.MultiVectors;

/// <summary>Rows of several vectors each.</summary>
internal abstract class TokenRows
{
    /// <summary>How many vectors there are, those of rows that are no longer there included.</summary>
    public abstract long Count { get; }

    /// <summary>The vectors of a row; none where it has none. Valid while this is held.</summary>
    public abstract TokenRow Find(int row);
}
