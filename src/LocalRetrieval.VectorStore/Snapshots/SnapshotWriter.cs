using System.Security.Cryptography;
using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Snapshots;

/// <summary>Writes a snapshot, row after row. In memory it has one group, and of the rows before a number for each.</summary>
internal sealed class SnapshotWriter
{
    private readonly RecordModel _model;
    private readonly SnapshotOutput _output;
    private readonly RowCodec _codec;
    private readonly GroupBuffer _group;
    private readonly List<SnapshotGroup> _groups = [];
    private readonly List<uint> _keys = [];
    private readonly SnapshotColumn?[] _columns;
    private readonly int _version;

    /// <param name="file">An empty file; it stays the caller's to dispose.</param>
    /// <param name="model">What is stored.</param>
    public SnapshotWriter(IStoreFile file, RecordModel model)
    {
        _model = model;
        _output = new SnapshotOutput(file);
        _codec = new RowCodec(model);
        _group = new GroupBuffer(model);
        _version = Array.Exists(model.VectorColumns, column => column.IsMulti) ? SnapshotFormat.Version : SnapshotFormat.OneVectorVersion;
        _columns = [.. model.Properties.Select(property => property is DataProperty { IsIndexed: true } data && ColumnIndex.CodecOf(data) is not null ? new SnapshotColumn(ColumnIndex.IsOverElements(data)) : null)];
        Span<byte> header = new byte[SnapshotFormat.HeaderLength];
        SnapshotFormat.WriteHeader(header, _version, Number);
        _output.Write(header);
        _output.End();

        // What an opening finds half done it deletes where it knows it.
        _output.Flush();
    }

    /// <summary>A random number that tells the snapshot from any other.</summary>
    public ulong Number { get; } = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>How many rows were written.</summary>
    public int Count => _keys.Count;

    /// <summary>Writes a row of a batch.</summary>
    public void Add(PendingRows rows, int index)
    {
        Note(rows.GetValues(index));
        _group.Add(rows, index, _codec);
        EndGroupIfFull();
    }

    /// <summary>Writes a row as it stands in another snapshot.</summary>
    public void Add(SnapshotRows source, int index)
    {
        if (Array.TrueForAll(_columns, column => column is null))
        {
            _keys.Add(KeyHash.Of(source.ReadKey(index)));
        }
        else
        {
            Note(source.ReadValues(index));
        }

        _group.Add(source, index);
        EndGroupIfFull();
    }

    /// <summary>Writes what is said of all rows, and flushes the file.</summary>
    public void Finish(StoredSchema schema, long generation, EncoderFingerprint?[] encoders)
    {
        EndGroup();
        SnapshotDirectory directory = new()
        {
            Schema = schema,
            Generation = generation,
            Rows = Count,
            Encoders = encoders,
            Groups = [.. _groups],
            Keys = WriteKeys(),
            Indexes = [.. _model.Properties.Select(WriteIndex)],
        };
        ByteWriter written = new();
        directory.Write(written);
        _output.Write(written.Written);
        SnapshotSection section = _output.End();
        Span<byte> trailer = new byte[SnapshotFormat.TrailerLength];
        SnapshotFormat.WriteTrailer(trailer, _version, Number, section);
        _output.Write(trailer);
        _output.Flush();
    }

    private void Note(object?[] values)
    {
        for (int slot = 0; slot < _columns.Length; slot++)
        {
            _columns[slot]?.Add(values[slot], Count);
        }

        _keys.Add(KeyHash.Of(values[0]!));
    }

    private void EndGroupIfFull()
    {
        if (_group.IsFull)
        {
            EndGroup();
        }
    }

    private void EndGroup()
    {
        if (_group.Count > 0)
        {
            int rows = _group.Count;
            int[] vectors = _group.CountVectors();
            _groups.Add(new SnapshotGroup(Count - rows, rows, _group.Write(_output), vectors));
        }
    }

    private SnapshotSection WriteKeys()
    {
        int[] places = new int[SnapshotRows.PlacesFor(Count)];
        for (int row = 0; row < Count; row++)
        {
            int place = SnapshotRows.PlaceOf(_keys[row], places.Length);
            while (places[place] > 0)
            {
                place = (place + 1) & (places.Length - 1);
            }

            places[place] = row + 1;
        }

        _output.Write(places);
        return _output.End();
    }

    private SnapshotSection? WriteIndex(RecordProperty property) =>
        _columns[property.Slot] is { } column && ColumnIndex.CodecOf((DataProperty)property) is { } codec && StoredColumnIndex.TryWrite(_output, column, codec) ? _output.End() : null;
}
