using System.Diagnostics;
using System.Globalization;
using LocalRetrieval.Rag;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Bench.Documentation;

/// <summary>Synchronises 5,000 files: the first time, and again when nothing changed.</summary>
internal static class SynchronisationBenchmark
{
    private const int Files = 5_000;
    private const int Rounds = 5;

    public static async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sync-bench-");
        try
        {
            for (int index = 0; index < Files; index++)
            {
                string path = Path.Combine(folder.FullName, $"{index / 100:D2}", $"page-{index:D4}.md");
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, $"# Page {index}\n\nPage {index} says that region {index * 7} has a quota of {index * 3} requests a minute.\n", cancellationToken);
            }

            return await MeasureAsync(folder.FullName, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> MeasureAsync(string folder, CancellationToken cancellationToken)
    {
        await using ServiceProvider services = new ServiceCollection().AddLocalRetrieval().AddLocalEmbeddings(options => options.Model = LocalModels.Static).BuildServiceProvider();
        PassageIndexer indexer = services.GetRequiredService<PassageIndexer>();
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(services.GetRequiredService<VectorStore>(), "pages", cancellationToken: cancellationToken);
        Stopwatch watch = Stopwatch.StartNew();
        await indexer.SyncAsync(collection, folder, "pages", cancellationToken: cancellationToken);
        double first = watch.Elapsed.TotalSeconds;

        // Files that were just written are hashed once more.
        await Task.Delay(TimeSpan.FromSeconds(3), cancellationToken);
        await indexer.SyncAsync(collection, folder, "pages", cancellationToken: cancellationToken);
        double[] seconds = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            watch.Restart();
            SyncResult result = await indexer.SyncAsync(collection, folder, "pages", cancellationToken: cancellationToken);
            seconds[round] = watch.Elapsed.TotalSeconds;
            if (result.Unchanged.Count != Files)
            {
                throw new InvalidOperationException($"{result.Unchanged.Count} of {Files} files are unchanged:\n{result}");
            }
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {Files:N0} files, static model, store in memory | s |\n|---|---:|\n| all new | {first:F1} |\n| all unchanged, median of {Rounds} | {Throughput.Race.Median(seconds):F2} |\n");
    }
}
