using System.Globalization;

namespace LocalRetrieval.Documents.Office.Tests.Fixtures;

/// <summary>Writes Excel files.</summary>
internal static class ExcelFile
{
    private const string Main = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private const string Namespaces =
        "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

    /// <summary>Style 1 is a date, 2 a percentage, 3 a format of one's own with a date in it, 4 one of units.</summary>
    private const string Styles =
        "<numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"[$-407]d. mmmm yyyy\"/><numFmt numFmtId=\"165\" formatCode=\"0.0&quot; days&quot;\"/></numFmts>"
            + "<cellXfs count=\"5\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"9\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs>";

    /// <summary>A file of sheets, each a name and the XML of its rows; a name that starts with a stop is hidden.</summary>
    public static OfficeFile Create(params (string Name, string Rows)[] sheets)
    {
        OfficeFile file = new();
        string list = string.Concat(sheets.Select((sheet, index) => $"<sheet name=\"{sheet.Name}\" sheetId=\"{index + 1}\"{(sheet.Name[0] == '.' ? " state=\"hidden\"" : "")} r:id=\"rId{index + 1}\"/>"));
        file.Add("xl/workbook.xml", Main + "sheet.main+xml", $"<workbook {Namespaces}><sheets>{list}</sheets></workbook>", "", "officeDocument");
        for (int index = 0; index < sheets.Length; index++)
        {
            file.Add($"xl/worksheets/sheet{index + 1}.xml", Main + "worksheet+xml", $"<worksheet {Namespaces}><sheetData>{sheets[index].Rows}</sheetData></worksheet>", "xl/workbook.xml", "worksheet");
        }

        file.Add("xl/styles.xml", Main + "styles+xml", $"<styleSheet {Namespaces}>{Styles}</styleSheet>", "xl/workbook.xml", "styles");
        return file.Add("xl/sharedStrings.xml", Main + "sharedStrings+xml", $"<sst {Namespaces}><si><r><t>rich </t></r><r><t>text</t></r></si></sst>", "xl/workbook.xml", "sharedStrings");
    }

    /// <summary>A row from column A on; numbers are numbers, and null is an empty cell.</summary>
    public static string Row(int number, params string?[] cells) =>
        $"<row r=\"{number}\">{string.Concat(cells.Select((cell, column) => cell is null ? "" : Cell(number, column, cell)))}</row>";

    /// <summary>A number in column A with a style.</summary>
    public static string Styled(int number, string value, int style) =>
        string.Create(CultureInfo.InvariantCulture, $"<row r=\"{number}\"><c r=\"A{number}\" t=\"inlineStr\"><is><t>x</t></is></c><c r=\"B{number}\" s=\"{style}\"><v>{value}</v></c></row>");

    private static string Cell(int row, int column, string text)
    {
        string reference = $"{(char)('A' + column)}{row}";
        return text == "rich text" ? $"<c r=\"{reference}\" t=\"s\"><v>0</v></c>"
            : double.TryParse(text, CultureInfo.InvariantCulture, out _) ? $"<c r=\"{reference}\"><v>{text}</v></c>"
            : $"<c r=\"{reference}\" t=\"inlineStr\"><is><t>{text}</t></is></c>";
    }
}
