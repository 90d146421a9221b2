using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>Times as people say them.</summary>
internal static class ReadableTime
{
    /// <summary>Such as <c>5 seconds</c> and <c>2.7 minutes</c>; seconds up to two minutes.</summary>
    public static string Of(TimeSpan time) => time < TimeSpan.FromMinutes(2) ? Of(time.TotalSeconds, "second") : Of(time.TotalMinutes, "minute");

    private static string Of(double count, string unit)
    {
        string number = count.ToString(count < 1 ? "0.###" : "0.#", CultureInfo.InvariantCulture);
        return $"{number} {unit}{(number == "1" ? "" : "s")}";
    }
}
