namespace LocalRetrieval.VectorData.MultiVectors.FirstPass;

/// <summary>What was made of the rows of a snapshot, as soon as it is; states of one table over one snapshot share it.</summary>
internal sealed class MadeRows
{
    private volatile TokenBlocks? _rows;

    /// <summary>The rows; null until they are made.</summary>
    public TokenBlocks? Rows
    {
        get => _rows;
        set => _rows = value;
    }
}
