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

    protected override object ReadValue(ref ByteReader reader)
    {
        Dictionary<string, T> items = [];
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            items.Add(reader.ReadText(), (T)item.Read(ref reader)!);
        }

        return items;
    }
}
