using LocalRetrieval.Rag;
using Samples.Indexing;

namespace ConsoleRag.Tests.Indexing;

public class OutcomeReportTests
{
    [Fact]
    public void Describe_EachReason_NamesTheFirstOfIt()
    {
        IndexingResult result = new()
        {
            Skipped =
            [
                .. "abcde".Select(name => new SkippedDocument { Source = $"{name}.png", Reason = "no reader for .png" }),
                new SkippedDocument { Source = "f.docx", Reason = "add the package P" },
            ],
            Empty = [new EmptyDocument { Source = "g.pdf", Reason = "its pages are images without text" }],
            Warnings = [.. Enumerable.Range(1, 12).Select(line => new IndexingWarning { Source = "h.md", Warning = new DocumentWarning { Message = "odd", Line = line } })],
        };

        string[] lines = [.. OutcomeReport.Describe(result)];

        Assert.Equal(
            [
                "Skipped 1 (add the package P): f.docx",
                "Skipped 5 (no reader for .png): a.png, b.png, c.png and 2 more",
                "No passage from 1 (its pages are images without text): g.pdf",
                "'h.md', line 1: odd",
            ],
            lines[..4]);
        Assert.Equal(14, lines.Length);
        Assert.Equal("… and 2 more warnings", lines[^1]);
    }

    [Fact]
    public void Describe_NothingToTell_IsNothing() => Assert.Empty(OutcomeReport.Describe(new IndexingResult()));
}
