using System.Globalization;
using LocalRetrieval.Bench.Statistics;

namespace LocalRetrieval.Bench.StoreOnDisk;

/// <summary>What was measured of one kind of work: a row of the results.</summary>
/// <param name="What">The work.</param>
internal sealed record StoreMeasurement(string What)
{
    /// <summary>The heading of a table of rows.</summary>
    public static string Heading => "| | ours | other | ours to other | goal | reached |\n|---|---:|---:|---:|---:|---|";

    /// <summary>Our figure with its unit.</summary>
    public required string Ours { get; init; }

    /// <summary>What it is compared with.</summary>
    public string Other { get; init; } = "";

    /// <summary>Ours divided by the other over the rounds; or ours alone, where the goal is a bound of it.</summary>
    public MedianInterval? Compared { get; init; }

    /// <summary>What <see cref="Compared"/> is to reach.</summary>
    public Goal? Goal { get; init; }

    public string Row => $"| {What} | {Ours} | {Other} | {Format(Compared)} | {Goal} | {(Compared is { } compared ? Goal?.Verdict(compared) : null)} |";

    /// <summary>A speed beside another, from the rates of each round.</summary>
    public static StoreMeasurement Speed(string what, string unit, double[] ours, double[] other, Goal? goal = null) => new(what)
    {
        Ours = Rate(ours, unit),
        Other = Rate(other, unit),
        Compared = Ratio(ours, other),
        Goal = goal,
    };

    /// <summary>A time beside another, from those of each round in milliseconds.</summary>
    public static StoreMeasurement Time(string what, double[] ours, double[] other, Goal? goal = null) => new(what)
    {
        Ours = Milliseconds(ours),
        Other = Milliseconds(other),
        Compared = Ratio(ours, other),
        Goal = goal,
    };

    public static string Milliseconds(double[] rounds) => string.Create(CultureInfo.InvariantCulture, $"{MedianInterval.Of(rounds).Median:N2} ms");

    public static string Megabytes(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:N1} MB");

    private static string Rate(double[] rounds, string unit) => string.Create(CultureInfo.InvariantCulture, $"{MedianInterval.Of(rounds).Median:N0} {unit}/s");

    private static MedianInterval Ratio(double[] ours, double[] other) => MedianInterval.Of(ours.Zip(other, (mine, others) => mine / others));

    private static string Format(MedianInterval? interval) => interval is not { } value ? ""
        : value.Low == value.High ? string.Create(CultureInfo.InvariantCulture, $"{value.Median:F3}")
        : string.Create(CultureInfo.InvariantCulture, $"{value.Median:F3} ({value.Low:F3} to {value.High:F3})");
}
