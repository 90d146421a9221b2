using System.Diagnostics;
using System.Globalization;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;
using StoreWriter;

namespace LocalRetrieval.VectorData.Tests.Persistence;

/// <summary>A process that writes is killed: what it said was acknowledged is there, and each batch is there whole or not at all.</summary>
public sealed class KilledProcessTests
{
    private const int Kills = 6;

    [Fact]
    public async Task Open_AfterTheWriterWasKilled_HasWhatWasAcknowledged()
    {
        using StoreFolder folder = new();
        int acknowledged = -1;
        for (int kill = 0; kill < Kills; kill++)
        {
            acknowledged = await WriteUntilKilledAsync(folder.Path, acknowledged + 2, lines: 1 + (kill * 37));
            acknowledged = await CheckAsync(folder, acknowledged);
        }
    }

    /// <summary>Lets a process write, and kills it after so many acknowledged batches.</summary>
    /// <returns>The last batch that was acknowledged.</returns>
    private static async Task<int> WriteUntilKilledAsync(string path, int first, int lines)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "StoreWriter.dll"), path, first.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        using Process writer = Process.Start(start)!;
        string last = "";
        for (int line = 0; line < lines; line++)
        {
            last = await writer.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The writer ended by itself.");
        }

        writer.Kill();
        await writer.WaitForExitAsync();

        // What it wrote until then was acknowledged before; a last line may be cut.
        string[] rest = (await writer.StandardOutput.ReadToEndAsync()).Split('\n');
        return int.Parse(rest.SkipLast(1).LastOrDefault(last), CultureInfo.InvariantCulture);
    }

    private static async Task<int> CheckAsync(StoreFolder folder, int acknowledged)
    {
        using LocalVectorStore store = folder.Open();
        VectorStoreCollection<int, Line> lines = store.GetCollection<int, Line>("lines");
        List<Line> all = await lines.GetAsync(_ => true, int.MaxValue).ToListAsync();
        ILookup<bool, Line> shared = all.ToLookup(line => line.Id < 50);
        int last = Assert.Single(shared[true].Select(line => line.Batch).Distinct());
        Assert.InRange(last, acknowledged, acknowledged + 1);
        Assert.Equal(50, shared[true].Count());
        Assert.All(shared[false].GroupBy(line => line.Batch), batch => Assert.Equal(2, batch.Count()));
        Assert.Equal(last, shared[false].Max(line => line.Batch));
        return last;
    }
}
