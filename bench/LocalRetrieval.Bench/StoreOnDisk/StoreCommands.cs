using System.CommandLine;

namespace LocalRetrieval.Bench.StoreOnDisk;

/// <summary>The commands that measure the vector store on disk.</summary>
internal static class StoreCommands
{
    private const int UsualRecords = 1_000_000;

    /// <param name="rounds">How often each contender runs.</param>
    /// <param name="quick">Whether little is measured.</param>
    /// <param name="keep">Keeps what is known so far.</param>
    public static Command Create(Option<int> rounds, Option<bool> quick, Action<string> keep)
    {
        Option<int> records = new("--records") { Description = "How many records are loaded and opened; with fewer than a million what is measured is shown, and not kept.", DefaultValueFactory = _ => UsualRecords };
        Option<string?> folder = new("--folder") { Description = "Where the stores are made, for instance on another disk; the system's folder of temporary files without it." };
        Option<string?> only = new("--only") { Description = "The only part that is run; what is measured is then shown, and not kept." };
        only.AcceptOnlyFromAmong(StoreBenchmark.PartNames);
        Command store = new("store", "The vector store on disk beside itself in memory, bare writes and flushes, and SQLite (half an hour).") { rounds, records, folder, only, quick };
        store.SetAction(async (parsed, cancellationToken) =>
        {
            int count = parsed.GetValue(records);
            string? path = parsed.GetValue(folder);
            StoreWork work = parsed.GetValue(quick) ? StoreWork.Quick(count, path) : StoreWork.Full(parsed.GetValue(rounds), count, path);
            bool isKept = !parsed.GetValue(quick) && parsed.GetValue(only) is null && count >= UsualRecords;
            await StoreBenchmark.RunAsync(work, parsed.GetValue(only), isKept ? keep : Console.WriteLine, cancellationToken);
            return 0;
        });
        return store;
    }

    /// <summary>What a process of its own does for the others.</summary>
    public static Command CreateChild()
    {
        Argument<string> step = new("step");
        Argument<string> path = new("path");
        Argument<int> records = new("records");
        Command child = new(StoreChild.Command, "A step of the store's figures, in this process.") { step, path, records };
        child.Hidden = true;
        child.SetAction((parsed, _) => StoreChild.RunAsync(parsed.GetValue(step)!, parsed.GetValue(path)!, parsed.GetValue(records)));
        return child;
    }
}
