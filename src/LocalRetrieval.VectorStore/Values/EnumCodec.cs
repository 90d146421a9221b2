using System.Globalization;
using System.Text.Json;
using LocalRetrieval.VectorData.Log;

namespace LocalRetrieval.VectorData.Values;

/// <summary>A value of an enumeration, by its number: names may change.</summary>
internal sealed class EnumCodec(Type type) : ValueCodec
{
    private readonly bool _isUnsigned = Enum.GetUnderlyingType(type) == typeof(ulong);

    protected override void WriteValue(ByteWriter writer, object value) =>
        writer.Write(_isUnsigned ? unchecked((long)Convert.ToUInt64(value, CultureInfo.InvariantCulture)) : Convert.ToInt64(value, CultureInfo.InvariantCulture));

    protected override void WriteValue(Utf8JsonWriter writer, object value)
    {
        if (_isUnsigned)
        {
            writer.WriteNumberValue(Convert.ToUInt64(value, CultureInfo.InvariantCulture));
        }
        else
        {
            writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
        }
    }

    protected override object ReadValue(ref ByteReader reader) => Enum.ToObject(type, reader.Read<long>());

    protected override object ReadValue(ref Utf8JsonReader reader) => _isUnsigned ? Enum.ToObject(type, reader.GetUInt64()) : Enum.ToObject(type, reader.GetInt64());
}
