using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace LocalRetrieval.Documents;

/// <summary>A row of a sheet that holds something.</summary>
/// <param name="Index">Its number, from 1.</param>
/// <param name="Cells">Its cells, by their columns.</param>
internal sealed record SheetRow(uint Index, IReadOnlyList<SheetCell> Cells)
{
    private const int MaxColumns = 16_384;

    /// <summary>Reads a sheet row by row.</summary>
    public static IEnumerable<SheetRow> ReadAll(WorksheetPart part, CellTexts texts, CancellationToken cancellationToken)
    {
        using OpenXmlReader reader = OpenXmlReader.Create(part);
        uint index = 0;
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (reader.ElementType == typeof(Row) && reader.IsStartElement && reader.LoadCurrentElement() is Row row)
            {
                index = row.RowIndex?.Value ?? index + 1;
                List<SheetCell> cells = CellsOf(row, texts);
                if (cells.Count > 0)
                {
                    yield return new SheetRow(index, cells);
                }
            }
        }
    }

    private static List<SheetCell> CellsOf(Row row, CellTexts texts)
    {
        List<SheetCell> cells = [];
        int column = -1;
        foreach (Cell cell in row.Elements<Cell>())
        {
            column = cell.CellReference?.Value is { } reference ? ColumnOf(reference) : column + 1;
            (string text, bool isText) = texts.Of(cell);
            if (column is >= 0 and < MaxColumns && !string.IsNullOrWhiteSpace(text))
            {
                cells.Add(new SheetCell(column, text, isText));
            }
        }

        // Files of other writers need not have them in order.
        cells.Sort((left, right) => left.Column.CompareTo(right.Column));
        return cells;
    }

    /// <summary>The column, from 0, that a reference such as <c>AB12</c> names.</summary>
    private static int ColumnOf(string reference)
    {
        int column = 0;
        foreach (char letter in reference)
        {
            if (!char.IsAsciiLetter(letter) || column > MaxColumns)
            {
                break;
            }

            column = (column * 26) + (char.ToUpperInvariant(letter) - 'A' + 1);
        }

        return column - 1;
    }
}
