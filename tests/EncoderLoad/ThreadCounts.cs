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
    private HashSet<string> _running = [];

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

        Dictionary<string, string> names = Directory.GetDirectories(Tasks).Select(task => (Task: task, Name: Name(task))).Where(found => found.Name is not null).ToDictionary(found => found.Task, found => found.Name!);
        int others = names.Values.Count(IsOther) - ThreadPool.ThreadCount;
        lock (_lock)
        {
            // A thread has the name of the one that started it until it takes its own: what has it twice keeps it.
            HashSet<string> running = [.. names.Where(named => named.Value.StartsWith(RunThread, StringComparison.Ordinal)).Select(named => named.Key)];
            MostRunThreads = Math.Max(MostRunThreads, running.Count(_running.Contains));
            _running = running;
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
