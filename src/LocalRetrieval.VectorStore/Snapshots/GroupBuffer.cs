using System.Numerics;
using System.Runtime.InteropServices;
using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Snapshots;

/// <summary>The rows of a group until they are written.</summary>
internal sealed class GroupBuffer
{
    private const int MostRows = 4096;
    private const int MostNumbers = 1 << 22;
    private const int MostBytes = 64 << 20;

    private readonly VectorProperty[] _columns;
    private readonly int _mostRows;
    private readonly byte[]?[] _vectors;
    private readonly float[]?[] _scales;
    private readonly byte[]?[] _presence;
    private readonly TokenBuffer?[] _tokens;
    private readonly ByteWriter _rows = new();
    private readonly List<int> _ends = [];

    public GroupBuffer(RecordModel model)
    {
        _columns = [.. model.VectorColumns.Where(column => !column.IsSparse)];
        int numbers = Math.Max(1, _columns.Where(column => !column.IsMulti).Sum(column => column.Dimensions));
        _mostRows = Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)(MostNumbers / numbers) / 2 + 1), 64, MostRows);
        _vectors = new byte[]?[model.VectorColumns.Length];
        _scales = new float[]?[model.VectorColumns.Length];
        _presence = new byte[]?[model.VectorColumns.Length];
        _tokens = [.. model.VectorColumns.Select(column => column.IsMulti ? new TokenBuffer(column.Tokens, _mostRows) : null)];
        foreach (VectorProperty column in _columns.Where(column => !column.IsMulti))
        {
            _vectors[column.Column] = new byte[_mostRows * SizeOf(column)];
            _scales[column.Column] = new float[_mostRows];
            _presence[column.Column] = new byte[GroupLayout.PresenceLength(_mostRows)];
        }
    }

    public int Count => _ends.Count;

    /// <summary>Whether another row belongs to the next group.</summary>
    public bool IsFull => Count == _mostRows || _rows.Length >= MostBytes || Array.Exists(_tokens, column => column?.Length >= MostBytes);

    /// <summary>How many vectors there are by column, of several a record; empty where no column is of such.</summary>
    public int[] CountVectors() => Array.TrueForAll(_tokens, column => column is null) ? [] : Array.ConvertAll(_tokens, column => column?.Count ?? 0);

    public void Add(PendingRows rows, int index, RowCodec codec)
    {
        object?[] values = rows.GetValues(index);
        foreach (VectorProperty column in _columns)
        {
            if (_tokens[column.Column] is { } tokens)
            {
                tokens.Add(values[column.Slot] is not null, values[column.Slot] is null ? default : rows.GetTokens(index, column));
            }
            else if (values[column.Slot] is not null)
            {
                Set(column, rows.GetVector(index, column));
            }
        }

        codec.WriteStored(_rows, rows, index);
        _ends.Add(_rows.Length);
    }

    public void Add(SnapshotRows source, int index)
    {
        foreach (VectorProperty column in _columns)
        {
            if (_tokens[column.Column] is { } tokens)
            {
                tokens.Add(source.HasVector(column.Column, index), source.GetTokens(column.Column).Find(index));
            }
            else if (source.HasVector(column.Column, index))
            {
                RowBlock block = source.GetVectors(column.Column).Find(index, out int place);
                ReadOnlySpan<byte> vectors = column.IsHalf ? MemoryMarshal.AsBytes(block.Halves.Span) : MemoryMarshal.AsBytes(block.Floats.Span);
                vectors.Slice(place * SizeOf(column), SizeOf(column)).CopyTo(Place(column));
                _scales[column.Column]![Count] = block.Scales.Span[place];
            }
        }

        _rows.Write(source.ReadRow(index));
        GC.KeepAlive(source);
        _ends.Add(_rows.Length);
    }

    /// <summary>Writes the group, and begins the next one.</summary>
    public SnapshotSection Write(SnapshotOutput output)
    {
        foreach (VectorProperty column in _columns)
        {
            if (_tokens[column.Column] is { } tokens)
            {
                tokens.Write(output);
                continue;
            }

            output.Write(_vectors[column.Column].AsSpan(0, Count * SizeOf(column)));
            output.Align();
            output.Write(MemoryMarshal.AsBytes(_scales[column.Column].AsSpan(0, Count)));
            output.Align();
            output.Write(_presence[column.Column].AsSpan(0, GroupLayout.PresenceLength(Count)));
            output.Align();
        }

        output.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_ends)));
        output.Align();
        output.Write(_rows.Written);
        Clear();
        return output.End();
    }

    private static int SizeOf(VectorProperty column) => column.Dimensions * GroupLayout.SizeOf(column);

    private void Set(VectorProperty column, ReadOnlySpan<float> vector)
    {
        Span<byte> place = Place(column);
        if (!column.IsHalf)
        {
            MemoryMarshal.AsBytes(vector).CopyTo(place);
            _scales[column.Column]![Count] = VectorBlocks.ScaleOf(vector);
            return;
        }

        // The numbers were Half before they came here, so that they come back as they are.
        HalfVectors.Narrow(vector, MemoryMarshal.Cast<byte, Half>(place));
        _scales[column.Column]![Count] = VectorBlocks.ScaleOf(vector);
    }

    /// <summary>Where the vector of the next row stands, which from now on has one.</summary>
    private Span<byte> Place(VectorProperty column)
    {
        _presence[column.Column]![Count / 8] |= (byte)(1 << (Count % 8));
        return _vectors[column.Column].AsSpan(Count * SizeOf(column), SizeOf(column));
    }

    // A row without a vector keeps its place, with zeros.
    private void Clear()
    {
        foreach (VectorProperty column in _columns.Where(column => !column.IsMulti))
        {
            Array.Clear(_vectors[column.Column]!);
            Array.Clear(_scales[column.Column]!);
            Array.Clear(_presence[column.Column]!);
        }

        _rows.Clear();
        _ends.Clear();
    }
}
