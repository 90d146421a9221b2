using System.Text.Json;
using LocalRetrieval.VectorData.Log;

namespace LocalRetrieval.VectorData.Values;

/// <summary>Writes the values of a property, which are of one type, and reads them: as bytes for a log, as JSON for an export.</summary>
internal abstract class ValueCodec
{
    /// <summary>Writes a value, which may be null.</summary>
    public void Write(ByteWriter writer, object? value)
    {
        writer.WriteByte(value is null ? (byte)0 : (byte)1);
        if (value is not null)
        {
            WriteValue(writer, value);
        }
    }

    /// <summary>Writes a value, which may be null.</summary>
    public void Write(Utf8JsonWriter writer, object? value)
    {
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            WriteValue(writer, value);
        }
    }

    /// <summary>Reads a value, which may be null.</summary>
    public object? Read(ref ByteReader reader) => reader.ReadByte() == 0 ? null : ReadValue(ref reader);

    /// <summary>Reads a value, which may be null.</summary>
    /// <param name="reader">Stands at the value's first token, and then at its last one.</param>
    public object? Read(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? null : ReadValue(ref reader);

    protected abstract void WriteValue(ByteWriter writer, object value);

    protected abstract void WriteValue(Utf8JsonWriter writer, object value);

    protected abstract object ReadValue(ref ByteReader reader);

    protected abstract object ReadValue(ref Utf8JsonReader reader);
}
