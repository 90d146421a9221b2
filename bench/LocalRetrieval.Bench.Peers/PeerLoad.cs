using LocalRetrieval.Bench.EncoderLoad;
using LocalRetrieval.Bench.Statistics;
using LocalRetrieval.Bench.Throughput;

namespace LocalRetrieval.Bench.Peers;

/// <summary>Libraries that are asked for one query at a time: by one caller, and by many at once.</summary>
internal static class PeerLoad
{
    private const int ManyCallers = 64;

    /// <param name="peers">Libraries that embed these queries.</param>
    /// <param name="queries">What is asked in a round.</param>
    /// <param name="rounds">How often.</param>
    public static async Task<string> RunAsync(IReadOnlyList<Peer> peers, string[] queries, int rounds)
    {
        Contender[] crowd = [.. peers.Select(peer => new Contender(peer.Name, () => Callers.RunAsync(ManyCallers, queries, text => peer.Embed([text]))))];
        return $"""
            ## One query alone

            {await AloneAsync(peers, queries, rounds)}

            ## {ManyCallers} callers of single queries

            Each waits for its own answer and asks the next query at once.

            {Race.Table("texts", queries.Length, crowd, await Race.RunAsync(crowd, rounds))}
            """;
    }

    private static async Task<string> AloneAsync(IReadOnlyList<Peer> peers, string[] queries, int rounds)
    {
        IReadOnlyList<double[][]> latencies = await Interleaved.RunAsync(
            rounds, [.. peers.Select(peer => (Func<Task<double[]>>)(() => Callers.RunAsync(1, queries, text => peer.Embed([text]))))]);
        IEnumerable<string> rows = peers.Select((peer, i) => $"| {peer.Name} | {At(latencies[i], .5)} | {At(latencies[i], .95)} |");
        return $"| | p50 | p95 |\n|---|---:|---:|\n{string.Join('\n', rows)}";
    }

    private static string At(double[][] rounds, double fraction) => Measurement.Milliseconds(rounds.Select(round => Percentile.Of(round, fraction)));
}
