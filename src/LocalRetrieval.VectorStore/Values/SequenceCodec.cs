using System.Text.Json;
using LocalRetrieval.VectorData.Log;

namespace LocalRetrieval.VectorData.Values;

/// <summary>An array, a list or a set of values of one type, of which each may be null.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <param name="item">Writes an element.</param>
/// <param name="make">Makes the collection of its elements.</param>
internal sealed class SequenceCodec<T>(ValueCodec item, Func<T[], IEnumerable<T>> make) : ValueCodec
{
    protected override void WriteValue(ByteWriter writer, object value)
    {
        var items = (IReadOnlyCollection<T>)value;
        writer.WriteCount(items.Count);
        foreach (T element in items)
        {
            item.Write(writer, element);
        }
    }

    protected override void WriteValue(Utf8JsonWriter writer, object value)
    {
        writer.WriteStartArray();
        foreach (T element in (IReadOnlyCollection<T>)value)
        {
            item.Write(writer, element);
        }

        writer.WriteEndArray();
    }

    protected override object ReadValue(ref ByteReader reader)
    {
        T[] items = new T[reader.ReadCount()];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = (T)item.Read(ref reader)!;
        }

        return make(items);
    }

    protected override object ReadValue(ref Utf8JsonReader reader)
    {
        JsonTokens.Expect(JsonTokenType.StartArray, ref reader);
        List<T> items = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(JsonTokens.ReadElement<T>(item, ref reader));
        }

        return make([.. items]);
    }
}
