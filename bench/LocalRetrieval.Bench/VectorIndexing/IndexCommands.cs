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
        Command indexes = new("indexes", "Graphs over vectors beside USearch and beside exact search: building, memory, questions a second at a recall, filters (an hour).") { rounds, rows, windows };
        indexes.SetAction(async (parsed, cancellationToken) =>
        {
            int count = parsed.GetValue(rows);
            bool areWindows = parsed.GetValue(windows);
            string report = await IndexBenchmark.RunAsync(areWindows ? null : count, parsed.GetValue(rounds), cancellationToken);
            if (areWindows || count >= UsualRows)
            {
                keep(areWindows ? "indexes-windows.md" : "indexes.md", report);
            }
            else
            {
                Console.WriteLine(report);
            }

            return 0;
        });
        return indexes;
    }
}
