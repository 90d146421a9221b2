using System.Diagnostics;
using System.Text.Json;

namespace LocalRetrieval.Hosting.Tests.Processes;

/// <summary>Three models under load in a process of their own, whose processors are few.</summary>
public sealed class EncoderProcessTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "EncoderLoad");

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Slots_ProcessorCountOfTheEnvironment_AreAsMany(int processors)
    {
        EncoderReport report = await RunAsync(new ProcessStartInfo(Program) { Environment = { ["DOTNET_PROCESSOR_COUNT"] = $"{processors}" } });

        Check(report, processors);
    }

    [TasksetFact]
    public async Task Slots_OneProcessorOfTheMachine_IsOne()
    {
        EncoderReport report = await RunAsync(new ProcessStartInfo("taskset", ["-c", $"{TasksetFactAttribute.FirstProcessor}", Program]));

        Check(report, slots: 1);
    }

    [CpuQuotaTheory]
    [InlineData(0.5, 1)]
    [InlineData(1.5, 2)]
    public async Task Slots_QuotaOfAContainer_AreTheQuotaRoundedUp(double processors, int slots)
    {
        using CpuQuota quota = CpuQuota.Create(processors);

        Check(await RunAsync(quota.Enter(Program)), Math.Min(slots, Environment.ProcessorCount));
    }

    private static void Check(EncoderReport report, int slots)
    {
        Assert.Equal((slots, slots, 1), (report.ProcessorCount, report.Slots, report.ThreadsPerRun));
        Assert.InRange(report.MostRunThreads, OperatingSystem.IsLinux() ? 1 : 0, slots);

        // Sixteen times as many callers have no more threads, but for those of the pool that they are on.
        Assert.True(!OperatingSystem.IsLinux() || report.LeastOthers <= report.MostOthers, $"{report.LeastOthers} threads under a heavy load, {report.MostOthers} under a light one.");
    }

    private static async Task<EncoderReport> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return JsonSerializer.Deserialize<EncoderReport>(output)!;
    }
}
