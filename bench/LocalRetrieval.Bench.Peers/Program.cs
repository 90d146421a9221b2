using System.CommandLine;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Bench.Peers;
using LocalRetrieval.Bench.Throughput;

Option<bool> quick = new("--quick") { Description = "Little of everything, to see that it works; what is measured is then shown, and not kept." };
RootCommand compare = new("Other libraries of .NET that embed with all-MiniLM-L6-v2.") { quick };
compare.SetAction(async (parsed, _) =>
{
    bool isQuick = parsed.GetValue(quick);
    string report = isQuick ? await PeerBenchmark.RunAsync(documents: 5, queries: 64, rounds: 1) : await PeerBenchmark.RunAsync(documents: 100, queries: 150, rounds: 5);
    Console.WriteLine(report);
    if (!isQuick)
    {
        File.WriteAllText(BenchData.Results("peers.md"), $"# Other libraries of .NET\n\n{Machine.Describe()}\n\n{report.TrimEnd()}\n");
    }

    return 0;
});
return await compare.Parse(args).InvokeAsync();
