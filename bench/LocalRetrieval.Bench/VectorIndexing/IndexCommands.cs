using System.CommandLine;

namespace LocalRetrieval.Bench.VectorIndexing;

/// <summary>The command that measures indexes of vectors.</summary>
internal static class IndexCommands
{
    private const int UsualRows = 1_000_000;

    /// <param name="rounds">How often each contender runs.</param>
    /// <param name="keep">Keeps a report in a file.</param>
    public static Command Create(Option<int> rounds, Action<string, string> keep)
    {
        Option<int> rows = new("--rows") { Description = "How many texts by the static model; with fewer than a million what is measured is shown, and not kept.", DefaultValueFactory = _ => UsualRows };
        Option<bool> windows = new("--windows") { Description = "Windows of sentences by the bi-encoder instead, which are embedded first where they are not yet (a quarter of an hour)." };
        Option<string?> only = new("--only") { Description = "The only part that is measured." };
        only.AcceptOnlyFromAmong(IndexBenchmark.PartNames);
        Command indexes = new("indexes", "Graphs over vectors beside USearch and beside exact search: building, memory, questions a second at a recall, filters (an hour).") { rounds, rows, windows, only };
        indexes.SetAction(async (parsed, cancellationToken) =>
        {
            int count = parsed.GetValue(rows);
            string prefix = parsed.GetValue(windows) ? "indexes-windows" : "indexes";
            bool isKept = parsed.GetValue(windows) || count >= UsualRows;
            await IndexBenchmark.RunAsync(parsed.GetValue(windows) ? null : count, parsed.GetValue(rounds), parsed.GetValue(only), Report, cancellationToken);
            return 0;

            void Report(string part, string report)
            {
                if (isKept)
                {
                    keep($"{prefix}-{part}.md", report);
                }
                else
                {
                    Console.WriteLine(report);
                }
            }
        });
        return indexes;
    }
}
