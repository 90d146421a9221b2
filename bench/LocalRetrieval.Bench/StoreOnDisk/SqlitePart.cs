using System.Globalization;
using LocalRetrieval.Bench.EncoderLoad;
using LocalRetrieval.Bench.Searching;
using LocalRetrieval.VectorData;

namespace LocalRetrieval.Bench.StoreOnDisk;

/// <summary>The same records in SQLite: writes, and opening as a killed process left it.</summary>
internal static class SqlitePart
{
    public static async Task<IReadOnlyList<StoreMeasurement>> MeasureAsync(StoreWork work) => [.. await MeasureWritesAsync(work), .. await MeasureOpeningAsync(work)];

    private static async Task<StoreMeasurement[]> MeasureWritesAsync(StoreWork work)
    {
        BenchRecord[] together = StoreRecords.Make(Enumerable.Range(0, work.Together));
        BenchRecord[] alone = together[..Math.Min(work.Alone, together.Length)];
        BenchRecord[] flushed = alone[..Math.Min(work.Flushed, alone.Length)];
        return
        [
            await RaceAsync(work, together, WritesPart.RecordsACall, Durability.Process, SqliteRecords.Normal),
            await RaceAsync(work, together, WritesPart.RecordsACall, Durability.Disk, SqliteRecords.Full),
            await RaceAsync(work, alone, 1, Durability.Process, SqliteRecords.Normal),
            await RaceAsync(work, flushed, 1, Durability.Disk, SqliteRecords.Full),
        ];
    }

    private static async Task<StoreMeasurement> RaceAsync(StoreWork work, BenchRecord[] records, int atATime, Durability durability, string synchronous)
    {
        IReadOnlyList<double[]> rates = await Interleaved.RunAsync(
            work.Rounds,
            () => BenchCollection.MeasureUpsertsAsync(work.Folder, durability, records, atATime),
            () => Task.FromResult(SqliteRecords.MeasureUpserts(work.Folder, synchronous, records, atATime)));
        return StoreMeasurement.Speed(
            string.Create(CultureInfo.InvariantCulture, $"upserts, {atATime:N0} a call, {durability}; other: SQLite, {atATime:N0} a transaction, synchronous {synchronous}"), "records", rates[0], rates[1]);
    }

    private static async Task<StoreMeasurement[]> MeasureOpeningAsync(StoreWork work)
    {
        using BenchFolder ours = new(work.Folder);
        using BenchFolder theirs = new(work.Folder);
        using LocalVectorStore store = BenchCollection.OpenUntidied(ours.Path);
        using SqliteRecords database = new(theirs, SqliteRecords.Normal);
        LocalVectorStoreCollection<int, BenchRecord> collection = BenchCollection.Of(store);
        await collection.EnsureCollectionExistsAsync();
        foreach (BenchRecord[] call in StoreRecords.Calls(work.Opened, WritesPart.RecordsACall))
        {
            await collection.UpsertAsync(call);
            database.Upsert(call, call.Length);
        }

        IReadOnlyList<double[]> milliseconds = await Interleaved.RunAsync(
            work.Rounds,
            () => OpenAsync(ours, async opened => await opened.GetAsync(work.Opened / 2) is not null),
            () => Open(theirs, opened => opened.Find(work.Opened / 2) is not null),
            () => OpenAsync(ours, async opened => await BenchCollection.SearchAsync(opened, 0) == BenchCollection.Top),
            () => Open(theirs, opened => opened.Search(StoreRecords.Query(0), BenchCollection.Top).Length == BenchCollection.Top));
        string records = string.Create(CultureInfo.InvariantCulture, $"{work.Opened:N0} records, as a killed process leaves them");
        return
        [
            StoreMeasurement.Time($"{records}: opened, one of them read; other: SQLite", milliseconds[0], milliseconds[1]),
            StoreMeasurement.Time($"{records}: opened, the nearest found; other: SQLite, all vectors read and compared", milliseconds[2], milliseconds[3]),
            new StoreMeasurement($"{records}: on disk; other: SQLite") { Ours = StoreMeasurement.Megabytes(ours.Bytes), Other = StoreMeasurement.Megabytes(theirs.Bytes) },
        ];
    }

    private static async Task<double> OpenAsync(BenchFolder folder, Func<LocalVectorStoreCollection<int, BenchRecord>, Task<bool>> ask)
    {
        using BenchFolder copy = folder.Copy();
        LocalVectorStore? store = null;
        try
        {
            double seconds = await Interleaved.SecondsAsync(async () => ThrowUnless(await ask(BenchCollection.Of(store = BenchCollection.Open(copy.Path, Durability.Process)))));
            return seconds * 1000;
        }
        finally
        {
            store?.Dispose();
        }
    }

    private static async Task<double> Open(BenchFolder folder, Func<SqliteRecords, bool> ask)
    {
        using BenchFolder copy = folder.Copy();
        SqliteRecords? database = null;
        try
        {
            double seconds = await Interleaved.SecondsAsync(() => ThrowUnless(ask(database = new SqliteRecords(copy, SqliteRecords.Normal))));
            return seconds * 1000;
        }
        finally
        {
            database?.Dispose();
        }
    }

    private static void ThrowUnless(bool isRight)
    {
        if (!isRight)
        {
            throw new InvalidOperationException("What was opened does not have what was written.");
        }
    }
}
