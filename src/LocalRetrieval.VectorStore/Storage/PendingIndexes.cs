namespace LocalRetrieval.VectorData.Storage;

/// <summary>Inverted indexes that are there, or are made when somebody needs them: once, and again where that failed.</summary>
/// <remarks>Safe for concurrent use; who comes while they are being made waits.</remarks>
internal sealed class PendingIndexes
{
    private readonly Lock _lock = new();
    private Func<RowIndexes>? _make;
    private volatile RowIndexes? _made;

    public PendingIndexes(Func<RowIndexes> make) => _make = make;

    public PendingIndexes(RowIndexes made) => _made = made;

    /// <summary>Whether they are there.</summary>
    public bool IsMade => _made is not null;

    public RowIndexes Value => _made ?? Make();

    private RowIndexes Make()
    {
        lock (_lock)
        {
            _made ??= _make!();
            _make = null;
            return _made;
        }
    }
}
