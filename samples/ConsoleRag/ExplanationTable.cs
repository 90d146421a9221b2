using System.Globalization;
using LocalRetrieval;
using Samples;
using Spectre.Console;

namespace ConsoleRag;

/// <summary>Why each passage stands where it does: what every stage gave and what that adds, which words matched, and what reranking changed.</summary>
internal static class ExplanationTable
{
    public static void Write(IAnsiConsole console, RetrievalExplanation explanation)
    {
        if (explanation.Passages.Count == 0)
        {
            console.MarkupLine("[yellow]No passage was found.[/]");
        }
        else
        {
            Table table = new Table().Border(TableBorder.Rounded).Expand().ShowRowSeparators().AddColumns("#", "passage", "score (rank) adds", "words");
            foreach (PassageExplanation passage in explanation.Passages)
            {
                table.AddRow(Place(passage), Describe(passage), Stages(passage), Words(passage));
            }

            console.Write(table);
        }

        RetrievalResult result = explanation.Result;
        foreach (RetrievalNote note in result.Notes ?? [])
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]{note.Stage}: {Screen.Printable(note.Text)}[/]");
        }

        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]{result.Candidates.Count} candidates; {string.Join(" · ", result.Timings.Select(timing => Text($"{timing.Stage} {timing.Elapsed.TotalMilliseconds:F1} ms")))}[/]");
        console.WriteLine();
    }

    /// <summary>The place before reranking, where it differs, and the final one.</summary>
    private static string Place(PassageExplanation passage) => passage switch
    {
        { FoundRank: not { } } => "–",
        { Outcome: not PassageOutcome.Returned } => Text($"{passage.FoundRank} → –"),
        _ when passage.FoundRank == passage.Passage!.Rank => Text($"{passage.FoundRank}"),
        _ => Text($"{passage.FoundRank} → {passage.Passage.Rank}"),
    };

    private static string Describe(PassageExplanation explanation)
    {
        string reason = explanation.Reason is null ? "" : $"\n[yellow]{Safe(explanation.Outcome switch
        {
            PassageOutcome.Omitted => "not returned: ",
            PassageOutcome.NotFound => "not found: ",
            _ => "unknown: ",
        } + explanation.Reason)}[/]";
        string needed = explanation.CandidatesNeeded is { } candidates ? Text($"\n[yellow]--candidates {candidates} finds it[/]") : "";
        return explanation.Passage is not { } passage
            ? Safe(explanation.Key) + reason
            : $"[bold]{Safe(HitsTable.Title(passage))}[/]\n[grey]{Safe(HitsTable.Start(passage.Text))}[/]{reason}{needed}";
    }

    private static string Stages(PassageExplanation explanation)
    {
        if (explanation.Passage is not { } passage)
        {
            return "";
        }

        StageScore[] scores = [.. passage.Stages, .. explanation.Asked];
        IEnumerable<string> lines = scores.Select(score => score.Stage).Union(passage.Contributions.Select(contribution => contribution.Stage)).Select(stage =>
            $"{stage} {Score(Array.Find(scores, score => score.Stage == stage))}{passage.Contributions.Where(contribution => contribution.Stage == stage).Select(Adds).FirstOrDefault()}");
        return Safe(string.Join('\n', passage.Contributions.Count == 0 ? lines : lines.Append(Text($"= {passage.Score:F2}{passage.Relevance:, relevance 0.00}"))));
    }

    private static string Score(StageScore score) => score.Stage is null ? "–" : score.Rank > 0 ? Text($"{score.Score:F2} ({score.Rank})") : Text($"{score.Score:F2}");

    private static string Adds(StageContribution contribution) => Text($" {contribution.Value:+0.00;−0.00;+0}");

    private static string Words(PassageExplanation explanation) => explanation.Matches switch
    {
        null when explanation.Passage is null => "",
        null => "not told",
        [] => "none",
        { } matches => Safe(string.Join('\n', matches.Select(match => Text($"{match.Word} {match.Score:F2}")))),
    };

    private static string Safe(string text) => Markup.Escape(Screen.Printable(text));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
