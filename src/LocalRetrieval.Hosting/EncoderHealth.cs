using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LocalRetrieval.Hosting;

/// <summary>What a check found of one encoder.</summary>
/// <param name="name">What reports call it.</param>
internal sealed class EncoderHealth(string name)
{
    private readonly Dictionary<string, object> _data = new(StringComparer.Ordinal);

    public string Name => name;

    public HealthStatus Status { get; private set; } = HealthStatus.Healthy;

    /// <summary>What is wrong; null where nothing is.</summary>
    public string? Trouble { get; private set; }

    public Exception? Failure { get; private set; }

    /// <summary>The figures, by the encoder's name and theirs.</summary>
    public IReadOnlyDictionary<string, object> Data => _data;

    /// <summary>Adds a figure; null adds nothing.</summary>
    public void Tell(string figure, object? value)
    {
        if (value is not null)
        {
            _data.Add($"{name}.{figure}", value);
        }
    }

    public EncoderHealth Fail(string trouble, Exception? failure = null)
    {
        (Status, Trouble, Failure) = (HealthStatus.Unhealthy, trouble, failure);
        return this;
    }

    public EncoderHealth Degrade(string trouble)
    {
        (Status, Trouble) = (HealthStatus.Degraded, trouble);
        return this;
    }
}
