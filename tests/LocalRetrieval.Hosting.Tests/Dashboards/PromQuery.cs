using System.Text.RegularExpressions;

namespace LocalRetrieval.Hosting.Tests.Dashboards;

/// <summary>What a query of Prometheus names.</summary>
internal static partial class PromQuery
{
    /// <summary>The names of series: what is left beside labels, ranges, functions and words of the language.</summary>
    public static IEnumerable<string> Series(string query) => Name().Matches(Range().Replace(Matchers().Replace(Grouping().Replace(Values().Replace(query, "$1"), " "), " "), " ")).Select(match => match.Value).Distinct();

    /// <summary>The labels that it selects or groups by.</summary>
    public static IEnumerable<string> Labels(string query) =>
        Matchers().Matches(query).SelectMany(match => Matched().Matches(match.Value)).Select(match => match.Groups[1].Value)
            .Concat(Grouping().Matches(query).SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries)))
            .Concat(Values().Matches(query).Select(match => match.Groups[2].Value)).Distinct();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Matchers();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Range();

    [GeneratedRegex(@"\b(?:by|without) \(([^)]*)\)")]
    private static partial Regex Grouping();

    // A variable of a dashboard.
    [GeneratedRegex(@"^label_values\((.*), (\w+)\)$")]
    private static partial Regex Values();

    [GeneratedRegex(@"(\w+)\s*(?:=~|!~|!=|=)")]
    private static partial Regex Matched();

    [GeneratedRegex(@"(?<![\w.])[a-zA-Z_]\w*(?!\w|\s*\()")]
    private static partial Regex Name();
}
