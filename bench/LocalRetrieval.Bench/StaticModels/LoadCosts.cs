using System.Diagnostics;
using System.Globalization;
using LocalRetrieval.Onnx;
using LocalRetrieval.Static;

namespace LocalRetrieval.Bench.StaticModels;

/// <summary>What loading a model of each kind costs, each in a process of its own.</summary>
internal static class LoadCosts
{
    private const int Processes = 5;

    private static readonly LocalModel[] Models = [LocalModels.Static, LocalModels.BiEncoder, LocalModels.CrossEncoder];

    public static async Task<string> RunAsync()
    {
        List<string> rows = [];
        foreach (LocalModel model in Models)
        {
            List<double[]> costs = [];
            for (int i = 0; i < Processes; i++)
            {
                costs.Add(await RunProcessAsync(model));
            }

            double Median(int column) => costs.Select(cost => cost[column]).Order().ElementAt(Processes / 2);
            double megabytes = Directory.EnumerateFiles(model.Locate(), "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) / 1e6;
            rows.Add(string.Create(CultureInfo.InvariantCulture, $"| {model.Name} | {megabytes:F1} | {Median(0):F0} | {Median(1):F0} | {Median(2):F0} | {Median(3):F0} |"));
        }

        return $"""
            ## Loading

            Each in {Processes} fresh processes, the median; the files are in the system's cache. "Check" is the SHA-256 of the embedded files; memory is what
            the process's working set grew by, the first result included.

            | | files, MB | check, ms | load, ms | first result, ms | memory, MB |
            |---|---:|---:|---:|---:|---:|
            {string.Join('\n', rows)}

            """;
    }

    /// <summary>Loads a model in this process and writes what it cost.</summary>
    public static async Task LoadAsync(string name)
    {
        long before = Environment.WorkingSet;
        LocalModel model = Models.Single(model => model.Name == name);
        Stopwatch watch = Stopwatch.StartNew();
        string folder = model.Locate();
        double check = Lap(watch);
        using IDisposable loaded = model == LocalModels.CrossEncoder ? OnnxTextReranker.Load(folder)
            : model == LocalModels.BiEncoder ? OnnxEmbeddingGenerator.Load(folder)
            : StaticEmbeddingGenerator.Load(folder);
        double load = Lap(watch);
        await (loaded switch
        {
            OnnxTextReranker reranker => reranker.RerankAsync("a query", ["a document"]),
            OnnxEmbeddingGenerator generator => generator.GenerateAsync(["a document"]),
            StaticEmbeddingGenerator generator => (Task)generator.GenerateAsync(["a document"]),
            _ => throw new UnreachableException(),
        });
        double first = Lap(watch);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{check} {load} {first} {(Environment.WorkingSet - before) / 1e6}"));
    }

    private static double Lap(Stopwatch watch)
    {
        double milliseconds = watch.Elapsed.TotalMilliseconds;
        watch.Restart();
        return milliseconds;
    }

    private static async Task<double[]> RunProcessAsync(LocalModel model)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "LocalRetrieval.Bench.dll");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [program, "load", model.Name]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("dotnet did not start.");
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? [.. output.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException($"Loading {model.Name} in a process of its own ended with {process.ExitCode}.");
    }
}
