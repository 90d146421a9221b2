using System.Runtime.InteropServices;
using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.MultiVectors;
using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Snapshots;

/// <summary>The rows of a snapshot, which stay in its file: what is looked at is read there, and of what has ended alone memory is taken.</summary>
/// <remarks>One writer ends rows; any number of readers read.</remarks>
internal sealed class SnapshotRows
{
    private readonly SnapshotFile _file;
    private readonly RecordModel _model;
    private readonly RowCodec _codec;
    private readonly int[] _firstRows;
    private readonly GroupLayout[] _layouts;
    private readonly StoredVectors?[] _vectors;
    private readonly StoredTokens?[] _tokens;
    private readonly StoredColumnIndex?[] _indexes;
    private readonly ReadOnlyMemory<int> _keys;
    private readonly RowEnds _ends;

    /// <param name="file">The snapshot.</param>
    /// <param name="model">What it stores, with its dimensions.</param>
    public SnapshotRows(SnapshotFile file, RecordModel model)
    {
        _file = file;
        _model = model;
        _codec = new RowCodec(model);
        _firstRows = [.. file.Directory.Groups.Select(group => group.FirstRow)];
        _layouts = [.. file.Directory.Groups.Select(group => new GroupLayout(model.VectorColumns, group.Rows, group.Vectors))];
        _vectors = [.. model.VectorColumns.Select(column => column.Kind == VectorKind.Dense ? MapVectors(column) : null)];
        _tokens = [.. model.VectorColumns.Select(column => column.IsMulti ? MapTokens(column) : null)];
        _indexes = [.. model.Properties.Select(MapIndex)];
        _keys = file.Bytes.Memory<int>(file.Directory.Keys.Offset, checked((int)(file.Directory.Keys.Length / sizeof(int))));
        _ends = new RowEnds(Count);
    }

    public SnapshotFile File => _file;

    public long Generation => _file.Directory.Generation;

    public int Count => _file.Directory.Rows;

    /// <summary>How many rows none has ended.</summary>
    public int LiveCount => Count - _ends.Count;

    /// <summary>The dense vectors of a column.</summary>
    public StoredVectors GetVectors(int column) => _vectors[column]!;

    /// <summary>The vectors of a column of several a record.</summary>
    public StoredTokens GetTokens(int column) => _tokens[column]!;

    /// <summary>The index over a slot; null where the snapshot has none.</summary>
    public StoredColumnIndex? FindIndex(int slot) => _indexes[slot];

    public StoredRow GetRow(int index) => new(this, index);

    /// <summary>The row of a key, ended or not; null where there is none.</summary>
    public StoredRow? Find(object key)
    {
        ReadOnlySpan<int> places = _keys.Span;
        for (int place = FirstPlace(key, places.Length); places.Length > 0 && places[place] > 0; place = (place + 1) & (places.Length - 1))
        {
            if (ReadKey(places[place] - 1).Equals(key))
            {
                return GetRow(places[place] - 1);
            }
        }

        return null;
    }

    /// <summary>Where a key is looked for first in a table of keys: a power of two of places, of which each holds the number of a row plus one, or 0.</summary>
    public static int FirstPlace(object key, int places) => PlaceOf(KeyHash.Of(key), places);

    public static int PlaceOf(uint hash, int places) => (int)((hash * 0x9E3779B97F4A7C15UL) >> 32) & (places - 1);

    /// <summary>How many places a table of keys has.</summary>
    public static int PlacesFor(int rows) => checked((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(SnapshotFormat.Alignment / sizeof(int), rows + (rows / 2))));

    public object ReadKey(int index)
    {
        ByteReader reader = new(ReadRow(index));
        object key = _codec.ReadKey(ref reader);
        GC.KeepAlive(_file);
        return key;
    }

    public object?[] ReadValues(int index)
    {
        ByteReader reader = new(ReadRow(index));
        object?[] values = _codec.ReadStored(ref reader, sparse: null);
        GC.KeepAlive(_file);
        return values;
    }

