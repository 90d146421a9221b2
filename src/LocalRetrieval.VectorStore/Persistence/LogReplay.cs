using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>Makes the changes of a log in a table again.</summary>
/// <param name="table">The table.</param>
/// <param name="model">What it stores.</param>
/// <param name="rows">Reads rows.</param>
/// <param name="prepare">Given each batch, with its generation, before it is made again; null for nobody.</param>
internal sealed class LogReplay(Table table, RecordModel model, RowCodec rows, Action<long, PendingRows>? prepare = null)
{
    /// <summary>How many rows the frames so far have.</summary>
    public long Rows { get; private set; }

    /// <summary>How many bytes the frame of the last change has, with those behind it that only say what was flushed.</summary>
    public long LastLength { get; private set; }

    /// <summary>Takes in a frame; see <see cref="FrameHandler"/>.</summary>
    public void Apply(long generation, ReadOnlySpan<byte> payload)
    {
        LastLength = LogFormat.FrameHeaderLength + payload.Length + (payload.IsEmpty ? LastLength : 0);
        if (payload.IsEmpty)
        {
            return;
        }

        ByteReader reader = new(payload);
        switch ((ChangeKind)reader.ReadByte())
        {
            case ChangeKind.Schema:
                break;
            case ChangeKind.Upsert:
                Upsert(generation, ref reader);
                break;
            case ChangeKind.Delete:
                Delete(generation, ref reader);
                break;
            case ChangeKind.Encoders:
                table.Restore(generation, EncoderCodec.Read(ref reader));
                break;
            default:
                throw new InvalidDataException($"The frame of generation {generation} holds a change of a kind that this version of LocalRetrieval does not know.");
        }
    }

    private void Upsert(long generation, ref ByteReader reader)
    {
        using PendingRows batch = new(model);
        EncoderCodec.Read(ref reader).CopyTo(batch.Encoders, 0);
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            rows.Read(ref reader, batch);
        }

        Rows += batch.Count;
        prepare?.Invoke(generation, batch);
        table.Restore(generation, batch);
    }

    private void Delete(long generation, ref ByteReader reader)
    {
        List<object> keys = [];
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            keys.Add(rows.ReadKey(ref reader));
        }

        table.Restore(generation, keys);
    }
}
