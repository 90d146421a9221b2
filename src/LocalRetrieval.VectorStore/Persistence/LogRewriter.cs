using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Snapshots;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>Writes what a table had at one generation to a snapshot, and what its log has of later ones to another log; and fills another table with both, as an opening of these files would.</summary>
/// <param name="snapshot">Writes the snapshot.</param>
/// <param name="open">Opens the snapshot when it is whole.</param>
/// <param name="log">Writes the other log.</param>
/// <param name="name">The collection's name.</param>
/// <param name="model">What it stores.</param>
/// <param name="table">Its table.</param>
/// <param name="before">What the snapshot is of.</param>
internal sealed class LogRewriter(SnapshotWriter snapshot, Func<SnapshotRows> open, LogWriter log, string name, RecordModel model, Table table, TableSnapshot before)
{
    private readonly RowCodec _rows = new(model);
    private readonly ByteWriter _frame = new();
    private readonly int[] _newRows = Unknown(before.Count);
    private readonly List<int> _oldRows = [];
    private LogReplay? _replay;
    private Table? _filled;

    /// <summary>How many rows the other log has.</summary>
    public long Rows => _replay?.Rows ?? 0;

    /// <summary>What there is, read from the new files.</summary>
    public TableSnapshot Records => _filled!.Read();

    /// <summary>Writes the rows of the snapshot that is there already.</summary>
    /// <param name="goOn">Called before each; what it throws ends the copying.</param>
    public void CopyStored(Action goOn)
    {
        for (int row = 0; row < before.State.StoredCount; row++)
        {
            goOn();
            if (before.IsVisible(row))
            {
                _newRows[row] = snapshot.Count;
                _oldRows.Add(row);
                snapshot.Add(before.State.Stored!, row);
            }
        }
    }

    /// <summary>Takes in a frame of the log; see <see cref="FrameHandler"/>.</summary>
    public void Apply(long generation, ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty || (ChangeKind)payload[0] == ChangeKind.Schema)
        {
            return;
        }

        if (generation > before.Generation)
        {
            Finish();
            Copy(generation, payload);
        }
        else if ((ChangeKind)payload[0] == ChangeKind.Upsert)
        {
            Take(generation, payload);
        }
    }

    /// <summary>Ends the snapshot, if it has not ended yet.</summary>
    public void Finish()
    {
        if (_filled is not null)
        {
            return;
        }

        snapshot.Finish(StoredSchema.Of(name, model), before.Generation, before.Encoders);
        SnapshotRows stored = open();
        TableState state = new(model, stored);
        state.InheritIndexes(before.State, _newRows);
        state.TakeFirstPasses(before.State, [.. _oldRows]);
        _filled = table.With(new TableSnapshot(state, before.Generation, stored.Count, new PendingIndexes(before.Indexes.Renumber(_newRows)), before.Encoders));
        _replay = new LogReplay(_filled, model, _rows, TakeEncoded);
    }

    private static int[] Unknown(int rows)
    {
        int[] unknown = new int[rows];
        Array.Fill(unknown, -1);
        return unknown;
    }

    private void Copy(long generation, ReadOnlySpan<byte> payload)
    {
        _frame.Clear();
        _frame.Skip(LogFormat.FrameHeaderLength);
        _frame.Write(payload);
        log.Append(generation, _frame.Written);
        _frame.Release();
        _replay!.Apply(generation, payload);
    }

    // The last batches are taken in while writers wait.
    private void TakeEncoded(long generation, PendingRows batch)
    {
        TableSnapshot snapshot = table.Read();
        if (generation <= snapshot.Generation)
        {
            snapshot.State.CopyEncoded(batch, generation);
        }
    }

    /// <summary>Writes those rows of a batch that are still there.</summary>
    private void Take(long generation, ReadOnlySpan<byte> payload)
    {
        using PendingRows batch = new(model);
        ByteReader reader = new(payload[1..]);
        EncoderCodec.Read(ref reader);
        Dictionary<object, int> last = [];
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            _rows.Read(ref reader, batch);

            // Of a key that is in a batch twice the last row is there.
            last[batch.GetValues(batch.Count - 1)[0]!] = batch.Count - 1;
        }

        for (int index = 0; index < batch.Count; index++)
        {
            object key = batch.GetValues(index)[0]!;
            if (last[key] == index && before.Find(key) is { } row && row.Created == generation)
            {
                _newRows[row.Index] = snapshot.Count;
                _oldRows.Add(row.Index);
                snapshot.Add(batch, index);
            }
        }
    }
}
