using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>Opens the log of a rebuild that did not end: reads what is whole of it into a table, and goes on behind that. What is not whole is work that is done again.</summary>
internal sealed partial class ShadowRecovery(IStoreFolder folder, string log, ILogger logger)
{
    private readonly string _path = Path.Combine(folder.Path, log);

    /// <summary>Opens the log, if it can be gone on with.</summary>
    /// <param name="name">The collection's name.</param>
    /// <param name="model">What is to be stored.</param>
    /// <param name="durability">What a batch survives.</param>
    /// <param name="make">Makes an empty table.</param>
    /// <returns>The table, which writes to the log; null where the log stores something else, or cannot be read.</returns>
    public Table? TryOpen(string name, RecordModel model, Durability durability, Func<Table> make)
    {
        IStoreFile file = folder.Open(log, isWritten: true);
        Table? opened = null;
        try
        {
            LogReader reader = LogReader.Open(file, _path);
            if (Stores(reader, StoredSchema.Of(name, model)))
            {
                opened = Open(file, reader, model, durability, make());
            }
        }
        catch (InvalidDataException exception)
        {
            LogUnusable(_path, exception);
        }
        finally
        {
            if (opened is null)
            {
                file.Dispose();
            }
        }

        return opened;
    }

    private Table Open(IStoreFile file, LogReader reader, RecordModel model, Durability durability, Table table)
    {
        RowCodec rows = new(model);
        LogReplay replay = new(table, model, rows);
        table.BeginRestoring();
        LogEnd end = reader.Read(replay.Apply);
        table.EndRestoring();
        if (end.Length > end.Offset)
        {
            file.SetLength(end.Offset);
            file.Flush();
        }

        table.WriteTo(new CollectionLog(LogWriter.Continue(file, _path, reader.Number, end.Offset), rows, durability, replay.Rows));
        return table;
    }

    private static bool Stores(LogReader reader, StoredSchema wanted) =>
        reader.ReadFirst(static (ref reader) => (ChangeKind)reader.ReadByte() == ChangeKind.Schema ? StoredSchema.Read(ref reader) : null) is { } stored
        && stored.Name == wanted.Name
        && stored.DifferenceFrom(wanted) is null
        && stored.Dimensions.SequenceEqual(wanted.Dimensions);

    [LoggerMessage(LogLevel.Warning, "'{Log}', which a rebuild left that did not end, cannot be gone on with: all vectors are made anew.")]
    private partial void LogUnusable(string log, Exception exception);
}