    /// <summary>The sparse vectors of a row by column; null where it has none, and for dense columns.</summary>
    public SparseEmbedding?[] ReadSparse(int index)
    {
        SparseEmbedding?[] sparse = new SparseEmbedding?[_model.VectorColumns.Length];
        ByteReader reader = new(ReadRow(index));
        _codec.ReadStored(ref reader, sparse);
        GC.KeepAlive(_file);
        return sparse;
    }

    /// <summary>A row as it was written. Valid while this is held.</summary>
    public ReadOnlySpan<byte> ReadRow(int index)
    {
        int group = GroupOf(index, out int place);
        long start = _file.Directory.Groups[group].Section.Offset;
        ReadOnlySpan<int> ends = MemoryMarshal.Cast<byte, int>(_file.Bytes.Read(start + _layouts[group].Ends, (place + 1) * sizeof(int)));
        int first = place == 0 ? 0 : ends[place - 1];
        return _file.Bytes.Read(start + _layouts[group].Rows + first, ends[place] - first);
    }

    public bool HasVector(int column, int index)
    {
        int group = GroupOf(index, out int place);
        bool has = (_file.Bytes.Read(_file.Directory.Groups[group].Section.Offset + _layouts[group].PresenceOf(column) + (place / 8), 1)[0] >> (place % 8) & 1) == 1;
        GC.KeepAlive(_file);
        return has;
    }

    /// <summary>The generation that ends a row; <see cref="long.MaxValue"/> where none does.</summary>
    public long EndOf(int index) => _ends[index];

    public void SetEnd(int index, long generation) => _ends[index] = generation;

    private int GroupOf(int index, out int place)
    {
        int group = Array.BinarySearch(_firstRows, index);
        group = group < 0 ? ~group - 1 : group;
        place = index - _firstRows[group];
        return group;
    }

    private StoredVectors MapVectors(VectorProperty property)
    {
        RowBlock[] blocks = new RowBlock[_firstRows.Length];
        for (int i = 0; i < blocks.Length; i++)
        {
            SnapshotGroup group = _file.Directory.Groups[i];
            long start = group.Section.Offset;
            ReadOnlyMemory<float> scales = _file.Bytes.Memory<float>(start + _layouts[i].ScalesOf(property.Column), group.Rows);
            long vectors = start + _layouts[i].VectorsOf(property.Column);
            int numbers = checked(group.Rows * property.Dimensions);
            blocks[i] = property.IsHalf
                ? RowBlock.Of(group.FirstRow, _file.Bytes.Memory<Half>(vectors, numbers), property.Dimensions, scales)
                : RowBlock.Of(group.FirstRow, _file.Bytes.Memory<float>(vectors, numbers), property.Dimensions, scales);
        }

        return new StoredVectors(property, blocks, _firstRows);
    }

    private StoredTokens MapTokens(VectorProperty property)
    {
        TokenFormat format = property.Tokens;
        StoredTokens.Group[] groups = new StoredTokens.Group[_firstRows.Length];
        for (int i = 0; i < groups.Length; i++)
        {
            SnapshotGroup group = _file.Directory.Groups[i];
            long start = group.Section.Offset;
            int vectors = group.Vectors[property.Column];
            groups[i] = new StoredTokens.Group(
                _file.Bytes.Memory<int>(start + _layouts[i].VectorEndsOf(property.Column), group.Rows),
                _file.Bytes.Memory<float>(start + _layouts[i].ScalesOf(property.Column), format.IsQuantized ? vectors : 0),
                _file.Bytes.Memory<byte>(start + _layouts[i].VectorsOf(property.Column), checked(vectors * format.VectorLength)));
        }

        return new StoredTokens(format, groups, _firstRows);
    }

    private StoredColumnIndex? MapIndex(RecordProperty property) =>
        property is DataProperty data && _file.Directory.Indexes[property.Slot] is { } section && ColumnIndex.CodecOf(data) is { } codec ? new StoredColumnIndex(_file, section, codec) : null;
}
