using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Indexing.Upkeep;
using LocalRetrieval.VectorData.MultiVectors;
using LocalRetrieval.VectorData.MultiVectors.FirstPass;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Snapshots;

namespace LocalRetrieval.VectorData.Storage;

/// <summary>The rows of a table until it is next compacted.</summary>
/// <remarks>
/// The first rows may stand in a snapshot. Others are appended and never moved. Each says in which generations it is there. Only a table's writer calls the members that change
/// anything; what it does is seen once a snapshot of its generation is published.
/// </remarks>
internal sealed partial class TableState
{
    private const int RowsPerBlock = 1024;

    private readonly RowsByKey _latest = new();
    private readonly VectorBlocks?[] _vectors;
    private readonly VectorProperty[] _columns;
    private readonly TokenBlocks?[] _tokens;
    private readonly FirstPassColumn?[] _firstPasses;
    private readonly ColumnIndex?[] _indexes;
    private readonly IndexSlot?[] _slots;
    private volatile Row[][] _blocks = [];

    /// <param name="model">What the table stores.</param>
    /// <param name="stored">The first rows, which stand in a snapshot; null for none.</param>
    public TableState(RecordModel model, SnapshotRows? stored = null)
    {
        KeyType = model.Key.Type;
        Stored = stored;
        Count = StoredCount;
        LiveCount = stored?.LiveCount ?? 0;
        _columns = model.VectorColumns;
        _vectors =
        [
            .. model.VectorColumns.Select(property => property.Kind != VectorKind.Dense ? null
                : new VectorBlocks(property.Dimensions, property.IsHalf, stored?.GetVectors(property.Column), StoredCount)),
        ];
        _tokens = [.. model.VectorColumns.Select(property => property.IsMulti ? new TokenBlocks(property.Tokens, stored?.GetTokens(property.Column), StoredCount) : null)];
        _firstPasses = [.. model.VectorColumns.Select(property => FirstPassFor(property, StoredCount))];
        _indexes = [.. model.Properties.Select(property => property is DataProperty { IsIndexed: true } data ? IndexFor(data) : null)];
        _slots = [.. model.VectorColumns.Select(property => property.IndexKind == VectorIndexKind.Flat ? null : new IndexSlot(new IndexedColumn(property)))];
    }

    public Type KeyType { get; }

    /// <summary>The first rows, which stand in a snapshot; null for none.</summary>
    public SnapshotRows? Stored { get; }

    /// <summary>How many rows stand in a snapshot.</summary>
    public int StoredCount => Stored?.Count ?? 0;

    /// <summary>How many rows are in memory that are no longer there.</summary>
    public int DeadInMemory => Count - StoredCount - (LiveCount - (Stored?.LiveCount ?? 0));

    /// <summary>How many rows there are, those that are no longer there included.</summary>
    public int Count { get; private set; }

    /// <summary>How many rows are there in the last generation.</summary>
    public int LiveCount { get; private set; }

    /// <summary>The dense vectors of a column.</summary>
    public VectorBlocks GetVectors(int column) => _vectors[column]!;

    /// <summary>The index over a slot; null where there is none.</summary>
    public ColumnIndex? GetIndex(int slot) => _indexes[slot];

    /// <summary>The place of the index over a column's dense vectors; null where they are always compared whole.</summary>
    public IndexSlot? FindSlot(int column) => _slots[column];

    /// <summary>The places of all indexes over dense vectors.</summary>
    public IEnumerable<IndexSlot> Slots => _slots.OfType<IndexSlot>();

    /// <summary>Whether a row has a vector of a dense column, and was not taken back.</summary>
    public bool HasVector(int index, VectorProperty property) => index < StoredCount
        ? Stored!.HasVector(property.Column, index)
        : GetRow(index) is { WasNever: false } row && row.HasVector(property.Column, property.Slot);

    /// <summary>Has the indexes over dense vectors be those of the state before, as soon as these have the new numbers of their rows. Nobody else has this state yet.</summary>
    /// <param name="before">The state before.</param>
    /// <param name="newRows">The number of each of its rows in this one; -1 for one that is not there.</param>
    public void InheritIndexes(TableState before, int[] newRows)
    {
        for (int column = 0; column < _slots.Length; column++)
        {
            _slots[column] = before._slots[column]?.Next(newRows);
        }
    }

    public Row GetRow(int index)
    {
        if (index < StoredCount)
        {
            return Stored!.GetRow(index);
        }

        index -= StoredCount;
        return _blocks[index / RowsPerBlock][index % RowsPerBlock];
    }

    /// <summary>The last version of a key's record, which may be deleted; null where there is none.</summary>
    public Row? FindLatest(object key)
    {
        Row? row = _latest.Find(key);
        while (row is { WasNever: true })
        {
            row = row.Previous;
        }

        return row ?? Stored?.Find(key);
    }

    public void EnsureCapacity(int rows)
    {
        int needed = (int)(((long)rows - StoredCount + RowsPerBlock - 1) / RowsPerBlock);
        Row[][] blocks = _blocks;
        if (needed > blocks.Length)
        {
            Row[][] grown = new Row[needed][];
            blocks.CopyTo(grown, 0);
            for (int i = blocks.Length; i < needed; i++)
            {
                grown[i] = new Row[RowsPerBlock];
            }

            _blocks = grown;
        }

        foreach (VectorBlocks? vectors in _vectors)
        {
            vectors?.EnsureCapacity(rows);
        }

        for (int column = 0; column < _tokens.Length; column++)
        {
            _tokens[column]?.EnsureCapacity(rows);
            _firstPasses[column]?.EnsureCapacity(rows);
        }
    }

    /// <summary>Appends a row, which is there from <paramref name="generation"/> on.</summary>
    public Row Append(object?[] values, long generation, Row? previous)
    {
        int index = Count;
        MemoryRow row = new(values, generation, index, previous);
        _blocks[(index - StoredCount) / RowsPerBlock][(index - StoredCount) % RowsPerBlock] = row;

        // It counts before anything can fail for want of memory: then it is taken back, and what names its place names no other row.
        Count++;
        LiveCount++;
        for (int slot = 0; slot < _indexes.Length; slot++)
        {
            _indexes[slot]?.Add(values[slot], index);
        }

        _latest.Set(row);
        return row;
    }

    public void End(Row row, long generation)
    {
        row.End(generation);
        LiveCount--;
    }

    /// <summary>Has a row be there again that was ended, or was about to be, unless it was taken back. Takes no memory.</summary>
    public void Revive(int index)
    {
        if (index < StoredCount)
        {
            LiveCount += Stored!.EndOf(index) == long.MaxValue ? 0 : 1;
            Stored.SetEnd(index, long.MaxValue);
        }
        else if (GetRow(index) is { IsLive: false, WasNever: false } row)
        {
            row.Revive();
            LiveCount++;
        }
    }

    /// <summary>Has a row in memory be in no generation.</summary>
    public void TakeBack(int index)
    {
        if (GetRow(index) is { WasNever: false } row)
        {
            LiveCount -= row.IsLive ? 1 : 0;
            row.End(Row.Never);
        }
    }

    /// <summary>The index of a column, over the rows of the snapshot too: where that has none of its own, they are read for it.</summary>
    private ColumnIndex? IndexFor(DataProperty property)
    {
        StoredColumnIndex? stored = Stored?.FindIndex(property.Slot);
        ColumnIndex? index = ColumnIndex.For(property, stored);
        for (int row = 0; index is not null && stored is null && row < StoredCount; row++)
        {
            index.Add(Stored!.ReadValues(row)[property.Slot], row);
        }

        return index;
    }
}
