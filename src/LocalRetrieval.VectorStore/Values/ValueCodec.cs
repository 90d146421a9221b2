using LocalRetrieval.VectorData.Log;

namespace LocalRetrieval.VectorData.Values;

/// <summary>Writes the values of a property, which are of one type, and reads them.</summary>
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

    /// <summary>Reads a value, which may be null.</summary>
    public object? Read(ref ByteReader reader) => reader.ReadByte() == 0 ? null : ReadValue(ref reader);

    protected abstract void WriteValue(ByteWriter writer, object value);

    protected abstract object ReadValue(ref ByteReader reader);
}
