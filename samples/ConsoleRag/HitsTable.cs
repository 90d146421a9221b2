using System.Globalization;
using LocalRetrieval;
using Samples;
using Spectre.Console;

namespace ConsoleRag;

/// <summary>What each search found first beside the final passages, with what every stage gave to them, and the times.</summary>
internal static class HitsTable
{
    private static readonly (string Stage, string Column, string Format)[] Known =
    [
        (RetrievalStage.Vector, "by vectors (cosine)", "F3"),
        (RetrievalStage.Keyword, "by words (BM25)", "F2"),
        (RetrievalStage.Reranker, "", "F3"),
    ];

    public static void Write(IAnsiConsole console, RetrievalResult result)
    {
        if (result.Candidates.Count == 0)
        {
            console.MarkupLine("[yellow]No passage was found.[/]");
            return;
        }

        string[] stages = [.. Known.Select(known => known.Stage).Where(stage => result.Candidates.Any(candidate => candidate.Stage(stage) is not null))];
        RetrievedPassage[][] found = [.. stages.Where(stage => stage != RetrievalStage.Reranker).Select(stage => FoundBy(result, stage))];
        bool isJoined = stages.Length > 1;
        Table table = new Table().Border(TableBorder.Rounded).Expand().AddColumn("#");
        table.AddColumns([.. stages.Take(found.Length).Select(stage => Of(stage).Column)]);
        if (isJoined)
        {
            table.AddColumn($"together, {result.Candidates.Count} candidates ({string.Join(", ", stages)})");
        }

        for (int rank = 0; rank < result.Passages.Count; rank++)
        {
            List<string> cells = [(rank + 1).ToString(CultureInfo.InvariantCulture)];
            cells.AddRange(found.Select((passages, stage) => rank < passages.Length ? Describe(passages[rank], Score(passages[rank], stages[stage])) : ""));
            if (isJoined)
            {
                cells.Add(Describe(result.Passages[rank], DescribeStages(result.Passages[rank], stages)));
            }

            table.AddRow([.. cells]);
        }

        console.Write(table);
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]{string.Join(" · ", result.Timings.Select(timing => string.Create(CultureInfo.InvariantCulture, $"{timing.Stage} {timing.Elapsed.TotalMilliseconds:F1} ms")))}[/]");
        console.WriteLine();
    }

    private static RetrievedPassage[] FoundBy(RetrievalResult result, string stage) =>
        [.. result.Candidates.Where(candidate => candidate.Stage(stage) is { Rank: > 0 }).OrderBy(candidate => candidate.Stage(stage)!.Value.Rank)];

    private static (string Stage, string Column, string Format) Of(string stage) => Array.Find(Known, known => known.Stage == stage);

    private static string DescribeStages(RetrievedPassage passage, string[] stages) =>
        $"{passage.Score.ToString("F2", CultureInfo.InvariantCulture)}; {string.Join(", ", stages.Select(stage => Score(passage, stage)))}";

    private static string Describe(RetrievedPassage passage, string score) =>
        $"[bold]{score}[/]\n{Markup.Escape(Screen.Printable(Title(passage)))}\n[grey]{Markup.Escape(Screen.Printable(Start(passage.Text)))}[/]";

    public static string Title(RetrievedPassage passage) =>
        string.IsNullOrEmpty(passage.HeadingPath) ? $"{passage.Source}" : $"{passage.Source} > {passage.HeadingPath}";

    private static string Score(RetrievedPassage passage, string stage) => passage.Stage(stage)?.Score.ToString(Of(stage).Format, CultureInfo.InvariantCulture) ?? "-";

    public static string Start(string text)
    {
        string line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 90 ? line : string.Concat(line.AsSpan(0, 90), "…");
    }
}
