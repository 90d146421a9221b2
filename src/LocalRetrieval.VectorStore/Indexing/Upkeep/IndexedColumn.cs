using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Indexing.Upkeep;

/// <summary>A dense column that has an index, or may get one, through all states of its table.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class IndexedColumn(VectorProperty property)
{
    private volatile IndexUpkeep? _upkeep;

    public VectorProperty Property => property;

    /// <summary>What searches took.</summary>
    public SearchTimes Times { get; } = new();

    /// <summary>Says who keeps the index.</summary>
    public void KeepBy(IndexUpkeep upkeep) => _upkeep = upkeep;

    /// <summary>Notes a search that compared all vectors that match.</summary>
    /// <param name="query">The time of one query; null where a filter took its share, which no index would save.</param>
    public void NoteExact(TimeSpan? query)
    {
        if (query is { } time)
        {
            Times.NoteExact(time);
        }

        // An index may have waited for memory, until somebody searches.
        _upkeep?.Consider();
    }

    /// <summary>Gives the index up, which failed a search.</summary>
    public void Fail(Exception exception) => _upkeep?.Fail(this, exception);
}
