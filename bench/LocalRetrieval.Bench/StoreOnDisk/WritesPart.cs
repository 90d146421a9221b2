using LocalRetrieval.Bench.EncoderLoad;
using LocalRetrieval.Bench.Searching;
using LocalRetrieval.Bench.Statistics;
using LocalRetrieval.VectorData;

namespace LocalRetrieval.Bench.StoreOnDisk;

/// <summary>Upserts to a store on disk beside those to one in memory alone.</summary>
internal static class WritesPart
{
    public const int RecordsACall = 1000;

    public static async Task<IReadOnlyList<StoreMeasurement>> MeasureAsync(StoreWork work)
    {
        BenchRecord[] together = StoreRecords.Make(Enumerable.Range(0, work.Together));
        BenchRecord[] alone = together[..Math.Min(work.Alone, together.Length)];
        BenchRecord[] flushed = alone[..Math.Min(work.Flushed, alone.Length)];
        IReadOnlyList<double[]> rates = await Interleaved.RunAsync(
            work.Rounds,
            () => BenchCollection.MeasureUpsertsAsync(work.Folder, durability: null, together, RecordsACall),
            () => BenchCollection.MeasureUpsertsAsync(work.Folder, Durability.Process, together, RecordsACall),
            () => BenchCollection.MeasureUpsertsAsync(work.Folder, Durability.Disk, together, RecordsACall),
            () => BenchCollection.MeasureUpsertsAsync(work.Folder, durability: null, alone, 1),
            () => BenchCollection.MeasureUpsertsAsync(work.Folder, Durability.Process, alone, 1),
            () => BenchCollection.MeasureUpsertsAsync(work.Folder, Durability.Disk, flushed, 1));
        return
        [
            StoreMeasurement.Speed("upserts, 1,000 records a call, Process; other: memory alone", "records", rates[1], rates[0], Goal.AtLeast(.5)),
            StoreMeasurement.Speed("upserts, 1,000 records a call, Disk; other: memory alone", "records", rates[2], rates[0]),
            StoreMeasurement.Speed("upserts, one record a call, Process; other: memory alone", "records", rates[4], rates[3], Goal.AtLeast(.25)),
            StoreMeasurement.Speed("upserts, one record a call, Disk; other: memory alone", "records", rates[5], rates[3]),
        ];
    }
}
