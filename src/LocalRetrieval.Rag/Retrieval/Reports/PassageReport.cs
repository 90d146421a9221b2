using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>One passage of a report: its text, what each stage gave, and which words matched.</summary>
/// <param name="html">Where it is written.</param>
/// <param name="contributions">What the stages add to the passages of the report: the greatest fills the bar, or its half where some take away.</param>
internal sealed class PassageReport(HtmlWriter html, IReadOnlyCollection<double> contributions)
{
    private static readonly string[] StageColumns = ["Stage", "Score", "Rank", "z", "Weight", "Adds"];

    private readonly double _scale = contributions.Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty().Max();
    private readonly string _bar = contributions.Any(value => value < 0) ? "bar" : "bar whole";

    /// <summary>The heading path below the source's name.</summary>
    public static string TitleOf(RetrievedPassage passage)
    {
        string source = passage.Title ?? passage.Source ?? "";
        return string.IsNullOrEmpty(passage.HeadingPath) ? source : source.Length == 0 ? passage.HeadingPath : $"{source} › {passage.HeadingPath}";
    }

    public void Write(PassageExplanation explanation)
    {
        html.Open("article");
        if (explanation.Passage is { } passage)
        {
            string place = explanation.Outcome == PassageOutcome.Returned ? $"{passage.Rank}. " : "";
            html.Element("h4", place + TitleOf(passage), "dir=\"auto\"");
            WriteReason(explanation);
            html.Element("p", Facts(explanation, passage), "class=\"soft\"").Element("blockquote", passage.Text, "tabindex=\"0\" dir=\"auto\"");
            WriteStages(explanation, passage);
            WriteWords(explanation);
        }
        else
        {
            html.Element("h4", explanation.Key);
            WriteReason(explanation);
        }

        html.Close();
    }

    private void WriteReason(PassageExplanation explanation)
    {
        if (explanation.Outcome != PassageOutcome.Returned)
        {
            html.Open("p", "class=\"reason\"").Element("b", explanation.Outcome switch
            {
                PassageOutcome.Omitted => "Not returned:",
                PassageOutcome.NotFound => "Not found:",
                _ => "Unknown:",
            }).Text($" {explanation.Reason ?? "no reason was given"}.");
            if (explanation.CandidatesNeeded is { } needed)
            {
                html.Text(string.Create(CultureInfo.InvariantCulture, $" With {needed} candidates it is found."));
            }

            html.Close();
        }
    }

    private static string Facts(PassageExplanation explanation, RetrievedPassage passage) => string.Join(" · ", new[]
    {
        passage.Title is null ? null : passage.Source,
        passage.Page is { } page ? string.Create(CultureInfo.InvariantCulture, $"page {page}") : null,
        explanation.FoundRank is { } found ? string.Create(CultureInfo.InvariantCulture, $"found as {found}, ordered as {passage.Rank}") : null,
        passage.Relevance is { } relevance ? string.Create(CultureInfo.InvariantCulture, $"answers with a probability of {relevance:0.00}") : null,
    }.Where(fact => !string.IsNullOrEmpty(fact)));

    private void WriteStages(PassageExplanation explanation, RetrievedPassage passage)
    {
        if (passage.Contributions.Count == 0)
        {
            WriteAsked([.. passage.Stages, .. explanation.Asked]);
            return;
        }

        html.OpenTable("What each stage gave, and what it adds to the score", StageColumns, "bars");
        foreach (string stage in passage.Contributions.Select(contribution => contribution.Stage)
            .Union(passage.Stages.Select(score => score.Stage)).Union(explanation.Asked.Select(score => score.Stage)))
        {
            StageScore? asked = explanation.Asked.Select(score => (StageScore?)score).FirstOrDefault(score => score!.Value.Stage == stage);
            WriteStage(stage, passage.Stage(stage) ?? asked, passage.Contributions.Select(one => (StageContribution?)one).FirstOrDefault(one => one!.Value.Stage == stage));
        }

        html.Close().Open("tfoot").Open("tr").Element("th", "Sum", "scope=\"row\" colspan=\"5\"").Element("td", HtmlWriter.Number(passage.Score, "0.000")).Close().Close()
            .Close().Close();
    }

    /// <summary>What the stages say of a passage that was no candidate.</summary>
    private void WriteAsked(StageScore[] scores)
    {
        html.OpenTable("What the stages say when they are asked for it alone", ["Stage", "Score", "Rank"], "asked");
        foreach (StageScore score in scores)
        {
            html.Open("tr").Element("th", score.Stage, "scope=\"row\"").Element("td", HtmlWriter.Number(score.Score)).Element("td", RankOf(score)).Close();
        }

        html.CloseTable();
    }

    private static string RankOf(StageScore? score) => score is { Rank: > 0 } ranked ? HtmlWriter.Number(ranked.Rank) : "–";

    private void WriteStage(string stage, StageScore? score, StageContribution? contribution)
    {
        html.Open("tr").Element("th", stage, "scope=\"row\"")
            .Element("td", HtmlWriter.Number(score?.Score)).Element("td", RankOf(score))
            .Element("td", HtmlWriter.Number(contribution?.Standard, "0.00")).Element("td", HtmlWriter.Number(contribution?.Weight)).Open("td");
        if (contribution is { } adds)
        {
            html.Text(HtmlWriter.Number(adds.Value, "+0.000;−0.000;0"));
            WriteBar(adds.Value);
        }

        html.Close().Close();
    }

    private void WriteBar(double value)
    {
        double share = _scale > 0 && double.IsFinite(value) ? 100 * Math.Abs(value) / _scale : 0;
        html.Raw(string.Create(CultureInfo.InvariantCulture, $"<span class=\"{_bar}\" aria-hidden=\"true\"><i class=\"{(value < 0 ? "less" : "more")}\" style=\"width:{share:0.#}%\"></i></span>"));
    }

    private void WriteWords(PassageExplanation explanation)
    {
        if (explanation.Matches is not { Count: > 0 } matches)
        {
            html.Element("p", explanation.Matches is null ? "The collection does not tell which words matched." : "It has no word of the query.", "class=\"soft\"");
            return;
        }

        html.OpenTable("Words of the query that it has", ["Word", "As", "In", "Adds to the keyword score"], "text");
        foreach (KeywordMatch match in matches)
        {
            html.Open("tr").Element("th", match.Word, "scope=\"row\"").Element("td", match.Term).Element("td", string.Join(", ", match.Properties))
                .Element("td", HtmlWriter.Number(match.Score, "0.00")).Close();
        }

        html.CloseTable();
    }
}
