using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;
using LocalRetrieval.VectorData.Values;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>Writes the rows of a table, and reads them.</summary>
/// <remarks>A row is its length, the key, and the other values by slot; a vector stands with its value.</remarks>
internal sealed class RowCodec
{
    private readonly RecordModel _model;
    private readonly ValueCodec?[] _values;
    private readonly VectorCodec[] _vectors;

    /// <exception cref="NotSupportedException">A property is of a type that cannot be written.</exception>
    public RowCodec(RecordModel model)
    {
        _model = model;
        _values = ValueCodecs.Of(model, "a store with a path cannot write. It writes");
        _vectors = [.. model.VectorColumns.Select(property => new VectorCodec(property))];
    }

    public void WriteKey(ByteWriter writer, object key) => _values[0]!.Write(writer, key);

    public object ReadKey(ref ByteReader reader) => _values[0]!.Read(ref reader) ?? throw new InvalidDataException("A record without a key was written.");

    /// <summary>Writes a row of a batch.</summary>
    public void Write(ByteWriter writer, PendingRows rows, int index)
    {
        int start = writer.Length;
        writer.Skip(sizeof(int));
        object?[] values = rows.GetValues(index);
        for (int slot = 0; slot < values.Length; slot++)
        {
            if (_model.Properties[slot] is VectorProperty vector)
            {
                _vectors[vector.Column].Write(writer, values[slot], rows, index);
            }
            else
            {
                _values[slot]!.Write(writer, values[slot]);
            }
        }

        writer.Overwrite(start, writer.Length - start - sizeof(int));
    }

    /// <summary>Reads a row into a batch.</summary>
    public void Read(ref ByteReader reader, PendingRows rows)
    {
        reader.Read<int>();
        object?[] values = new object?[_model.Properties.Length];
        int index = rows.Add(values);
        for (int slot = 0; slot < values.Length; slot++)
        {
            values[slot] = _model.Properties[slot] is VectorProperty vector
                ? _vectors[vector.Column].Read(ref reader, rows, index)
                : _values[slot]!.Read(ref reader);
        }
    }

    /// <summary>Writes a row of a batch as a snapshot keeps it: dense vectors stand apart.</summary>
    public void WriteStored(ByteWriter writer, PendingRows rows, int index)
    {
        object?[] values = rows.GetValues(index);
        for (int slot = 0; slot < values.Length; slot++)
        {
            if (_model.Properties[slot] is VectorProperty vector)
            {
                _vectors[vector.Column].WriteStored(writer, values[slot], rows, index);
            }
            else
            {
                _values[slot]!.Write(writer, values[slot]);
            }
        }
    }

    /// <summary>Reads the values of a row that a snapshot keeps.</summary>
    /// <param name="reader">Reads the row.</param>
    /// <param name="sparse">Given the sparse vectors by column; null where nobody asks for them.</param>
    public object?[] ReadStored(ref ByteReader reader, SparseEmbedding?[]? sparse)
    {
        object?[] values = new object?[_model.Properties.Length];
        for (int slot = 0; slot < values.Length; slot++)
        {
            values[slot] = _model.Properties[slot] is VectorProperty vector
                ? _vectors[vector.Column].ReadStored(ref reader, sparse)
                : _values[slot]!.Read(ref reader);
        }

        return values;
    }
}
