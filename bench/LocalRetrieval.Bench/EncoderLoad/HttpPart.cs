using System.Net.Http.Json;
using LocalRetrieval.Bench.Statistics;

namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>The processor's time that a request costs a server in a process of its own, of one client and of many.</summary>
internal static class HttpPart
{
    public static async Task<EncoderPartResult> MeasureAsync(string name, EncoderWork work)
    {
        using BenchProcess server = new(EncoderServer.Command, name);
        using HttpClient client = new() { BaseAddress = new Uri(await server.ReadLineAsync()) };
        string[] queries = EncoderWork.QueryTexts(work.HttpRequests);
        // Tiered compilation takes thousands of requests to settle, and would be counted to whoever asks first.
        await CpuAsync(client, EncoderServer.QueryPath, work.Callers, queries);
        await CpuAsync(client, EncoderServer.BarePath, work.Callers, queries);
        string[] few = queries[..(queries.Length / 4)];
        IReadOnlyList<double[]> rounds = await Interleaved.RunAsync(
            work.Rounds,
            () => CpuAsync(client, EncoderServer.QueryPath, 1, few),
            () => CpuAsync(client, EncoderServer.QueryPath, work.Callers, queries),
            () => CpuAsync(client, EncoderServer.BarePath, 1, few),
            () => CpuAsync(client, EncoderServer.BarePath, work.Callers, queries));
        return new EncoderPartResult(
        [
            new Measurement(name, $"processor's time of a request over HTTP, 1 client; other: {work.Callers} clients")
            {
                Ours = Measurement.Milliseconds(rounds[0]),
                Other = Measurement.Milliseconds(rounds[1]),
                Compared = Measurement.Ratio(rounds[0], rounds[1]),
                Goal = Goal.AtMost(1.15),
            },
            new Measurement(name, $"the same of an endpoint without an encoder, 1 client; other: {work.Callers} clients")
            {
                Ours = Measurement.Milliseconds(rounds[2]),
                Other = Measurement.Milliseconds(rounds[3]),
                Compared = Measurement.Ratio(rounds[2], rounds[3]),
            },
            new Measurement(name, $"what the encoder adds to it, 1 client; other: {work.Callers} clients")
            {
                Ours = Measurement.Milliseconds(Added(rounds[0], rounds[2])),
                Other = Measurement.Milliseconds(Added(rounds[1], rounds[3])),
                Compared = Measurement.Ratio(Added(rounds[0], rounds[2]), Added(rounds[1], rounds[3])),
            },
        ]);
    }

    private static double[] Added(double[] with, double[] without) => [.. with.Zip(without, (one, other) => one - other)];

    // Milliseconds a request.
    private static async Task<double> CpuAsync(HttpClient client, string path, int clients, string[] queries)
    {
        double before = await client.GetFromJsonAsync<double>(EncoderServer.CpuPath);
        await Callers.RunAsync(clients, queries, query => client.GetByteArrayAsync($"{path}?q={Uri.EscapeDataString(query)}"));
        return (await client.GetFromJsonAsync<double>(EncoderServer.CpuPath) - before) / queries.Length;
    }
}
