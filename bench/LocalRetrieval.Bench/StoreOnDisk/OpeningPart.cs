using System.Globalization;
using LocalRetrieval.Bench.Statistics;

namespace LocalRetrieval.Bench.StoreOnDisk;

/// <summary>Opening a collection: as a killed process left it, and when its store had the time to tidy up.</summary>
internal static class OpeningPart
{
    public static async Task<IReadOnlyList<StoreMeasurement>> MeasureAsync(StoreWork work)
    {
        List<double> upserts = [];
        List<double> replays = [];
        List<double> warm = [];
        double killed = 0;
        double tidied = 0;
        double tidying = 0;
        for (int load = 1; load <= work.Loads; load++)
        {
            using BenchFolder folder = new(work.Folder);
            upserts.Add(await StoreChild.LoadAsync(folder, work.Records));
            killed = folder.Bytes;
            replays.Add(await StoreChild.OpenAsync(folder));
            if (load == work.Loads)
            {
                tidying = await StoreChild.TidyAsync(folder);
                tidied = folder.Bytes;
                for (int round = 0; round < work.Rounds; round++)
                {
                    warm.Add(await StoreChild.OpenAsync(folder));
                }
            }
        }

        return Rows(work, upserts, replays, warm, killed, tidied, tidying);
    }

    private static StoreMeasurement[] Rows(StoreWork work, List<double> upserts, List<double> replays, List<double> warm, double killed, double tidied, double tidying)
    {
        string records = string.Create(CultureInfo.InvariantCulture, $"{work.Records:N0} records");
        double least = (double)work.Records * StoreRecords.Bytes;
        return
        [
            new StoreMeasurement($"{records}, the process that wrote them killed: opened, first search answered") { Ours = Seconds(replays) },
            StoreMeasurement.Speed($"{records}, read back so; other: 1,000 a call, written", "records", [.. replays.Select(seconds => work.Records / seconds)], [.. upserts], Goal.AtLeast(.5)),
            new StoreMeasurement($"{records}: tidying up") { Ours = Seconds([tidying]) },
            new StoreMeasurement($"{records}, tidied up, system's cache warm: opened, first search answered")
            {
                Ours = Seconds(warm),
                Compared = MedianInterval.Of(warm),
                Goal = Goal.AtMost(1, " s"),
            },
            Size($"{records}, bytes on disk when the process was killed; other: vectors and texts", killed, least, goal: null),
            Size($"{records}, bytes on disk when tidied up; other: vectors and texts", tidied, least, Goal.AtMost(1.1)),
        ];
    }

    private static StoreMeasurement Size(string what, double bytes, double least, Goal? goal) => new(what)
    {
        Ours = StoreMeasurement.Megabytes(bytes),
        Other = StoreMeasurement.Megabytes(least),
        Compared = MedianInterval.Of([bytes / least]),
        Goal = goal,
    };

    private static string Seconds(IEnumerable<double> rounds) => string.Create(CultureInfo.InvariantCulture, $"{MedianInterval.Of(rounds).Median:N2} s");
}
