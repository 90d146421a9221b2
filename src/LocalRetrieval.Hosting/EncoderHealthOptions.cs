namespace LocalRetrieval.Hosting;

/// <summary>From when on the health check of encoders is degraded or unhealthy.</summary>
public sealed class EncoderHealthOptions
{
    /// <summary>Makes the defaults.</summary>
    public EncoderHealthOptions()
    {
    }

    /// <summary>Copies options.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public EncoderHealthOptions(EncoderHealthOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        DegradedStall = other.DegradedStall;
        UnhealthyStall = other.UnhealthyStall;
        DegradedQueueFill = other.DegradedQueueFill;
        UnhealthyQueueFill = other.UnhealthyQueueFill;
        RequireLoaded = other.RequireLoaded;
    }

    /// <summary>How long something waits for an encoder, without a run of it ending, until the check is degraded: see <see cref="EncoderExecution.QueueStall"/>.</summary>
    /// <value>
    /// More than zero. The default is 10 seconds: 200 runs of several texts as <c>MaxRunTime</c> plans them, or one of a single text of some thousand tokens by a large model on one thread. What
    /// waits while other encoders have their turns does not count.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or less.</exception>
    public TimeSpan DegradedStall
    {
        get;
        set => field = Positive(value, nameof(DegradedStall));
    } = TimeSpan.FromSeconds(10);

    /// <summary>How long something waits for an encoder, without a run of it ending, until the check is unhealthy.</summary>
    /// <value>More than zero. The default is a minute, the most that <c>MaxRunTime</c> can be: no run of several texts is planned to take longer. Set more where a single text may: one of many thousand tokens by a large model on one thread.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or less.</exception>
    public TimeSpan UnhealthyStall
    {
        get;
        set => field = Positive(value, nameof(UnhealthyStall));
    } = TimeSpan.FromMinutes(1);

    /// <summary>From which share of <c>MaxQueuedTexts</c> or <c>MaxQueuedBytes</c> on the check is degraded: see <see cref="EncoderExecution.QueueFill"/>.</summary>
    /// <value>More than 0 and at most 1, or null for never. The default is 0.8: soon calls will wait outside, or be refused.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is 0 or less, above 1 or not a number.</exception>
    public double? DegradedQueueFill
    {
        get;
        set => field = Share(value, nameof(DegradedQueueFill));
    } = 0.8;

    /// <summary>From which share of <c>MaxQueuedTexts</c> or <c>MaxQueuedBytes</c> on the check is unhealthy.</summary>
    /// <value>
    /// More than 0 and at most 1, or null for never. The default is null: a full queue that moves is what the bound is for, and many calls at once that embed documents fill it. Where several instances share requests
    /// and refuse what they cannot take (<c>Overload</c> is <c>Throw</c>), 1 sends requests to others meanwhile.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is 0 or less, above 1 or not a number.</exception>
    public double? UnhealthyQueueFill
    {
        get;
        set => field = Share(value, nameof(UnhealthyQueueFill));
    }

    /// <summary>Whether the check is unhealthy while an encoder is not loaded that nothing warms up: then something else must load it.</summary>
    /// <value>The default is false: what is loaded on first use is healthy before. One that is warmed up is unhealthy until it is loaded, whatever this is.</value>
    public bool RequireLoaded { get; set; }

    private static TimeSpan Positive(TimeSpan value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, name);
        return value;
    }

    private static double? Share(double? value, string name) =>
        value is null or (> 0 and <= 1) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is a share of the bound: more than 0 and at most 1, or null for never.");
}
