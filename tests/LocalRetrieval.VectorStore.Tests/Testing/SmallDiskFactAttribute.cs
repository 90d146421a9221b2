namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>A test on a <see cref="SmallDisk"/>, which is skipped, and says so, where none can be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Reason = new(Try);

    public SmallDiskFactAttribute() => Skip = Reason.Value;

    private static string? Try()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "It mounts a tmpfs, which Linux alone has.";
        }

        try
        {
            using SmallDisk disk = new(megabytes: 1);
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return $"It needs root, and leave to mount a tmpfs: {exception.Message}";
        }
    }
}
