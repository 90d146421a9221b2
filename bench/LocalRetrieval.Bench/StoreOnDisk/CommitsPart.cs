using System.Diagnostics;
using LocalRetrieval.Bench.EncoderLoad;
using LocalRetrieval.Bench.Searching;
using LocalRetrieval.Bench.Statistics;
using LocalRetrieval.VectorData;
using Microsoft.Win32.SafeHandles;

namespace LocalRetrieval.Bench.StoreOnDisk;

/// <summary>Commits that survive a loss of power: many writers beside one, and one beside a bare write and flush.</summary>
internal static class CommitsPart
{
    private const int Warming = 20;
    private const int FirstWarming = 10_000_000;

    public static async Task<IReadOnlyList<StoreMeasurement>> MeasureAsync(StoreWork work)
    {
        int bytes = await MeasureBytesAsync(work);
        IReadOnlyList<Round[]> rounds = await Interleaved.RunAsync(
            work.Rounds, () => WriteAsync(work, writers: 1), () => WriteAsync(work, work.Writers), () => Task.FromResult(WriteBare(work, bytes)));
        return
        [
            StoreMeasurement.Speed($"commits of a record, Disk, {work.Writers} writers; other: one writer", "commits", Rates(rounds[1]), Rates(rounds[0]), Goal.AtLeast(4)),
            StoreMeasurement.Time(
                FormattableString.Invariant($"p50 of a commit of one writer, Disk; other: a write of as many bytes ({bytes:N0}) and a flush"), Medians(rounds[0]), Medians(rounds[2]), Goal.AtMost(1.5)),
            StoreMeasurement.Time($"p50 of a commit, Disk, {work.Writers} writers; other: one writer", Medians(rounds[1]), Medians(rounds[0])),
        ];
    }

    private static double[] Rates(Round[] rounds) => Array.ConvertAll(rounds, round => round.CommitsASecond);

    private static double[] Medians(Round[] rounds) => Array.ConvertAll(rounds, round => round.Median);

    /// <summary>What the log grows by with a commit.</summary>
    private static async Task<int> MeasureBytesAsync(StoreWork work)
    {
        using BenchFolder folder = new(work.Folder);
        using LocalVectorStore store = BenchCollection.Open(folder.Path, Durability.Disk);
        LocalVectorStoreCollection<int, BenchRecord> collection = BenchCollection.Of(store);
        await collection.EnsureCollectionExistsAsync();
        BenchRecord[] records = StoreRecords.Make(Enumerable.Range(0, Warming));
        await collection.UpsertAsync(records[0]);
        long before = folder.Bytes;
        await BenchCollection.UpsertAsync(collection, records[1..], 1);
        return (int)((folder.Bytes - before) / (Warming - 1));
    }

    private static async Task<Round> WriteAsync(StoreWork work, int writers)
    {
        using BenchFolder folder = new(work.Folder);
        using LocalVectorStore store = BenchCollection.Open(folder.Path, Durability.Disk);
        LocalVectorStoreCollection<int, BenchRecord> collection = BenchCollection.Of(store);
        await collection.EnsureCollectionExistsAsync();
        await BenchCollection.UpsertAsync(collection, StoreRecords.Make(Enumerable.Range(FirstWarming, Warming)), 1);
        BenchRecord[][] records = [.. Enumerable.Range(0, writers).Select(writer => StoreRecords.Make(Enumerable.Range(writer * work.Flushed, work.Flushed)))];
        long start = Stopwatch.GetTimestamp();
        double[][] latencies = await Task.WhenAll(records.Select(own => Task.Run(() => CommitAsync(collection, own))));
        return Round.Of([.. latencies.SelectMany(own => own)], Stopwatch.GetElapsedTime(start));
    }

    private static async Task<double[]> CommitAsync(LocalVectorStoreCollection<int, BenchRecord> collection, BenchRecord[] records)
    {
        double[] milliseconds = new double[records.Length];
        for (int i = 0; i < records.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await collection.UpsertAsync(records[i]);
            milliseconds[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return milliseconds;
    }

    private static Round WriteBare(StoreWork work, int bytes)
    {
        using BenchFolder folder = new(work.Folder);
        using SafeFileHandle file = File.OpenHandle(Path.Combine(folder.Path, "bare"), FileMode.CreateNew, FileAccess.ReadWrite);
        byte[] written = new byte[bytes];
        Random.Shared.NextBytes(written);
        double[] milliseconds = new double[work.Flushed];
        long begin = 0;
        for (int i = -Warming; i < milliseconds.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            begin = i == 0 ? start : begin;
            RandomAccess.Write(file, written, (long)(i + Warming) * bytes);
            RandomAccess.FlushToDisk(file);
            milliseconds[Math.Max(i, 0)] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return Round.Of(milliseconds, Stopwatch.GetElapsedTime(begin));
    }

    /// <summary>What a round came to.</summary>
    /// <param name="CommitsASecond">Of all writers.</param>
    /// <param name="Median">Of how long each took, in milliseconds.</param>
    private sealed record Round(double CommitsASecond, double Median)
    {
        public static Round Of(double[] milliseconds, TimeSpan time) => new(milliseconds.Length / time.TotalSeconds, Percentile.Of(milliseconds, .5));
    }
}
