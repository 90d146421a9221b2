using System.Globalization;
using LocalRetrieval.Bench.Statistics;

namespace LocalRetrieval.Bench.StoreOnDisk;

/// <summary>A large collection in a process that has little memory.</summary>
internal static class LittleMemoryPart
{
    private const long HeapLimit = 256L << 20;
    private const double MostMegabytes = 400;

    public static async Task<IReadOnlyList<StoreMeasurement>> MeasureAsync(StoreWork work)
    {
        using BenchFolder folder = new(work.Folder);
        await StoreChild.LoadAsync(folder, work.LittleMemory);
        await StoreChild.TidyAsync(folder);
        string what = string.Create(
            CultureInfo.InvariantCulture, $"a collection of {work.LittleMemory * StoreRecords.Bytes / 1e9:N2} GB opened, searched and written to with a heap of 256 MB: memory that is no file's");
        try
        {
            double bytes = await StoreChild.WorkAsync(folder, HeapLimit);
            return [new StoreMeasurement(what) { Ours = StoreMeasurement.Megabytes(bytes), Compared = MedianInterval.Of([bytes / 1e6]), Goal = Goal.AtMost(MostMegabytes, " MB") }];
        }
        catch (InvalidOperationException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return [new StoreMeasurement(what) { Ours = "the process ended", Compared = MedianInterval.Of([double.PositiveInfinity]), Goal = Goal.AtMost(MostMegabytes, " MB") }];
        }
    }
}
