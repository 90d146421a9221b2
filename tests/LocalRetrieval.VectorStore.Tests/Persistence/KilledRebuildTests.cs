using System.Diagnostics;
using System.Globalization;
using LocalRetrieval.VectorData.Tests.Testing;
using StoreWriter;

namespace LocalRetrieval.VectorData.Tests.Persistence;

/// <summary>A process that embeds a collection anew is killed again and again: nothing is embedded twice but what was on its way, and in the end all is as if nothing had happened.</summary>
public sealed class KilledRebuildTests
{
    private const int MostBatchesALife = 5;
    private const int LinesABatch = 3;

    private static readonly int Kills = AtLength.Times("STORE_REBUILD_KILLS", 20);

    [Fact]
    public async Task RebuildAsync_KilledAgainAndAgain_EmbedsNoMoreThanABatchTwiceAKill()
    {
        using StoreFolder folder = new();
        using StoreFolder notes = new();
        string file = Path.Combine(notes.Path, "embedded");
        await File.WriteAllTextAsync(file, "");
        await FillAsync(folder);
        Random random = new(20);
        HashSet<string> embedded = [];
        for (int kill = 0; kill < Kills; kill++)
        {
            bool hasEnded = await RebuildUntilKilledAsync(folder.Path, file, random);
            Check(await ReadLifeAsync(file), embedded, mostTwice: Rebuilding.Batch);
            string model = Assert.Single((await ReadAsync(folder)).Select(entry => entry.Model).Distinct());

            // Between the last batch and its being told the process may be killed before or after the switch.
            Assert.True(model == Rebuilding.New ? embedded.Count == Rebuilding.Texts : model == Rebuilding.Old && !hasEnded, $"{embedded.Count} texts are embedded, the rebuild has ended: {hasEnded}, and the texts are of '{model}'.");
        }

        await RebuildToTheEndAsync(folder.Path, file);

        // What the last life embeds again was on its way when the one before was killed.
        Check(await ReadLifeAsync(file), embedded, mostTwice: Rebuilding.Batch);
        Assert.Equal(Rebuilding.Texts, embedded.Count);
        Assert.Equal(await RebuildAtOnceAsync(), await DescribeAsync(folder));
        Assert.Single(Directory.GetFiles(folder.Path, "*.log"));
        Assert.Empty(Directory.GetFiles(folder.Path, "*.rebuild*"));
    }

    private static async Task FillAsync(StoreFolder folder)
    {
        using LocalVectorStore store = folder.Open();
        await Rebuilding.FillAsync(store);
    }

    /// <summary>Lets a process embed a few batches, and kills it somewhere on its way.</summary>
    /// <returns>Whether it said that the rebuild had ended.</returns>
    private static async Task<bool> RebuildUntilKilledAsync(string path, string file, Random random)
    {
        using Process process = Start(path, file);
        int batches = random.Next(1, MostBatchesALife + 1);
        await process.StandardInput.WriteAsync(string.Concat(Enumerable.Repeat("\n", batches)));
        await process.StandardInput.FlushAsync();
        string? told = "";
        for (int line = random.Next(batches * LinesABatch); line > 0 && told is not (null or "ended"); line--)
        {
            told = await process.StandardOutput.ReadLineAsync();
        }

        process.Kill();
        await process.WaitForExitAsync();
        return told == "ended";
    }

    private static async Task RebuildToTheEndAsync(string path, string file)
    {
        using Process process = Start(path, file);
        process.StandardInput.Close();
        string told = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal("ended", told.TrimEnd().Split('\n')[^1].TrimEnd());
        Assert.Equal(0, process.ExitCode);
    }

    private static Process Start(string path, string file) => Process.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "StoreWriter.dll"), "rebuild", path, file]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    /// <summary>What was embedded since this was last asked.</summary>
    private static async Task<string[]> ReadLifeAsync(string file)
    {
        string[] ids = await File.ReadAllLinesAsync(file);
        await File.WriteAllTextAsync(file, "");
        return ids;
    }

    private static void Check(string[] life, HashSet<string> embedded, int mostTwice)
    {
        Assert.Equal(life.Length, life.Distinct().Count());
        Assert.InRange(life.Count(embedded.Contains), 0, mostTwice);
        embedded.UnionWith(life);
    }

    private static async Task<List<Entry>> ReadAsync(StoreFolder folder)
    {
        using LocalVectorStore store = folder.Open();
        List<Entry> entries = await Rebuilding.Open(store).GetAsync(_ => true, int.MaxValue, new() { IncludeVectors = true }).ToListAsync();
        Assert.Equal(Rebuilding.Texts, entries.Count);
        return entries;
    }

    private static async Task<string> RebuildAtOnceAsync()
    {
        using StoreFolder folder = new();
        await FillAsync(folder);
        using (LocalVectorStore store = folder.Open())
        {
            Assert.True(await Rebuilding.RebuildAsync(store, () => { }, _ => { }, () => { }));
        }

        return await DescribeAsync(folder);
    }

    private static async Task<string> DescribeAsync(StoreFolder folder) => string.Join('\n', (await ReadAsync(folder)).OrderBy(entry => entry.Id).Select(entry => string.Create(
        CultureInfo.InvariantCulture, $"{entry.Id} {entry.Text} {entry.Model} {string.Join(' ', entry.Vector!.Value.ToArray())}")));
}
