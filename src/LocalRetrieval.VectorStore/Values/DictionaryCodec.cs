using System.Text.Json;
using LocalRetrieval.VectorData.Log;

namespace LocalRetrieval.VectorData.Values;

/// <summary>Values by texts.</summary>
internal sealed class DictionaryCodec<T>(ValueCodec item) : ValueCodec
{
    protected override void WriteValue(ByteWriter writer, object value)
    {
        var items = (Dictionary<string, T>)value;
        writer.WriteCount(items.Count);
        foreach ((string key, T element) in items)
        {
            writer.WriteText(key);
            item.Write(writer, element);
        }
    }

    // An object, or pairs where a text is none of UTF-8, as names of JSON are.
    protected override void WriteValue(Utf8JsonWriter writer, object value)
    {
        var items = (Dictionary<string, T>)value;
        if (items.Keys.All(JsonText.IsWellFormed))
        {
            WriteObject(writer, items);
            return;
        }

        writer.WriteStartArray();
        foreach ((string key, T element) in items)
        {
            writer.WriteStartArray();
            JsonText.Write(writer, key);
            item.Write(writer, element);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    protected override object ReadValue(ref ByteReader reader)
    {
        Dictionary<string, T> items = [];
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            items.Add(reader.ReadText(), (T)item.Read(ref reader)!);
        }

        return items;
    }

    protected override object ReadValue(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return ReadPairs(ref reader);
        }

        Dictionary<string, T> items = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string key = reader.GetString()!;
            reader.Read();
            items.Add(key, JsonTokens.ReadElement<T>(item, ref reader));
        }

        return items;
    }

    private void WriteObject(Utf8JsonWriter writer, Dictionary<string, T> items)
    {
        writer.WriteStartObject();
        foreach ((string key, T element) in items)
        {
            writer.WritePropertyName(key);
            item.Write(writer, element);
        }

        writer.WriteEndObject();
    }

    private Dictionary<string, T> ReadPairs(ref Utf8JsonReader reader)
    {
        JsonTokens.Expect(JsonTokenType.StartArray, ref reader);
        Dictionary<string, T> items = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            JsonTokens.Expect(JsonTokenType.StartArray, ref reader);
            reader.Read();
            string key = JsonText.Read(ref reader);
            reader.Read();
            items.Add(key, JsonTokens.ReadElement<T>(item, ref reader));
            reader.Read();
            JsonTokens.Expect(JsonTokenType.EndArray, ref reader);
        }

        return items;
    }
}
