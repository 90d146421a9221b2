using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>Writes the frames of a log to another: those up to a snapshot without the rows that it does not see, later ones as they are.</summary>
internal sealed class LogRewriter(LogWriter target, RowCodec rows, TableSnapshot snapshot)
{
    private readonly ByteWriter _frame = new();
    private readonly List<Range> _kept = [];
    private readonly Dictionary<object, int> _places = [];
    private bool _isBeyond;

    /// <summary>How many rows were written.</summary>
    public long Rows { get; private set; }

    /// <summary>Takes in a frame; see <see cref="FrameHandler"/>.</summary>
    public void Apply(long generation, ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return;
        }

        ChangeKind kind = (ChangeKind)payload[0];
        if (generation > snapshot.Generation)
        {
            Finish();
            Copy(generation, payload);
        }
        else if (kind == ChangeKind.Upsert)
        {
            Rewrite(generation, payload);
        }
    }

    /// <summary>Writes what fills the vectors, which stands in frames that were left out: before the first frame that the snapshot does not see.</summary>
    public void Finish()
    {
        if (!_isBeyond)
        {
            _isBeyond = true;
            ChangeFrame.Begin(_frame, ChangeKind.Encoders);
            EncoderCodec.Write(_frame, snapshot.Encoders);
            target.Append(snapshot.Generation, _frame.Written);
        }
    }

    private void Copy(long generation, ReadOnlySpan<byte> payload)
    {
        _frame.Clear();
        _frame.Skip(LogFormat.FrameHeaderLength);
        _frame.Write(payload);
        target.Append(generation, _frame.Written);
        if ((ChangeKind)payload[0] == ChangeKind.Upsert)
        {
            ByteReader reader = new(payload[1..]);
            EncoderCodec.Read(ref reader);
            Rows += reader.ReadCount();
        }
    }

    private void Rewrite(long generation, ReadOnlySpan<byte> payload)
    {
        ByteReader reader = new(payload[1..]);
        EncoderFingerprint?[] encoders = EncoderCodec.Read(ref reader);
        ChangeFrame.Begin(_frame, ChangeKind.Upsert);
        EncoderCodec.Write(_frame, encoders);
        int count = Keep(ref reader, generation, payload);
        if (count == 0)
        {
            return;
        }

        _frame.WriteCount(count);
        foreach (Range range in _kept)
        {
            RowCodec.WriteWritten(_frame, payload[range]);
        }

        Rows += count;
        target.Append(generation, _frame.Written);
    }

    /// <summary>Notes where the rows stand that are still there.</summary>
    private int Keep(ref ByteReader reader, long generation, ReadOnlySpan<byte> payload)
    {
        _kept.Clear();
        _places.Clear();
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            object key = rows.ReadWritten(ref reader, out ReadOnlySpan<byte> written);
            if (snapshot.Find(key) is { } row && row.Created == generation)
            {
                int end = payload.Length - reader.Left;
                if (!_places.TryAdd(key, _kept.Count))
                {
                    // Of a key that is in a batch twice the last row is there.
                    _kept[_places[key]] = default;
                    _places[key] = _kept.Count;
                }

                _kept.Add((end - written.Length)..end);
            }
        }

        _kept.RemoveAll(range => range.Equals(default));
        return _kept.Count;
    }
}
