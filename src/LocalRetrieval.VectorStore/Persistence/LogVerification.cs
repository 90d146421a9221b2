using LocalRetrieval.VectorData.Log;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>Checks every frame of a log.</summary>
internal sealed class LogVerification(LogView log, CancellationToken cancellationToken)
{
    private long _frames;
    private long _records;

    public VerifiedFile Run()
    {
        (string? damage, long torn) = Read();
        return new VerifiedFile { Name = Path.GetFileName(log.Path), Bytes = log.Length, Frames = _frames, Rows = _records, TornBytes = torn, Damage = damage };
    }

    private (string? Damage, long TornBytes) Read()
    {
        try
        {
            LogEnd end = log.Read(Apply);
            return log.FindDamage(end) is { } damage ? (damage, 0)
                : _frames == 0 ? (LogHead.MissingFrom(log.Path), 0)
                : (null, end.Length - end.Offset);
        }
        catch (InvalidDataException exception)
        {
            return (exception.Message, 0);
        }
    }

    private void Apply(long generation, ReadOnlySpan<byte> payload)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ChangeKind? kind = payload.IsEmpty ? null : (ChangeKind)payload[0];
        if (_frames == 0 && kind != ChangeKind.Schema)
        {
            throw new InvalidDataException(LogHead.MissingFrom(log.Path));
        }

        if (kind == ChangeKind.Upsert)
        {
            _records += CountOf(payload);
        }
        else if (kind is { } other && !Enum.IsDefined(other))
        {
            throw new InvalidDataException($"'{log.Path}' holds a change of a kind that this version of LocalRetrieval does not know, in the frame of generation {generation}.");
        }

        _frames++;
    }

    private static int CountOf(ReadOnlySpan<byte> upsert)
    {
        ByteReader reader = new(upsert[1..]);
        EncoderCodec.Read(ref reader);
        return reader.ReadCount();
    }
}
