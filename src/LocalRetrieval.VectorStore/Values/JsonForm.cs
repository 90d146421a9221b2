using System.Text.Json;

namespace LocalRetrieval.VectorData.Values;

/// <summary>How a value stands in JSON, from which just that value is read again.</summary>
/// <param name="write">Writes a value.</param>
/// <param name="read">Reads it.</param>
internal sealed class JsonForm<T>(Action<Utf8JsonWriter, T> write, JsonReader<T> read)
{
    public void Write(Utf8JsonWriter writer, T value) => write(writer, value);

    public T Read(ref Utf8JsonReader reader) => read(ref reader);
}
