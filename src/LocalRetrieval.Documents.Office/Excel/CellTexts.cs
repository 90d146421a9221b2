using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace LocalRetrieval.Documents;

/// <summary>What cells show.</summary>
internal sealed class CellTexts
{
    private readonly List<string> _shared;
    private readonly CellFormats _formats;

    private CellTexts(List<string> shared, CellFormats formats)
    {
        _shared = shared;
        _formats = formats;
    }

    public static CellTexts Read(WorkbookPart workbook, CancellationToken cancellationToken)
    {
        List<string> shared = [];
        if (workbook.SharedStringTablePart is { } part)
        {
            using OpenXmlReader reader = OpenXmlReader.Create(part);
            while (reader.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (reader.ElementType == typeof(SharedStringItem) && reader.IsStartElement && reader.LoadCurrentElement() is { } item)
                {
                    shared.Add(TextOf(item));
                }
            }
        }

        bool starts1904 = workbook.Workbook?.WorkbookProperties?.Date1904?.Value == true;
        return new CellTexts(shared, new CellFormats(workbook.WorkbookStylesPart?.Stylesheet, starts1904));
    }

    /// <summary>A cell's text, and whether it is no number; the text of an empty cell is empty.</summary>
    public (string Text, bool IsText) Of(Cell cell)
    {
        CellValues? type = cell.DataType?.Value;
        string value = cell.CellValue?.Text ?? "";
        if (type == CellValues.InlineString)
        {
            return (cell.InlineString is { } inline ? TextOf(inline) : "", true);
        }

        if (type == CellValues.SharedString)
        {
            return (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < _shared.Count ? _shared[index] : "", true);
        }

        if (type == CellValues.Boolean)
        {
            return (value == "1" ? "TRUE" : "FALSE", false);
        }

        bool isNumber = (type is null || type == CellValues.Number) && double.TryParse(value, CultureInfo.InvariantCulture, out _);
        return isNumber ? (_formats.Format(double.Parse(value, CultureInfo.InvariantCulture), value, cell.StyleIndex?.Value), false) : (value, type != CellValues.Date);
    }

    /// <summary>All runs, without the readings that stand above Japanese characters.</summary>
    private static string TextOf(OpenXmlElement item) =>
        string.Concat(item.Descendants<Text>().Where(text => text.Parent is not PhoneticRun).Select(text => text.Text));
}
