using System.Globalization;
using LocalRetrieval.Loading;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LocalRetrieval.Hosting;

/// <summary>Tells whether the encoders of one key are loaded, and whether what waits for them moves. Loads nothing, and reads no clock but the encoders'.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class EncoderHealthCheck(IServiceProvider services, object? serviceKey, EncoderHealthOptions options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        EncoderHealth[] encoders = [.. RegisteredEncoder.Of(services).Where(encoder => Equals(encoder.ServiceKey, serviceKey)).Select(Check)];
        Dictionary<string, object> data = new(encoders.SelectMany(encoder => encoder.Data), StringComparer.Ordinal);
        HealthStatus worst = encoders.Select(encoder => encoder.Status).DefaultIfEmpty(HealthStatus.Healthy).Min();
        string[] troubles = [.. encoders.OrderBy(encoder => encoder.Status).Select(encoder => encoder.Trouble).OfType<string>()];
        return Task.FromResult(new HealthCheckResult(
            worst == HealthStatus.Unhealthy ? context.Registration.FailureStatus : worst,
            troubles.Length == 0 ? null : string.Join(" ", troubles),
            encoders.Select(encoder => encoder.Failure).OfType<Exception>().FirstOrDefault(),
            data));
    }

    private EncoderHealth Check(RegisteredEncoder encoder)
    {
        EncoderInfo? info = encoder.Model?.LoadedInfo;
        EncoderHealth health = new(encoder.Name);
        health.Tell("loaded", encoder.Model?.IsLoaded ?? false);
        health.Tell("model", info?.ModelId);
        if (encoder.Failure is { } failure)
        {
            return health.Fail($"{encoder.Name} cannot be loaded or run: {failure.Message}", failure);
        }

        if (encoder.Model?.IsLoaded is not true)
        {
            return encoder.IsAwaited ? health.Fail($"{encoder.Name} is being loaded.")
                : options.RequireLoaded ? health.Fail($"{encoder.Name} is not loaded: have it warmed up, or use it.")
                : health;
        }

        return info?.Execution is { } execution ? Check(health, execution) : health;
    }

    private EncoderHealth Check(EncoderHealth health, EncoderExecution execution)
    {
        health.Tell("slots", execution.Slots);
        health.Tell("queuedTexts", execution.QueuedTexts);
        health.Tell("maxQueuedTexts", execution.MaxQueuedTexts);
        health.Tell("queueFill", execution.QueueFill);
        health.Tell("queueStall", execution.QueueStall);
        health.Tell("sinceLastRun", execution.SinceLastRun);
        string stall = string.Create(CultureInfo.InvariantCulture, $"Nothing moves in the queue of {health.Name}: {execution.QueuedTexts} texts wait, and nothing has moved for {execution.QueueStall.TotalSeconds:0} s.");
        string fill = string.Create(CultureInfo.InvariantCulture, $"The queue of {health.Name} is {execution.QueueFill:0%} full: {execution.QueuedTexts} texts wait. Further calls wait outside or are refused.");
        return execution.QueueStall >= options.UnhealthyStall ? health.Fail(stall)
            : execution.QueueFill >= options.UnhealthyQueueFill ? health.Fail(fill)
            : execution.QueueStall >= options.DegradedStall ? health.Degrade(stall)
            : execution.QueueFill >= options.DegradedQueueFill ? health.Degrade(fill)
            : health;
    }
}
