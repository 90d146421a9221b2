using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>Shows retrievals and their explanations as a page to look at.</summary>
/// <remarks>
/// The page is one HTML document that loads nothing and runs nothing: queries and passages are texts in it, whatever they hold. It follows the reader's light or
/// dark theme, from the width of a telephone on. It holds the texts of the passages, so that it is for whoever may read these.
/// </remarks>
public static class RetrievalReport
{
    /// <summary>The page.</summary>
    /// <param name="explanations">Retrievals that <see cref="PassageRetrieverExtensions.ExplainAsync"/> gave, each a section.</param>
    /// <returns>An HTML document, to be written as UTF-8.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="explanations"/> is null.</exception>
    public static string ToHtml(params IReadOnlyList<RetrievalExplanation> explanations)
    {
        ArgumentNullException.ThrowIfNull(explanations);
        HtmlWriter html = new();
        html.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
            .Element("title", "Retrieval report").Raw($"<style>\n{ReportStyle.Css}\n</style>\n</head>\n")
            .Open("body").Open("main").Element("h1", "Retrieval report");
        for (int index = 0; index < explanations.Count; index++)
        {
            Write(html, explanations[index], string.Create(CultureInfo.InvariantCulture, $"q{index + 1}"));
        }

        WriteLegend(html);
        return html.Close().Close().Raw("</html>\n").ToString();
    }

    private static void Write(HtmlWriter html, RetrievalExplanation explanation, string id)
    {
        RetrievalResult result = explanation.Result;
        html.Open("section", $"aria-labelledby=\"{id}\"").Element("h2", result.Query, $"id=\"{id}\" dir=\"auto\"");
        html.Element("p", string.Create(CultureInfo.InvariantCulture, $"{result.Passages.Count} passages of {result.Candidates.Count} candidates"), "class=\"soft\"");
        WriteQueries(html, result);
        WriteTimings(html, result.Timings);
        PassageReport passages = new(html, [.. explanation.Passages.SelectMany(passage => passage.Passage?.Contributions ?? []).Select(contribution => contribution.Value)]);
        Write(html, passages, "Returned", explanation.Passages.Where(passage => passage.Outcome == PassageOutcome.Returned));
        Write(html, passages, "Asked for, and not returned", explanation.Passages.Where(passage => passage.Outcome != PassageOutcome.Returned));
        if (result.Candidates.Count > 0)
        {
            WriteCandidates(html, result);
        }

        html.Close();
    }

    private static void WriteQueries(HtmlWriter html, RetrievalResult result)
    {
        if (result.SearchQuery is { } searched)
        {
            html.Element("p", $"Searched for: {searched}", "dir=\"auto\"");
        }

        foreach (string query in result.Queries ?? [])
        {
            html.Element("p", $"Also searched for: {query}", "dir=\"auto\"");
        }

        foreach (RetrievalNote note in result.Notes ?? [])
        {
            html.Element("p", $"{note.Stage}: {note.Text}", note.IsFailure ? "class=\"failed\"" : "class=\"soft\"");
        }

        if (result.DroppedQueryTokens > 0)
        {
            html.Element("p", string.Create(CultureInfo.InvariantCulture, $"The encoder did not read the last {result.DroppedQueryTokens} tokens of the query."), "class=\"failed\"");
        }
    }

    private static void WriteTimings(HtmlWriter html, IReadOnlyList<StageTiming> timings)
    {
        if (timings.Count == 0)
        {
            return;
        }

        double longest = timings.Max(timing => timing.Elapsed.TotalMilliseconds);
        html.OpenTable("Time of each stage", ["Stage", "Milliseconds"], "bars");
        foreach (StageTiming timing in timings)
        {
            double share = longest > 0 ? 100 * timing.Elapsed.TotalMilliseconds / longest : 0;
            html.Open("tr").Element("th", timing.Stage, "scope=\"row\"").Open("td").Text(HtmlWriter.Number(timing.Elapsed.TotalMilliseconds, "0.0"))
                .Raw(string.Create(CultureInfo.InvariantCulture, $"<span class=\"bar whole\" aria-hidden=\"true\"><i class=\"more\" style=\"width:{share:0.#}%\"></i></span>")).Close().Close();
        }

        html.CloseTable();
    }

    private static void Write(HtmlWriter html, PassageReport report, string heading, IEnumerable<PassageExplanation> passages)
    {
        bool isFirst = true;
        foreach (PassageExplanation passage in passages)
        {
            if (isFirst)
            {
                html.Element("h3", heading);
                isFirst = false;
            }

            report.Write(passage);
        }
    }

    private static void WriteCandidates(HtmlWriter html, RetrievalResult result)
    {
        string[] stages = [.. result.Candidates.SelectMany(candidate => candidate.Stages).Select(score => score.Stage).Distinct()];
        html.Open("details").Element("summary", string.Create(CultureInfo.InvariantCulture, $"All {result.Candidates.Count} candidates"))
            .OpenTable("Candidates, best first", ["Passage", "Order", "Found", .. stages, "Score", "Why not"], "candidates");
        foreach ((RetrievedPassage candidate, int found) in result.Candidates.Select((candidate, index) => (candidate, index + 1)).OrderBy(pair => pair.candidate.Rank))
        {
            html.Open("tr").Element("th", PassageReport.TitleOf(candidate), "scope=\"row\" dir=\"auto\"").Element("td", HtmlWriter.Number(candidate.Rank)).Element("td", HtmlWriter.Number(found));
            foreach (string stage in stages)
            {
                html.Element("td", HtmlWriter.Number(candidate.Stage(stage)?.Score));
            }

            html.Element("td", HtmlWriter.Number(candidate.Score)).Element("td", candidate.Omission ?? "", "class=\"words\"").Close();
        }

        html.CloseTable().Close();
    }

    private static void WriteLegend(HtmlWriter html) => html.Open("details").Element("summary", "How to read this")
        .Element("p", "Score is a stage's own: a cosine, a BM25 score, a logit. Rank is the place among what the stage found; a dash means that it did not find the passage, and was asked for the score.")
        .Element("p", "z is the score as a number of deviations from the candidates' mean, so that stages compare. Weight times z is what the stage adds; the sum decides the order. "
            + "A stage without a score for a passage counts with its least one.")
        .Element("p", "Found is the place before anything was reranked.").Close();
}
