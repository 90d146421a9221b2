using LocalRetrieval.VectorData.Log;

namespace LocalRetrieval.VectorData.Values;

/// <summary>A single value.</summary>
internal sealed class ScalarCodec<T>(Action<ByteWriter, T> write, ScalarReader<T> read) : ValueCodec
    where T : notnull
{
    protected override void WriteValue(ByteWriter writer, object value) => write(writer, (T)value);

    protected override object ReadValue(ref ByteReader reader) => read(ref reader);
}
