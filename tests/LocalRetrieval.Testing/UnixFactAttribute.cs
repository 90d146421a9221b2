namespace LocalRetrieval.Testing;

/// <summary>A test of signals, which Windows has not.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no signals." : null;
}
