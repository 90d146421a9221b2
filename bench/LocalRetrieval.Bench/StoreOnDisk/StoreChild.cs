using System.Diagnostics;
using System.Globalization;
using LocalRetrieval.Bench.EncoderLoad;
using LocalRetrieval.Bench.Searching;
using LocalRetrieval.VectorData;

namespace LocalRetrieval.Bench.StoreOnDisk;

/// <summary>Steps of the figures that need a process of their own: one that is killed, whose memory is looked at, or that knows nothing of what was done before.</summary>
internal static class StoreChild
{
    public const string Command = "store-child";

    private const string Load = "load";
    private const string Open = "open";
    private const string Tidy = "tidy";
    private const string Work = "work";
    private const int SearchesOfWork = 50;
    private const int WrittenByWork = 5_000;

    /// <summary>In this process: does a step, writes a figure, and waits to be killed.</summary>
    public static async Task RunAsync(string step, string path, int records)
    {
        string figure = step switch
        {
            Load => Figure(await LoadAsync(path, records)),
            Open => Figure(await OpenAsync(path)),
            Tidy => Figure(await TidyAsync(path)),
            Work => Figure(await WorkAsync(path)),
            _ => throw new ArgumentException($"'{step}' is no step.", nameof(step)),
        };
        await Console.Out.WriteLineAsync(figure);
        await Console.In.ReadLineAsync();
    }

    /// <summary>Fills a collection in a process that is killed then.</summary>
    /// <returns>The records that were acknowledged a second.</returns>
    public static Task<double> LoadAsync(BenchFolder folder, int records) => MeasureAsync(folder, Load, records);

    /// <summary>Opens a collection in a process.</summary>
    /// <returns>The seconds until its first search is answered, from when its store is made.</returns>
    public static Task<double> OpenAsync(BenchFolder folder) => MeasureAsync(folder, Open);

    /// <summary>Has a store tidy a collection up, and closes it.</summary>
    /// <returns>The seconds that tidying up took.</returns>
    public static Task<double> TidyAsync(BenchFolder folder) => MeasureAsync(folder, Tidy);

    /// <summary>Opens, searches and writes a collection in a process with little memory for objects.</summary>
    /// <returns>What the process has of memory that is no file's, in bytes.</returns>
    /// <exception cref="InvalidOperationException">The process ended.</exception>
    public static async Task<double> WorkAsync(BenchFolder folder, long heapLimit)
    {
        using BenchProcess process = new(
            new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = heapLimit.ToString("x", CultureInfo.InvariantCulture) }, Command, Work, folder.Path, "0");
        return double.Parse(await process.ReadLineAsync(), CultureInfo.InvariantCulture);
    }

    private static async Task<double> MeasureAsync(BenchFolder folder, string step, int records = 0)
    {
        using BenchProcess process = new(Command, step, folder.Path, records.ToString(CultureInfo.InvariantCulture));
        return double.Parse(await process.ReadLineAsync(), CultureInfo.InvariantCulture);
    }

    private static string Figure(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static async Task<double> LoadAsync(string path, int records)
    {
        // Not disposed: it is to be left as a process leaves it that is killed.
        LocalVectorStoreCollection<int, BenchRecord> collection = BenchCollection.Of(BenchCollection.Open(path, Durability.Process));
        await collection.EnsureCollectionExistsAsync();
        double seconds = 0;
        foreach (BenchRecord[] call in StoreRecords.Calls(records, WritesPart.RecordsACall))
        {
            seconds += await Interleaved.SecondsAsync(() => collection.UpsertAsync(call));
        }

        return records / seconds;
    }

    private static async Task<double> OpenAsync(string path)
    {
        long start = Stopwatch.GetTimestamp();
        int found = await BenchCollection.SearchAsync(BenchCollection.Of(BenchCollection.Open(path, Durability.Process)), 0);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return found == BenchCollection.Top ? seconds : throw new InvalidOperationException($"{found} records were found.");
    }

    private static async Task<double> TidyAsync(string path)
    {
        using LocalVectorStore store = BenchCollection.Open(path, Durability.Process);
        await BenchCollection.Of(store).EnsureCollectionExistsAsync();
        return await Interleaved.SecondsAsync(() => Tidying.RunAsync(store));
    }

    private static async Task<double> WorkAsync(string path)
    {
        LocalVectorStoreCollection<int, BenchRecord> collection = BenchCollection.Of(BenchCollection.Open(path, Durability.Process));
        await SearchAsync(collection);
        foreach (BenchRecord[] call in StoreRecords.Calls(WrittenByWork, WritesPart.RecordsACall))
        {
            await collection.UpsertAsync(call);
        }

        await SearchAsync(collection);
        return ReadAnonymousBytes();
    }

    private static async Task SearchAsync(LocalVectorStoreCollection<int, BenchRecord> collection)
    {
        for (int query = 0; query < SearchesOfWork; query++)
        {
            await BenchCollection.SearchAsync(collection, query);
        }
    }

    private static double ReadAnonymousBytes()
    {
        const string Line = "RssAnon:";
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Line, StringComparison.Ordinal));
        return 1024 * double.Parse(line[Line.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
