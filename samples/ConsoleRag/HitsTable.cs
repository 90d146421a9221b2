using System.Globalization;
using LocalRetrieval;
using Spectre.Console;

namespace ConsoleRag;

/// <summary>The first stage's best passages beside the final ones, with scores and timings.</summary>
internal static class HitsTable
{
    public static void Write(IAnsiConsole console, RetrievalResult result)
    {
        if (result.Candidates.Count == 0)
        {
            console.MarkupLine("[yellow]No passage was found.[/]");
            return;
        }

        bool reranked = result.Candidates.Any(candidate => candidate.Stage(RetrievalStage.Reranker) is not null);
        Table table = new Table().Border(TableBorder.Rounded).Expand().AddColumn("#").AddColumn("bi-encoder (cosine)");
        if (reranked)
        {
            table.AddColumn($"after reranking {result.Candidates.Count} (score; cosine, logit)");
        }

        for (int rank = 0; rank < result.Passages.Count; rank++)
        {
            string first = Describe(result.Candidates[rank], Score(result.Candidates[rank], RetrievalStage.Vector));
            string number = (rank + 1).ToString(CultureInfo.InvariantCulture);
            _ = reranked ? table.AddRow(number, first, DescribeReranked(result.Passages[rank])) : table.AddRow(number, first);
        }

        console.Write(table);
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]{string.Join(" · ", result.Timings.Select(timing => string.Create(CultureInfo.InvariantCulture, $"{timing.Stage} {timing.Elapsed.TotalMilliseconds:F1} ms")))}[/]");
        console.WriteLine();
    }

    private static string DescribeReranked(RetrievedPassage passage) => Describe(
        passage,
        $"{passage.Score.ToString("F2", CultureInfo.InvariantCulture)}; {Score(passage, RetrievalStage.Vector)}, {Score(passage, RetrievalStage.Reranker)}",
        $" [grey](was {passage.Stage(RetrievalStage.Vector)?.Rank})[/]");

    private static string Describe(RetrievedPassage passage, string score, string note = "") =>
        $"[bold]{score}[/]{note}\n{Markup.Escape(Screen.Printable(Title(passage)))}\n[grey]{Markup.Escape(Screen.Printable(Start(passage.Text)))}[/]";

    private static string Title(RetrievedPassage passage) =>
        string.IsNullOrEmpty(passage.HeadingPath) ? $"{passage.Source}" : $"{passage.Source} > {passage.HeadingPath}";

    private static string Score(RetrievedPassage passage, string stage) => passage.Stage(stage)?.Score.ToString("F3", CultureInfo.InvariantCulture) ?? "-";

    private static string Start(string text)
    {
        string line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 90 ? line : string.Concat(line.AsSpan(0, 90), "…");
    }
}
