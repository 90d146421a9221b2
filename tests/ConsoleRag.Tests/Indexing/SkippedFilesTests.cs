using ConsoleRag.Indexing;
using LocalRetrieval.Rag;

namespace ConsoleRag.Tests.Indexing;

public class SkippedFilesTests
{
    [Fact]
    public void Describe_FolderOfAllKinds_NamesTheFirstOfEachReason()
    {
        using TemporaryFolder folder = new(
            "a.md", "b.TXT", "sub/c.markdown", "1.pdf", "2.docx", "3.png", "sub/4.csv", "sub/5", ".env", ".git/config", ".git/d.md", "sub/.e.md");

        Assert.Equal(
            [
                "Skipped 3 (hidden): .env, .git/, sub/.e.md",
                "Skipped 5 (neither Markdown nor text): 1.pdf, 2.docx, 3.png and 2 more",
            ],
            SkippedFiles.Describe(folder.Path, SourceDocument.FromFolder(folder.Path)));
    }

    [Fact]
    public void Describe_AllRead_IsNothing()
    {
        using TemporaryFolder folder = new("a.md", "sub/b.txt");

        Assert.Empty(SkippedFiles.Describe(folder.Path, SourceDocument.FromFolder(folder.Path)));
    }
}
