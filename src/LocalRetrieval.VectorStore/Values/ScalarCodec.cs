using System.Text.Json;
using LocalRetrieval.VectorData.Log;

namespace LocalRetrieval.VectorData.Values;

/// <summary>A single value.</summary>
internal sealed class ScalarCodec<T>(Action<ByteWriter, T> write, ScalarReader<T> read, JsonForm<T> json) : ValueCodec
    where T : notnull
{
    protected override void WriteValue(ByteWriter writer, object value) => write(writer, (T)value);

    protected override void WriteValue(Utf8JsonWriter writer, object value) => json.Write(writer, (T)value);

    protected override object ReadValue(ref ByteReader reader) => read(ref reader);

    protected override object ReadValue(ref Utf8JsonReader reader) => json.Read(ref reader);
}
