using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Snapshots;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.VectorData.Persistence;

/// <content>The snapshots of collections: how they are opened and checked.</content>
internal sealed partial class StoreDisk
{
    /// <summary>Up to which length a snapshot is read whole before it is used; of a longer one the system reads what is looked at.</summary>
    private const long BytesCheckedAtOpening = 16 << 20;

    /// <summary>A name for a snapshot of a collection that no file had before.</summary>
    public string NextSnapshot(string name)
    {
        string prefix = StoreFileNames.Prefix(name);
        return StoreFileNames.SnapshotOf(prefix, NextNumber(prefix));
    }

    /// <summary>Opens a snapshot. A small one is checked whole.</summary>
    /// <exception cref="InvalidDataException">It is missing, damaged, foreign, or another one.</exception>
    public SnapshotRows OpenSnapshot(string file, ulong number, RecordModel model)
    {
        const string Advice = "Nothing was changed. Put the file back from a backup, and its log with it: neither has what stands in the other.";
        string path = Path.Combine(_folder.Path, file);
        SnapshotFile snapshot;
        try
        {
            snapshot = SnapshotFile.Open(_folder.Map(file), path);
        }
        catch (FileNotFoundException exception)
        {
            throw new InvalidDataException($"{SnapshotFile.DescribeMissing(path)} {Advice}", exception);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{exception.Message} {Advice}", exception);
        }

        if (snapshot.Number != number)
        {
            throw new InvalidDataException($"{SnapshotFile.DescribeOther(path)} {Advice}");
        }

        if (snapshot.Bytes.Length <= BytesCheckedAtOpening && FindDamage(file, number, CancellationToken.None) is { } damage)
        {
            throw new InvalidDataException($"{damage} {Advice}");
        }

        return new SnapshotRows(snapshot, model);
    }

    private string? FindDamage(string snapshot, ulong number, CancellationToken cancellationToken)
    {
        using IStoreFile file = _folder.Open(snapshot, isWritten: false);
        return new SnapshotCheck(file, Path.Combine(_folder.Path, snapshot), number).Run(out _, cancellationToken);
    }

    /// <summary>Reads a large snapshot behind its opening, and tells where it is not as it was written.</summary>
    private void CheckInBackground(LogHead head, SnapshotRows? rows, Table table)
    {
        if (rows is null || rows.File.Bytes.Length <= BytesCheckedAtOpening)
        {
            return;
        }

        CancellationToken closing = _closing.Token;
        _ = Task.Run(() =>
        {
            try
            {
                if (FindDamage(head.Snapshot!, head.SnapshotNumber, closing) is { } damage)
                {
                    LogDamage(damage);
                    table.Fail(new InvalidDataException(damage));
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or FileNotFoundException)
            {
                // The store was closed before, or has another snapshot by now.
            }
        }, closing);
    }

    [LoggerMessage(LogLevel.Error, "{Damage} What is read from there is wrong, and nothing more is written: put the file back from a backup.")]
    private partial void LogDamage(string damage);
}
