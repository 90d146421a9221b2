using System.Diagnostics;

namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>Finds the setup in which a bare session is fastest over given requests.</summary>
/// <param name="sessions">The sessions over the graph.</param>
/// <param name="output">What becomes of its output.</param>
/// <param name="stride">Each so-manieth setup is tried.</param>
internal sealed class TwinSearch(TwinSessions sessions, TwinOutput output, int stride)
{
    private const int Finalists = 5;
    private const int FinalRounds = 3;

    /// <summary>All setups over some requests, then the best of them over all.</summary>
    /// <param name="some">Requests that all setups run; each has the rows that are known at once.</param>
    /// <param name="all">Requests that the best of them run.</param>
    /// <param name="spins">Whether threads that wait keep their processor.</param>
    public TwinSetup Find(IReadOnlyList<(int[] Ids, int[] TypeIds)[]> some, IReadOnlyList<(int[] Ids, int[] TypeIds)[]> all, bool spins)
    {
        TwinSetup[] setups = [.. TwinSetup.All(spins).Where((_, setup) => setup % stride == 0).DistinctBy(setup => Signature(setup, some))];
        foreach (TwinSetup setup in setups.DistinctBy(setup => setup.Threads))
        {
            Run(Twins(setup, some));
        }

        return Best(Best(setups, some, Finalists, rounds: 1), all, 1, FinalRounds)[0];
    }

    /// <summary>The bare session in a setup, a twin for each request.</summary>
    public Twin[] Twins(TwinSetup setup, IReadOnlyList<(int[] Ids, int[] TypeIds)[]> requests) =>
        [.. requests.Select(rows => new Twin(sessions.For(setup), setup, output, rows))];

    /// <summary>Answers requests one after another.</summary>
    public static void Run(Twin[] twins) => Array.ForEach(twins, twin => twin.Run());

    // By the least time of several rounds in turn: what disturbs only adds.
    private TwinSetup[] Best(TwinSetup[] setups, IReadOnlyList<(int[] Ids, int[] TypeIds)[]> requests, int count, int rounds)
    {
        double[] seconds = new double[setups.Length];
        Array.Fill(seconds, double.MaxValue);
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < setups.Length; i++)
            {
                Twin[] twins = Twins(setups[i], requests);
                long start = Stopwatch.GetTimestamp();
                Run(twins);
                seconds[i] = Math.Min(seconds[i], Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }

        Array.Sort(seconds, setups);
        return setups[..Math.Min(count, setups.Length)];
    }

    // Setups with one signature do the same.
    private static string Signature(TwinSetup setup, IReadOnlyList<(int[] Ids, int[] TypeIds)[]> requests)
    {
        IReadOnlyList<int[]>[] runs = [.. requests.Select(rows => setup.Cut(Array.ConvertAll(rows, row => row.Ids.Length)))];
        int parallel = Math.Min(setup.ParallelRuns, runs.Max(cuts => cuts.Count));
        return $"{setup.Threads} {parallel} {string.Join(';', runs.Select(cuts => string.Join(',', cuts.Select(run => run.Length))))}";
    }
}
