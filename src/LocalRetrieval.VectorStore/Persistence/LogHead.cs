using LocalRetrieval.VectorData.Log;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>What the first frame of a collection's log holds: what the collection stores, and the snapshot that has what was written before the log.</summary>
/// <param name="Schema">What the collection stores.</param>
/// <param name="Snapshot">The snapshot's file; null where the log has all.</param>
/// <param name="SnapshotNumber">The snapshot's random number, which tells it from another one of its name.</param>
internal sealed record LogHead(StoredSchema Schema, string? Snapshot = null, ulong SnapshotNumber = 0)
{
    /// <summary>Says that a log has none.</summary>
    public static string MissingFrom(string path) => $"'{path}' does not begin with what the collection stores: it is damaged, or foreign.";

    public static LogHead Read(ref ByteReader reader)
    {
        StoredSchema schema = StoredSchema.Read(ref reader);
        return reader.ReadByte() == 0 ? new LogHead(schema) : new LogHead(schema, reader.ReadText(), reader.Read<ulong>());
    }

    public void Write(ByteWriter writer)
    {
        Schema.Write(writer);
        writer.WriteByte(Snapshot is null ? (byte)0 : (byte)1);
        if (Snapshot is not null)
        {
            writer.WriteText(Snapshot);
            writer.Write(SnapshotNumber);
        }
    }
}
