using System.Globalization;

namespace LocalRetrieval.Bench.Statistics;

/// <summary>What a measured median is to reach.</summary>
/// <param name="Bound">The worst value that does.</param>
/// <param name="IsLeast">Whether greater values are better.</param>
/// <param name="Unit">Written after the bound.</param>
internal sealed record Goal(double Bound, bool IsLeast, string Unit = "")
{
    public static Goal AtLeast(double bound) => new(bound, IsLeast: true);

    public static Goal AtMost(double bound, string unit = "") => new(bound, IsLeast: false, unit);

    /// <summary>"yes" where the whole interval reaches the goal, "no" where none of it does, and otherwise "open": more rounds are needed to tell.</summary>
    public string Verdict(MedianInterval measured)
    {
        (double worse, double better) = IsLeast ? (measured.Low, measured.High) : (-measured.High, -measured.Low);
        double bound = IsLeast ? Bound : -Bound;
        return worse >= bound ? "yes" : better < bound ? "no" : "open";
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsLeast ? "≥" : "≤")} {Bound}{Unit}");
}
