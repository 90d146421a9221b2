using System.Text.Json;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;
using LocalRetrieval.VectorData.Values;

namespace LocalRetrieval.VectorData.JsonLines;

/// <summary>Writes the rows of a snapshot as JSON, each an object of its values by storage name.</summary>
internal sealed class JsonRowWriter
{
    private readonly TableSnapshot _snapshot;
    private readonly RecordProperty[] _properties;
    private readonly JsonEncodedText[] _names;
    private readonly ValueCodec?[] _values;
    private readonly SparseRows?[] _sparse;

    /// <exception cref="NotSupportedException">A property is of a type that cannot be written.</exception>
    public JsonRowWriter(RecordModel model, TableSnapshot snapshot)
    {
        _snapshot = snapshot;
        _properties = model.Properties;
        _names = [.. model.Properties.Select(property => JsonEncodedText.Encode(property.StorageName, CollectionExport.Encoder))];
        _values = JsonRowReader.CodecsOf(model);
        _sparse = [.. model.VectorColumns.Select(property => property.IsSparse ? new SparseRows(snapshot.Indexes.GetVectors(property.Column), property.Dimensions) : null)];
    }

    public void Write(Utf8JsonWriter writer, Row row)
    {
        object?[] values = row.Values;
        writer.WriteStartObject();
        for (int slot = 0; slot < values.Length; slot++)
        {
            writer.WritePropertyName(_names[slot]);
            if (_properties[slot] is VectorProperty vector)
            {
                WriteVector(writer, vector, values[slot], row.Index);
            }
            else
            {
                _values[slot]!.Write(writer, values[slot]);
            }
        }

        writer.WriteEndObject();
    }

    private void WriteVector(Utf8JsonWriter writer, VectorProperty property, object? mark, int row)
    {
        if (mark is null)
        {
            writer.WriteNullValue();
        }
        else if (property.IsSparse)
        {
            JsonVectorCodec.Write(writer, mark, mark as SparseEmbedding ?? _sparse[property.Column]!.Get(row));
        }
        else if (property.IsMulti)
        {
            JsonVectorCodec.Write(writer, mark, _snapshot.State.CopyVector(property, row), property.Dimensions);
        }
        else
        {
            JsonVectorCodec.Write(writer, mark, _snapshot.GetVectors(property.Column).Get(row));
        }
    }
}
