using System.Text.RegularExpressions;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Documents.Markdown;

/// <summary>Reads the table of docs/markdown.md: each row says what is seen of a piece of Markdown.</summary>
public sealed class MarkdownPageTests
{
    public static TheoryData<string, string, string> Rows()
    {
        TheoryData<string, string, string> rows = [];
        foreach (string line in File.ReadLines(Path.Combine(Checkout.Root!, "docs", "markdown.md")))
        {
            string[] cells = Regex.Split(line, @"(?<!\\)\|");
            if (cells.Length == 6 && cells[1].Trim() is not ("Of" or "---"))
            {
                rows.Add($"{cells[1].Trim()}: {cells[2].Trim()}", Code(cells[3]), Code(cells[4]));
            }
        }

        return rows;
    }

    [Fact]
    public void Page_Table_NamesEveryDialect() =>
        Assert.Equal(["CommonMark", "Docusaurus", "Extensions", "HTML", "Hugo", "Jekyll", "MkDocs", "VitePress"],
            Rows().Select(row => ((string)row[0]).Split(':')[0]).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rows))]
    public void Read_RowOfThePage_ShowsWhatItSays(string construct, string markdown, string seen)
    {
        DocumentContent content = MarkdownReader.Instance.Read(markdown);

        IEnumerable<string> blocks = content.Sections.SelectMany(section => section.Blocks.Select((block, index) =>
            $"{(index == 0 && section.HeadingPath is { } path ? $"[{path}] " : "")}{content.Text.AsSpan(block.Offset, block.Length)}"));
        Assert.True(string.Join(" ¶ ", blocks) == seen, $"{construct}: {string.Join(" ¶ ", blocks)}");
    }

    private static string Code(string cell)
    {
        string code = cell.Trim();
        int ticks = code.TakeWhile(c => c == '`').Count();
        code = ticks == 0 ? code : code[ticks..^ticks];
        bool isPadded = code is [' ', '`', .., ' '] or [' ', .., '`', ' '];
        return (isPadded ? code[1..^1] : code).Replace(@"\|", "|", StringComparison.Ordinal).Replace('⏎', '\n');
    }
}
