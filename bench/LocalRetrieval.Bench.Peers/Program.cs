using LocalRetrieval.Bench.Data;
using LocalRetrieval.Bench.Peers;
using LocalRetrieval.Bench.Throughput;

const int Documents = 100;
const int Queries = 150;
const int Rounds = 5;

string report = await PeerBenchmark.RunAsync(Documents, Queries, Rounds);
Console.WriteLine(report);
File.WriteAllText(BenchData.Results("peers.md"), $"# Other libraries of .NET\n\n{Machine.Describe()}\n\n{report.TrimEnd()}\n");
