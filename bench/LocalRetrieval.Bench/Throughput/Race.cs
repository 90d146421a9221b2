using System.Diagnostics;

namespace LocalRetrieval.Bench.Throughput;

/// <summary>Runs contenders side by side: one warm-up each, then rounds in which every contender runs once, so that noise of the machine hits all alike.</summary>
internal static class Race
{
    /// <returns>The seconds that each contender takes to do the work once, one entry a round.</returns>
    public static async Task<IReadOnlyDictionary<string, double[]>> RunAsync(IReadOnlyList<Contender> contenders, int rounds)
    {
        foreach (Contender contender in contenders)
        {
            await contender.Run();
        }

        Dictionary<string, double[]> seconds = contenders.ToDictionary(contender => contender.Name, _ => new double[rounds]);
        for (int round = 0; round < rounds; round++)
        {
            // Turn the order around every second round: a drift of the machine then cancels out.
            foreach (Contender contender in round % 2 == 0 ? contenders : contenders.Reverse())
            {
                Stopwatch watch = Stopwatch.StartNew();
                for (int pass = 0; pass < contender.Passes; pass++)
                {
                    await contender.Run();
                }

                seconds[contender.Name][round] = watch.Elapsed.TotalSeconds / contender.Passes;
            }
        }

        return seconds;
    }

    /// <summary>A Markdown table: items per second (median), and the median over rounds of each contender's time divided by the first one's.</summary>
    public static string Table(string unit, int items, IReadOnlyList<Contender> contenders, IReadOnlyDictionary<string, double[]> seconds)
    {
        double[] first = seconds[contenders[0].Name];
        IEnumerable<string> rows = contenders.Select(contender =>
        {
            double[] own = seconds[contender.Name];
            double ratio = Ratio(own, first);
            return FormattableString.Invariant($"| {contender.Name} | {items / Median(own):N1} | {ratio:F2} |");
        });
        return $"| | {unit} a second | time, relative |\n|---|---:|---:|\n{string.Join('\n', rows)}\n";
    }

    /// <summary>The median over rounds of one contender's time divided by another's.</summary>
    public static double Ratio(double[] seconds, double[] other) => Median([.. seconds.Zip(other, (mine, reference) => mine / reference)]);

    public static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
