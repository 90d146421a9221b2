using System.Diagnostics;

namespace LocalRetrieval.Packages.Tests;

/// <summary>A test that mounts file systems of its own, which is skipped, and says so, where that is not allowed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReadOnlyFactAttribute : FactAttribute
{
    public ReadOnlyFactAttribute() => Skip = CanMount() ? null : "It needs root and Linux's unshare, mount and setpriv, to have a file system that is read-only.";

    private static bool CanMount()
    {
        try
        {
            using Process process = Process.Start("unshare", ["--mount", "sh", "-c", "mount --make-rprivate / && mount -t tmpfs tmpfs /tmp && setpriv --version > /dev/null"]);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
