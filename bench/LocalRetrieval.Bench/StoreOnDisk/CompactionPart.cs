using System.Diagnostics;
using System.Globalization;
using LocalRetrieval.Bench.Searching;
using LocalRetrieval.Bench.Statistics;
using LocalRetrieval.VectorData;

namespace LocalRetrieval.Bench.StoreOnDisk;

/// <summary>Searches while a log is rewritten in the background, beside those while nothing is, and what the disk has meanwhile.</summary>
internal static class CompactionPart
{
    private const int IdleSearches = 200;

    /// <summary>Records that are replaced before that must have begun to be worth it, for each that is there.</summary>
    private const double MostReplaced = .4;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    public static async Task<IReadOnlyList<StoreMeasurement>> MeasureAsync(StoreWork work)
    {
        using BenchFolder folder = new(work.Folder);
        using LocalVectorStore store = BenchCollection.Open(folder.Path, Durability.Process);
        LocalVectorStoreCollection<int, BenchRecord> collection = BenchCollection.Of(store);
        await collection.EnsureCollectionExistsAsync();
        foreach (BenchRecord[] call in StoreRecords.Calls(work.Compacted, WritesPart.RecordsACall))
        {
            await collection.UpsertAsync(call);
        }

        List<Round> rounds = [];
        for (int round = 0; round <= work.Rounds; round++)
        {
            rounds.Add(await RunAsync(work, round, folder, store, collection));
        }

        // The first warms up.
        return Rows(work, [.. rounds.Skip(1)]);
    }

    private static StoreMeasurement[] Rows(StoreWork work, Round[] rounds)
    {
        string records = string.Create(CultureInfo.InvariantCulture, $"{work.Compacted:N0} records");
        double[] peaks = Array.ConvertAll(rounds, round => round.MostBytes / round.BytesAfter);
        return
        [
            StoreMeasurement.Time(
                $"{records}, p95 of a search while the log is rewritten ({rounds.Sum(round => round.Searches)} searches); other: while nothing is",
                Array.ConvertAll(rounds, round => round.Busy), Array.ConvertAll(rounds, round => round.Idle), Goal.AtMost(2)),
            new StoreMeasurement($"{records}, the most on disk while the log is rewritten; other: on disk then")
            {
                Ours = StoreMeasurement.Megabytes(MedianInterval.Of(rounds.Select(round => round.MostBytes)).Median),
                Other = StoreMeasurement.Megabytes(MedianInterval.Of(rounds.Select(round => round.BytesAfter)).Median),
                Compared = MedianInterval.Of(peaks),
                Goal = Goal.AtMost(2.2),
            },
        ];
    }

    private static async Task<Round> RunAsync(StoreWork work, int round, BenchFolder folder, LocalVectorStore store, LocalVectorStoreCollection<int, BenchRecord> collection)
    {
        // What is still to be done for what was written would be done in between.
        await Tidying.RunAsync(store);
        double[] idle = await SearchAsync(collection, searched => searched >= IdleSearches);
        using CancellationTokenSource stop = new();
        Task<double> looking = LookAsync(folder, stop.Token);
        Task compaction = await ReplaceAsync(work, round, store, collection);
        double[] busy = await SearchAsync(collection, _ => compaction.IsCompleted);
        await stop.CancelAsync();
        double most = await looking;
        return new Round(Percentile.Of(idle, .95), Percentile.Of(busy, .95), busy.Length, most, folder.Bytes);
    }

    /// <summary>Replaces records until the log begins to be rewritten.</summary>
    private static async Task<Task> ReplaceAsync(StoreWork work, int round, LocalVectorStore store, LocalVectorStoreCollection<int, BenchRecord> collection)
    {
        foreach (int[] keys in Enumerable.Range(0, (int)(work.Compacted * MostReplaced)).Chunk(WritesPart.RecordsACall))
        {
            await collection.UpsertAsync(StoreRecords.Make(keys, round + 1));
            if (Tidying.WhenIdleAsync(store) is { IsCompleted: false } compaction)
            {
                return compaction;
            }
        }

        throw new InvalidOperationException("The log was not rewritten, or sooner than that was seen: try it with more records.");
    }

    /// <summary>Searches, once at least, until it is enough.</summary>
    /// <returns>How long each took, in milliseconds.</returns>
    private static async Task<double[]> SearchAsync(LocalVectorStoreCollection<int, BenchRecord> collection, Func<int, bool> isEnough)
    {
        List<double> milliseconds = [];
        do
        {
            long start = Stopwatch.GetTimestamp();
            await BenchCollection.SearchAsync(collection, milliseconds.Count);
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        while (!isEnough(milliseconds.Count));

        return [.. milliseconds];
    }

    /// <summary>Looks again and again at what a folder's files take, on a thread of its own: those of the pool are busy.</summary>
    /// <returns>The most that was seen.</returns>
    private static Task<double> LookAsync(BenchFolder folder, CancellationToken stop) => Task.Factory.StartNew(
        () =>
        {
            double most = folder.Bytes;
            while (!stop.WaitHandle.WaitOne(Look))
            {
                most = Math.Max(most, folder.Bytes);
            }

            return most;
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    /// <summary>What a round came to.</summary>
    /// <param name="Idle">The 95th percentile of searches while nothing is written, in milliseconds.</param>
    /// <param name="Busy">That of searches while the log is rewritten.</param>
    /// <param name="Searches">How many there were.</param>
    /// <param name="MostBytes">The most that the files took.</param>
    /// <param name="BytesAfter">What they take when the log was rewritten.</param>
    private sealed record Round(double Idle, double Busy, int Searches, double MostBytes, double BytesAfter);
}
