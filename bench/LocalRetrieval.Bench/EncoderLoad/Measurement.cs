using System.Globalization;
using LocalRetrieval.Bench.Statistics;

namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>What was measured of one kind of work: a row of the results.</summary>
/// <param name="Model">The precision.</param>
/// <param name="What">The work.</param>
internal sealed record Measurement(string Model, string What)
{
    /// <summary>Our figure with its unit.</summary>
    public required string Ours { get; init; }

    /// <summary>What it is compared with.</summary>
    public string Other { get; init; } = "";

    /// <summary>Ours divided by the other, or beyond it, over the rounds.</summary>
    public MedianInterval? Compared { get; init; }

    /// <summary>What <see cref="Compared"/> is to reach.</summary>
    public Goal? Goal { get; init; }

    /// <summary>Like <see cref="Compared"/>, with a twin whose threads spin.</summary>
    public MedianInterval? Spinning { get; init; }

    /// <summary>The heading of a table of rows.</summary>
    public static string Heading => "| | | ours | other | ours to other | goal | reached | to one that spins |\n|---|---|---:|---:|---:|---:|---|---:|";

    public string Row =>
        $"| {Model} | {What} | {Ours} | {Other} | {Format(Compared)} | {Goal} | {(Compared is { } compared ? Goal?.Verdict(compared) : null)} | {Format(Spinning)} |";

    /// <summary>The speed of work beside that of a twin, from the seconds of each round.</summary>
    public static Measurement Speed(string model, string what, int items, string unit, Goal? goal, IReadOnlyList<double[]> seconds) => new(model, what)
    {
        Ours = Rate(items, seconds[0], unit),
        Other = Rate(items, seconds[1], unit),
        Compared = Ratio(seconds[1], seconds[0]),
        Goal = goal,
        Spinning = Ratio(seconds[2], seconds[0]),
    };

    /// <summary>A latency beside that of a twin, from the milliseconds of each round.</summary>
    public static Measurement Latency(string model, string what, Goal goal, double[] ours, double[] twin, double[] spinning) => new(model, what)
    {
        Ours = Milliseconds(ours),
        Other = Milliseconds(twin),
        Compared = Ratio(ours, twin),
        Goal = goal,
        Spinning = Ratio(ours, spinning),
    };

    /// <summary>The median of rounds in milliseconds.</summary>
    public static string Milliseconds(IEnumerable<double> rounds) => string.Create(CultureInfo.InvariantCulture, $"{MedianInterval.Of(rounds).Median:F2} ms");

    public static MedianInterval Ratio(double[] values, double[] others) => MedianInterval.Of(values.Zip(others, (value, other) => value / other));

    public static MedianInterval Difference(double[] values, double[] others) => MedianInterval.Of(values.Zip(others, (value, other) => value - other));

    private static string Rate(int items, double[] seconds, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{items / MedianInterval.Of(seconds).Median:N1} {unit}/s");

    private static string Format(MedianInterval? interval) => interval is not { } value ? ""
        : value.Low == value.High ? string.Create(CultureInfo.InvariantCulture, $"{value.Median:F3}")
        : string.Create(CultureInfo.InvariantCulture, $"{value.Median:F3} ({value.Low:F3} to {value.High:F3})");
}
