namespace EncoderLoad;

/// <summary>How many threads this process had, by what Linux says of them; nothing is counted elsewhere.</summary>
internal sealed class ThreadCounts
{
    // Linux keeps 15 characters of a name.
    private const string RunThread = "LocalRetrieval ";
    private const string RuntimeThread = ".NET ";

    // Of native threads, too, that were made on one of the pool: what the pool says of its own is taken off.
    private const string PoolThread = ".NET TP Worker";
    private const string Tasks = "/proc/self/task";

    private readonly Lock _lock = new();

    /// <summary>The most threads at once that run models.</summary>
    public int MostRunThreads { get; private set; }

    /// <summary>The most threads at once that neither run models nor are the runtime's own, which come and go by themselves.</summary>
    public int MostOthers { get; private set; }

    /// <summary>The fewest of these.</summary>
    public int LeastOthers { get; private set; } = int.MaxValue;

    public void Count()
    {
        if (!Directory.Exists(Tasks))
        {
            return;
        }

        string[] names = [.. Directory.GetDirectories(Tasks).Select(Name).OfType<string>()];
        int others = names.Count(IsOther) - ThreadPool.ThreadCount;
        lock (_lock)
        {
            MostRunThreads = Math.Max(MostRunThreads, names.Count(name => name.StartsWith(RunThread, StringComparison.Ordinal)));
            MostOthers = Math.Max(MostOthers, others);
            LeastOthers = Math.Min(LeastOthers, others);
        }
    }

    private static bool IsOther(string name) =>
        name.StartsWith(PoolThread, StringComparison.Ordinal)
        || (!name.StartsWith(RunThread, StringComparison.Ordinal) && !name.StartsWith(RuntimeThread, StringComparison.Ordinal));

    // Null for a thread that has ended meanwhile.
    private static string? Name(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm"));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
