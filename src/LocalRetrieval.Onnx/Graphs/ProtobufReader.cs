using System.Text;

namespace LocalRetrieval.Onnx.Graphs;

/// <summary>Walks the protobuf messages of a file field by field, without reading what nobody asks for.</summary>
internal sealed class ProtobufReader(FileStream file)
{
    /// <summary>The fields of the message that begins here and ends at <paramref name="end"/>; each may be read, in whole or in part, before the next is taken.</summary>
    /// <exception cref="EndOfStreamException">A field goes past the end, or is of no known kind.</exception>
    public IEnumerable<ProtobufField> Fields(long end)
    {
        while (file.Position < end)
        {
            long tag = Varint();
            int wireType = (int)(tag & 7);
            long value = wireType is ProtobufField.Number or ProtobufField.Bytes ? Varint() : 0;
            long length = wireType switch
            {
                ProtobufField.Number => 0,
                ProtobufField.Bytes => value,
                1 => sizeof(long),
                5 => sizeof(int),
                _ => throw new EndOfStreamException(),
            };
            long next = file.Position + length;
            if (length < 0 || next > end)
            {
                throw new EndOfStreamException();
            }

            yield return new ProtobufField(tag >> 3, wireType, value, next);
            if (file.Position != next)
            {
                file.Position = next;
            }
        }
    }

    /// <summary>The text of a field that was just given.</summary>
    public string Text(ProtobufField field)
    {
        byte[] bytes = new byte[field.End - file.Position];
        file.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The numbers of a field that was just given: one, or several packed together.</summary>
    public IEnumerable<long> Numbers(ProtobufField field)
    {
        if (field.WireType == ProtobufField.Number)
        {
            yield return field.Value;
        }

        while (field.WireType == ProtobufField.Bytes && file.Position < field.End)
        {
            yield return Varint();
        }
    }

    private long Varint()
    {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            int read = file.ReadByte();
            if (read < 0)
            {
                throw new EndOfStreamException();
            }

            value |= (long)(read & 0x7F) << shift;
            if (read < 0x80)
            {
                return value;
            }
        }

        throw new EndOfStreamException();
    }
}
