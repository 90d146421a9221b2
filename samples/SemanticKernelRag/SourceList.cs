using System.Globalization;
using System.Text.RegularExpressions;
using Samples;
using Samples.Chat;
using Spectre.Console;

namespace SemanticKernelRag;

/// <summary>The sources that an answer cites, by their numbers.</summary>
internal static partial class SourceList
{
    /// <remarks>Each search numbers its sources from 1: where several were made, a number names a source of each.</remarks>
    public static void Write(Screen screen, string answer, IReadOnlyList<NumberedSource> found)
    {
        HashSet<int> cited = [.. MarkerRegex().Matches(answer).SelectMany(Numbers)];
        (int Number, string Title)[] sources = [.. found.Where(source => cited.Contains(source.Number)).Select(source => (source.Number, source.Title)).Distinct().OrderBy(source => source.Number)];
        if (sources.Length == 0)
        {
            return;
        }

        screen.Output.WriteLine();
        screen.Output.MarkupLine("[bold]Sources cited[/]");
        foreach ((int number, string title) in sources)
        {
            screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  [{number}] {title}"));
        }
    }

    private static IEnumerable<int> Numbers(Match marker) =>
        marker.Groups["number"].Captures.Select(number => int.Parse(number.ValueSpan, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\[(?<number>[0-9]{1,4})(?:[,;]\s*(?<number>[0-9]{1,4}))*\]", RegexOptions.CultureInvariant)]
    private static partial Regex MarkerRegex();
}
