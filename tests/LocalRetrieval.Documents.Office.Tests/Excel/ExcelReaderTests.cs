using LocalRetrieval.Documents.Office.Tests.Fixtures;
using LocalRetrieval.Rag;
using static LocalRetrieval.Documents.Office.Tests.Fixtures.ExcelFile;

namespace LocalRetrieval.Documents.Office.Tests.Excel;

public sealed class ExcelReaderTests
{
    [Fact]
    public async Task ReadAsync_Sheets_AreSectionsWithTheirNumber()
    {
        DocumentContent content = await ExcelReader.Instance.ReadAsync(Create(
            ("North", Row(1, "Region", "Quota") + Row(2, "a", "7") + Row(3, "rich text", "8.5")), ("South", Row(1, "Only a note"))));

        Assert.Equal(["North: | Region | Quota |\n| a | 7 |\n| rich text | 8.5 |", "South: Only a note"], content.Lines());
        Assert.Equal([1, 2], content.Blocks().Select(block => block.Page));
        Assert.Equal("| Region | Quota |".Length, content.Blocks()[0].HeaderLength);
    }

    [Fact]
    public async Task ReadAsync_BlankRows_PartTables()
    {
        DocumentContent content = await ExcelReader.Instance.ReadAsync(Create(("S",
            Row(1, "Quotas of 2025") + Row(2, "Region", "Quota") + Row(3, "a", "7") + Row(6, "City", "Size") + Row(7, "b", "9"))));

        Assert.Equal(["S: Quotas of 2025", "S: | Region | Quota |\n| a | 7 |", "S: | City | Size |\n| b | 9 |"], content.Lines());
    }

    [Fact]
    public async Task ReadAsync_EmptyCells_KeepTheirColumn()
    {
        DocumentContent content = await ExcelReader.Instance.ReadAsync(Create(("S", Row(1, null, "A", "B", "C") + Row(2, null, "1", null, "3") + Row(3, null, null, "2"))));

        Assert.Equal(["S: | A | B | C |\n| 1 |  | 3 |\n|  | 2 |  |"], content.Lines());
    }

    [Theory]
    [InlineData("45000", 1, "2023-03-15")]
    [InlineData("45000.5", 3, "2023-03-15 12:00:00")]
    [InlineData("0.25", 1, "06:00:00")]
    [InlineData("0.075", 2, "7.5 %")]
    [InlineData("3.5", 4, "3.5")]
    [InlineData("0.30000000000000004", 0, "0.3")]
    public async Task ReadAsync_Number_IsWrittenByItsFormat(string value, int style, string text)
    {
        DocumentContent content = await ExcelReader.Instance.ReadAsync(Create(("S", Styled(1, value, style))));

        Assert.Equal([$"S: | x | {text} |"], content.Lines());
    }

    [Fact]
    public async Task ReadAsync_TablesBesideEachOther_AreTwo()
    {
        static string Cell(string reference, string text) => $"<c r=\"{reference}\" t=\"inlineStr\"><is><t>{text}</t></is></c>";
        string rows = $"<row r=\"1\">{Cell("A1", "a")}{Cell("B1", "b")}{Cell("E1", "x")}{Cell("F1", "y")}</row><row r=\"2\">{Cell("A2", "1")}{Cell("B2", "2")}{Cell("E2", "3")}{Cell("F2", "4")}</row>"
            + $"<row r=\"3\">{Cell("E3", "5")}{Cell("F3", "6")}</row>";

        Assert.Equal(["S: | a | b |\n| 1 | 2 |", "S: | x | y |\n| 3 | 4 |\n| 5 | 6 |"], (await ExcelReader.Instance.ReadAsync(Create(("S", rows)))).Lines());
    }

    [Theory]
    [InlineData("A duck\n\nDescription automatically generated", "A duck")]
    [InlineData("A chart\n\nDescription automatically generated with medium confidence", "A chart")]
    [InlineData("A dog AI-generated content may be incorrect.", "A dog")]
    [InlineData("Description automatically generated", "")]
    [InlineData(null, "")]
    [InlineData("A plan", "A plan")]
    public void AlternativeText_NoteOfOffice_IsLeftOut(string? description, string text) => Assert.Equal(text, AlternativeText.Of(description));

    [Fact]
    public async Task ReadAsync_CellsOutOfOrder_StandUnderTheirColumns()
    {
        string row = "<row r=\"1\"><c r=\"B1\" t=\"inlineStr\"><is><t>b</t></is></c><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c></row>";

        Assert.Equal(["S: | a | b |"], (await ExcelReader.Instance.ReadAsync(Create(("S", row)))).Lines());
    }

    [Fact]
    public async Task ReadAsync_ManyRows_AreOneTable()
    {
        DocumentContent content = await ExcelReader.Instance.ReadAsync(Create(("S", Row(1, "A", "B") + string.Concat(Enumerable.Range(2, 500).Select(row => Row(row, "x", $"{row}"))))));

        string line = Assert.Single(content.Lines());
        Assert.Equal(501, line.Split('\n').Length);
        Assert.EndsWith("| x | 501 |", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_HiddenSheet_IsLeftOutAndTold()
    {
        DocumentContent content = await ExcelReader.Instance.ReadAsync(Create((".secret", Row(1, "a", "b")), ("S", Row(1, "c", "d"))));

        Assert.Equal(["S: | c | d |"], content.Lines());
        Assert.Contains(".secret", Assert.Single(content.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_EmptySheets_SayWhy()
    {
        DocumentContent content = await ExcelReader.Instance.ReadAsync(Create((".hidden", Row(1, "a"))));

        Assert.Empty(content.Sections);
        Assert.Equal("its sheets are empty", content.EmptyReason);
    }
}
