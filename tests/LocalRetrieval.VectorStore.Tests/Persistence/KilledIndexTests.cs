using System.Diagnostics;
using System.Globalization;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;
using StoreWriter;

namespace LocalRetrieval.VectorData.Tests.Persistence;

/// <summary>A process is killed while it builds an index and writes it to its file: the next one has all records that were acknowledged, and an index over them.</summary>
public sealed class KilledIndexTests
{
    private static readonly int Kills = AtLength.Times("STORE_INDEX_KILLS", 4);

    [Fact]
    public async Task Open_AfterTheWriterWasKilled_HasAnIndexOverWhatIsThere()
    {
        using StoreFolder folder = new();
        Random random = new(8);
        int acknowledged = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            acknowledged = await WriteUntilKilledAsync(folder.Path, acknowledged + 2, lines: 1 + (kill % 4), TimeSpan.FromMilliseconds(random.Next(400)));
            acknowledged = await CheckAsync(folder, acknowledged);
        }
    }

    /// <summary>Lets a process write, and kills it some time after so many lines.</summary>
    /// <returns>The last batch that was acknowledged.</returns>
    private static async Task<int> WriteUntilKilledAsync(string path, int first, int lines, TimeSpan later)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "StoreWriter.dll"), "index", path, first.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        using Process writer = Process.Start(start)!;
        string last = "";
        for (int line = 0; line < lines; line++)
        {
            last = await writer.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The writer ended by itself.");
        }

        // Somewhere in what comes behind.
        await Task.Delay(later);
        writer.Kill();
        await writer.WaitForExitAsync();
        string[] rest = (await writer.StandardOutput.ReadToEndAsync()).Split('\n');
        return int.Parse(rest.SkipLast(1).LastOrDefault(last).Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private static async Task<int> CheckAsync(StoreFolder folder, int acknowledged)
    {
        using LocalVectorStore store = folder.Open();
        LocalVectorStoreCollection<int, Point> points = IndexedPoints.Open(store);
        List<Point> all = await points.GetAsync(_ => true, int.MaxValue).ToListAsync();
        int batch = Assert.Single(all.Select(point => point.Batch).Distinct());
        Assert.Equal(IndexedPoints.Count, all.Count);
        Assert.InRange(batch, acknowledged, acknowledged + 1);

        await points.WhenIndexedAsync();
        VectorIndexStatistics index = Assert.Single((await store.GetStatisticsAsync("points")).VectorIndexes);
        Assert.Equal((IndexKind.Hnsw, 0), (index.KindInUse, index.RowsBehind));
        Assert.InRange((await points.MeasureRecallAsync(Enumerable.Range(0, 40).Select(id => IndexedPoints.VectorOf(id, -1)))).Recall, 0.9, 1);

        // By a vector it finds the record that has it, but where the graph does not lead there.
        int hits = 0;
        foreach (int id in Enumerable.Range(0, 40).Select(number => number * 71))
        {
            hits += (await points.SearchAsync(IndexedPoints.VectorOf(id, batch), 1).SingleAsync()).Record.Id == id ? 1 : 0;
        }

        Assert.InRange(hits, 38, 40);
        return batch;
    }
}
