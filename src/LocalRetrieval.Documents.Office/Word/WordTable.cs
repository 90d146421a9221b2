using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents;

/// <summary>Adds a table row by row.</summary>
/// <remarks>A table of one column is layout: its cells are paragraphs.</remarks>
internal sealed class WordTable(DocumentContentBuilder builder, WordNotes notes)
{
    private readonly List<string> _notes = [];
    private readonly Dictionary<int, string> _above = [];
    private List<string>? _first;
    private bool _isFirstHeader;
    private bool _mayHaveHeader = true;
    private bool _isOpen;

    /// <summary>Adds what stands in a table: its properties, a row, or what rows are wrapped in.</summary>
    public void Add(OpenXmlElement element)
    {
        switch (element)
        {
            case TableProperties properties:
                _mayHaveHeader = properties.TableLook is not { } look || look.FirstRow?.Value != false;
                return;
            case TableRow row when row.TableRowProperties?.GetFirstChild<Deleted>() is null:
                AddRow(row);
                return;
            case SdtRow or SdtContentRow or CustomXmlRow:
                foreach (OpenXmlElement child in element.Shown())
                {
                    Add(child);
                }

                return;
        }
    }

    /// <summary>Ends the table.</summary>
    public IReadOnlyList<string> End()
    {
        if (_first is not null)
        {
            OpenWithFirst(next: null);
        }

        if (_isOpen)
        {
            builder.EndTable();
        }

        return _notes;
    }

    private void AddRow(TableRow row)
    {
        List<string> cells = Cells(row);
        bool isHeader = row.TableRowProperties?.Elements<TableHeader>().Any(header => header.Val is null || header.Val.Value == OnOffOnlyValues.On) == true;
        if (_isOpen)
        {
            AddCells(cells);
        }
        else if (_first is null)
        {
            _first = cells;
            _isFirstHeader = isHeader;
        }
        else if (_isFirstHeader && isHeader)
        {
            _first = [.. Enumerable.Range(0, Math.Max(_first.Count, cells.Count)).Select(column => Join(_first.ElementAtOrDefault(column), cells.ElementAtOrDefault(column)))];
        }
        else
        {
            OpenWithFirst(cells);
        }
    }

    private static string Join(string? above, string? below) =>
        above == below || string.IsNullOrWhiteSpace(below) ? above ?? "" : string.IsNullOrWhiteSpace(above) ? below : $"{above} {below}";

    private void OpenWithFirst(List<string>? next)
    {
        List<string> first = _first!;
        _first = null;
        if (first.Count <= 1 && (next is null || next.Count <= 1))
        {
            builder.AddParagraph(first.Count == 0 ? "" : first[0]);
            _first = next;
            return;
        }

        bool isHeader = next is not null && (_isFirstHeader || (_mayHaveHeader && first.All(cell => !string.IsNullOrWhiteSpace(cell) && !double.TryParse(cell, CultureInfo.InvariantCulture, out _))));
        builder.BeginTable(isHeader ? first : null);
        _isOpen = true;
        if (!isHeader)
        {
            AddCells(first);
        }

        if (next is not null)
        {
            AddCells(next);
        }
    }

    private void AddCells(List<string> cells) => builder.AddTableRow(cells);

    /// <summary>The texts of a row's cells: one that goes on from the row above has that one's, one over several columns leaves the others empty.</summary>
    private List<string> Cells(TableRow row)
    {
        List<string> cells = [.. Enumerable.Repeat("", row.TableRowProperties?.GetFirstChild<GridBefore>()?.Val?.Value is { } before and > 0 and < 64 ? before : 0)];
        foreach (TableCell cell in row.ShownBelow<TableCell>())
        {
            VerticalMerge? merge = cell.TableCellProperties?.VerticalMerge;
            bool goesOn = merge is not null && (merge.Val is null || merge.Val.Value == MergedCellValues.Continue);
            string text = goesOn ? _above.GetValueOrDefault(cells.Count, "") : CellText(cell);
            _above[cells.Count] = text;
            cells.Add(text);
            for (int span = Math.Min(cell.TableCellProperties?.GridSpan?.Val?.Value ?? 1, 64); span > 1; span--)
            {
                cells.Add("");
            }
        }

        return cells;
    }

    private string CellText(TableCell cell)
    {
        List<string> parts = [];
        foreach (OpenXmlElement child in cell.Shown())
        {
            string text = child switch
            {
                Paragraph paragraph => ParagraphText(paragraph),
                Table nested => string.Join("; ", nested.ShownBelow<TableRow>().Select(row => string.Join(", ", row.ShownBelow<TableCell>().Select(CellText)))),
                SdtBlock block => string.Join(' ', block.ShownBelow<Paragraph>().Select(ParagraphText)),
                _ => "",
            };
            if (!string.IsNullOrWhiteSpace(text))
            {
                parts.Add(text.Trim());
            }
        }

        return string.Join(' ', parts);
    }

    private string ParagraphText(Paragraph paragraph)
    {
        WordParagraph read = new WordText(notes).Read(paragraph);
        _notes.AddRange(read.Notes);
        return string.Join(' ', new[] { read.Text }.Concat(read.TextBoxes.SelectMany(box => box.ShownBelow<Paragraph>()).Select(ParagraphText)));
    }
}
