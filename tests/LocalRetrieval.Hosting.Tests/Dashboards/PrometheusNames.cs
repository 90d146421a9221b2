using System.Diagnostics.Metrics;

namespace LocalRetrieval.Hosting.Tests.Dashboards;

/// <summary>What Prometheus calls the series of an instrument, by OpenTelemetry's rules for its exporters (Prometheus and OpenMetrics compatibility).</summary>
internal static class PrometheusNames
{
    /// <summary>The names of an instrument's series.</summary>
    public static IEnumerable<string> Of(Instrument instrument)
    {
        Type kind = instrument.GetType().GetGenericTypeDefinition();
        bool isGauge = kind == typeof(ObservableGauge<>) || kind == typeof(Gauge<>);
        string name = WithUnit(Label(instrument.Name), Unit(instrument, isGauge));
        return kind == typeof(Histogram<>) ? [$"{name}_bucket", $"{name}_sum", $"{name}_count"]
            : kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>) ? [name.EndsWith("_total", StringComparison.Ordinal) ? name : $"{name}_total"]
            : [name];
    }

    /// <summary>The label of a tag.</summary>
    public static string Label(string tag) => tag.Replace('.', '_');

    private static string WithUnit(string name, string unit) => unit.Length == 0 || name.EndsWith($"_{unit}", StringComparison.Ordinal) ? name : $"{name}_{unit}";

    private static string Unit(Instrument instrument, bool isGauge) => instrument.Unit switch
    {
        null or "" => "",
        ['{', .., '}'] => "",
        "1" => isGauge ? "ratio" : "",
        "s" => "seconds",
        "ms" => "milliseconds",
        "By" => "bytes",
        string other => throw new NotSupportedException($"The unit '{other}' of {instrument.Name} has no name here yet."),
    };
}
