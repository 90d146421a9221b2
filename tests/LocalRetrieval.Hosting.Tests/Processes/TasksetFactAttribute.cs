namespace LocalRetrieval.Hosting.Tests.Processes;

/// <summary>A test that binds a process to a processor; skipped, with the reason, where that cannot be done.</summary>
internal sealed class TasksetFactAttribute : FactAttribute
{
    private const string Status = "/proc/self/status";
    private const string Allowed = "Cpus_allowed_list:";

    public TasksetFactAttribute() => Skip = File.Exists("/usr/bin/taskset") ? null : "It needs Linux's taskset.";

    /// <summary>The first processor that this process may use.</summary>
    public static string FirstProcessor => File.ReadLines(Status).Single(line => line.StartsWith(Allowed, StringComparison.Ordinal))[Allowed.Length..].Trim().Split('-', ',')[0];
}
