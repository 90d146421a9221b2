using System.Diagnostics;
using System.Globalization;

namespace LocalRetrieval.Hosting.Tests.Processes;

/// <summary>A control group of its own with a quota of processor time, of version 2 or, where that is not mounted, 1; removed when disposed.</summary>
internal sealed class CpuQuota : IDisposable
{
    private const string Root = "/sys/fs/cgroup";
    private const int Period = 100_000;

    private readonly string _folder;

    private CpuQuota(string folder) => _folder = folder;

    /// <param name="processors">How many processors' time there is.</param>
    /// <exception cref="IOException">There are no control groups here.</exception>
    /// <exception cref="UnauthorizedAccessException">None may be made.</exception>
    public static CpuQuota Create(double processors)
    {
        bool isSecond = File.Exists(Path.Combine(Root, "cgroup.controllers"));
        string parent = isSecond ? Root : Path.Combine(Root, "cpu");
        if (!Directory.Exists(parent))
        {
            throw new DirectoryNotFoundException($"There is no {parent}.");
        }

        CpuQuota quota = new(Directory.CreateDirectory(Path.Combine(parent, $"local-retrieval-{Guid.NewGuid():N}")).FullName);
        try
        {
            string time = ((int)(processors * Period)).ToString(CultureInfo.InvariantCulture);
            quota.Set(isSecond ? "cpu.max" : "cpu.cfs_quota_us", isSecond ? $"{time} {Period}" : time);
            return quota;
        }
        catch
        {
            quota.Dispose();
            throw;
        }
    }

    /// <summary>Starts a program within it.</summary>
    public ProcessStartInfo Enter(string program) => new("sh", ["-c", "echo $$ > \"$0/cgroup.procs\" && exec \"$1\"", _folder, program]);

    public void Dispose() => Directory.Delete(_folder);

    // Files of a control group cannot be made, which File.WriteAllText would try where the controller is not enabled.
    private void Set(string file, string value)
    {
        using FileStream stream = new(Path.Combine(_folder, file), FileMode.Open, FileAccess.Write);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(value));
    }
}
