namespace LocalRetrieval.VectorData.MultiVectors;

/// <summary>Rows of several vectors each.</summary>
internal abstract class TokenRows
{
    /// <summary>The vectors of a row; none where it has none. Valid while this is held.</summary>
    public abstract TokenRow Find(int row);
}
