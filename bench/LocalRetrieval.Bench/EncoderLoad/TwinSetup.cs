namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>How a bare session is run.</summary>
/// <param name="Threads">The threads of a run.</param>
/// <param name="ParallelRuns">How many runs there are at once.</param>
/// <param name="Tokens">The most padded tokens of a run of more than one row.</param>
/// <param name="Rows">The most rows of a run.</param>
/// <param name="Spins">Whether threads that wait keep their processor.</param>
internal sealed record TwinSetup(int Threads, int ParallelRuns, int Tokens, int Rows, bool Spins)
{
    private static readonly int[] TokenBudgets = [512, 1024, 2048, 4096, 8192];
    private static readonly int[] RowLimits = [1, 2, 4, 8, 16, 32];

    /// <summary>Every way to run that is tried; with spinning, those in which threads wait at all.</summary>
    public static IEnumerable<TwinSetup> All(bool spins) =>
        from threads in new[] { 1, Environment.ProcessorCount }.Distinct()
        where threads > 1 || !spins || Environment.ProcessorCount == 1
        from parallel in Enumerable.Range(1, Environment.ProcessorCount)
        from tokens in TokenBudgets
        from rows in RowLimits
        select new TwinSetup(threads, parallel, tokens, rows, spins);

    /// <summary>Cuts rows into runs, longest first, so that padding is small.</summary>
    /// <returns>The indices of the rows of each run.</returns>
    public IReadOnlyList<int[]> Cut(int[] lengths)
    {
        int[] order = [.. Enumerable.Range(0, lengths.Length).OrderByDescending(row => lengths[row])];
        List<int[]> runs = [];
        for (int start = 0; start < order.Length;)
        {
            int rows = Math.Clamp(Tokens / lengths[order[start]], 1, Rows);
            int[] run = order[start..Math.Min(start + rows, order.Length)];
            runs.Add(run);
            start += run.Length;
        }

        return runs;
    }

    public override string ToString() =>
        FormattableString.Invariant($"{Threads} thread{(Threads == 1 ? "" : "s")} a run, {ParallelRuns} run{(ParallelRuns == 1 ? "" : "s")} at once, up to {Rows} rows and {Tokens:N0} tokens");
}
