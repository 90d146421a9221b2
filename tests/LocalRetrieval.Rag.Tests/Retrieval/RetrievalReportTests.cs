using System.Xml.Linq;

namespace LocalRetrieval.Rag.Tests.Retrieval;

public sealed class RetrievalReportTests
{
    private const string Hostile = "</blockquote><script>alert('x')</script><img src=x onerror=alert(1)> & \"so\" \u0007\u202E&amp; <!-- ";

    private static readonly RetrievedPassage First = new()
    {
        Key = "1",
        Text = Hostile,
        Source = $"a{Hostile}.md",
        HeadingPath = Hostile,
        Score = 0.5,
        Rank = 1,
        Stages = [new() { Stage = "vector", Score = 0.75, Rank = 2 }],
        Contributions = [new() { Stage = "vector", Weight = 1, Standard = 1, Value = 1 }, new() { Stage = "reranker", Weight = 0.5, Standard = -1, Value = -0.5 }],
    };

    private static readonly RetrievedPassage Second = new() { Key = "2", Text = "Two.", Title = "Second", Source = "b.md", Score = double.NaN, Rank = 0 };

    private static readonly RetrievalExplanation Explanation = new(
        new RetrievalResult(Hostile, [First])
        {
            Candidates = [First, new RetrievedPassage { Text = "", Score = 0, Rank = 2, Omission = $"its place is 2 {Hostile}" }],
            Timings = [new() { Stage = "embed", Elapsed = TimeSpan.FromMilliseconds(5) }, new() { Stage = "vector", Elapsed = TimeSpan.FromMilliseconds(20) }],
            SearchQuery = Hostile,
            Notes = [new() { Stage = "rewriting", Text = Hostile, IsFailure = true }],
        },
        [
            new()
            {
                Key = "1",
                Outcome = PassageOutcome.Returned,
                Passage = First,
                FoundRank = 2,
                Matches = [new() { Word = Hostile, Term = Hostile, Score = 1.25, Weight = 2, Frequency = 1, Properties = ["Text", Hostile] }],
            },
            new()
            {
                Key = "2",
                Outcome = PassageOutcome.NotFound,
                Reason = "vector has it at place 31, beyond its 20 candidates",
                Passage = Second,
                Asked = [new() { Stage = "vector", Score = 0.1, Rank = 31 }],
                CandidatesNeeded = 31,
            },
            new() { Key = Hostile, Outcome = PassageOutcome.Unknown, Reason = Hostile },
        ]);

    [Fact]
    public void ToHtml_TextsOfAnyKind_AreTexts()
    {
        string html = RetrievalReport.ToHtml(Explanation);

        XElement main = Shown(html);
        string expected = Hostile.Replace("\u0007", "", StringComparison.Ordinal);
        Assert.Equal(expected, main.Descendants("blockquote").First().Value);
        Assert.Equal(expected, main.Descendants("h2").Single().Value);
        Assert.DoesNotContain(main.Descendants(), element => element.Name.LocalName is "script" or "img" or "a" or "link");
        Assert.DoesNotContain(main.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || attribute.Value.Contains("alert", StringComparison.Ordinal));
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\u0007", html, StringComparison.Ordinal);
    }

    [Fact]
    public void ToHtml_Page_LoadsNothing()
    {
        string html = RetrievalReport.ToHtml(new RetrievalExplanation(new RetrievalResult("query", []), []));

        Assert.DoesNotContain("http", html.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
    }

    [Fact]
    public void ToHtml_Tables_HaveCaptionsAndHeaders()
    {
        XElement[] tables = [.. Shown(RetrievalReport.ToHtml(Explanation)).Descendants("table")];

        Assert.Equal(5, tables.Length);
        Assert.All(tables, table =>
        {
            Assert.NotEmpty(table.Element("caption")!.Value);
            Assert.Equal((string)table.Parent!.Attribute("aria-label")!, table.Element("caption")!.Value);
            int columns = table.Element("thead")!.Element("tr")!.Elements("th").Count(header => (string?)header.Attribute("scope") == "col");
            Assert.All(table.Element("tbody")!.Elements("tr"), row =>
            {
                Assert.Equal(columns, row.Elements().Count());
                Assert.Equal(("th", "row"), (row.Elements().First().Name.LocalName, (string?)row.Elements().First().Attribute("scope")));
            });
        });
    }

    [Fact]
    public void ToHtml_Contributions_AreNumbersAndBars()
    {
        XElement main = Shown(RetrievalReport.ToHtml(Explanation));

        XElement[] rows = [.. main.Descendants("table").Single(table => table.Element("caption")!.Value.StartsWith("What each", StringComparison.Ordinal)).Element("tbody")!.Elements("tr")];
        Assert.Equal(["vector 0.75 2 1.00 1 +1.000", "reranker – – -1.00 0.5 −0.500"], rows.Select(row => string.Join(' ', row.Elements().Select(cell => cell.Value))));
        Assert.Equal([("more", "width:100%"), ("less", "width:50%")], rows.Select(row => row.Descendants("i").Single()).Select(bar => ((string)bar.Attribute("class")!, (string)bar.Attribute("style")!)));
        Assert.All(main.Descendants("span"), bar => Assert.Equal("true", (string?)bar.Attribute("aria-hidden")));
        Assert.Equal("Sum0.500", main.Descendants("tfoot").Single().Value.Replace("\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public void ToHtml_NotReturned_SaysWhy()
    {
        string[] reasons = [.. Shown(RetrievalReport.ToHtml(Explanation)).Descendants("p").Where(text => (string?)text.Attribute("class") == "reason").Select(text => text.Value.Replace("\n", "", StringComparison.Ordinal))];

        Assert.Equal("Not found: vector has it at place 31, beyond its 20 candidates. With 31 candidates it is found.", reasons[0]);
        Assert.StartsWith("Unknown: ", reasons[1], StringComparison.Ordinal);
    }

    [Fact]
    public void ToHtml_SeveralRetrievals_AreSectionsOfTheirOwn()
    {
        XElement main = Shown(RetrievalReport.ToHtml(Explanation, new RetrievalExplanation(new RetrievalResult("second", []), [])));

        Assert.Equal(main.Descendants("h2").Select(heading => (string)heading.Attribute("id")!), main.Elements("section").Select(section => (string)section.Attribute("aria-labelledby")!));
        Assert.Equal("second", main.Descendants("h2").Last().Value);
    }

    /// <summary>What the page shows, which is well-formed.</summary>
    private static XElement Shown(string html)
    {
        int start = html.IndexOf("<main>", StringComparison.Ordinal);
        return XElement.Parse(html[start..(html.LastIndexOf("</main>", StringComparison.Ordinal) + "</main>".Length)], LoadOptions.PreserveWhitespace);
    }
}
