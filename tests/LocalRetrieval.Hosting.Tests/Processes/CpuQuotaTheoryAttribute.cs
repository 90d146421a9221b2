namespace LocalRetrieval.Hosting.Tests.Processes;

/// <summary>A test that bounds the processor time of a process as a container does; skipped, with the reason, where that cannot be done.</summary>
internal sealed class CpuQuotaTheoryAttribute : TheoryAttribute
{
    public CpuQuotaTheoryAttribute()
    {
        try
        {
            using CpuQuota quota = CpuQuota.Create(processors: 1);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Skip = $"It needs Linux's control groups, and leave to make one: {exception.Message}";
        }
    }
}
