using System.Globalization;
using AngleSharp.Dom;

namespace LocalRetrieval.Documents;

/// <summary>A data table's cells, those over several rows and columns repeated in each.</summary>
internal sealed class TableGrid
{
    /// <summary>As many columns as a cell may go over; more is a mistake or malice.</summary>
    private const int MostColumns = 100;

    private readonly PageNoise _noise;
    private readonly InlineWriter _writer;
    private readonly Dictionary<int, (string Text, int Rows)> _hanging = [];
    private readonly List<IReadOnlyList<string>> _header = [];

    private TableGrid(PageNoise noise, InlineWriter writer)
    {
        _noise = noise;
        _writer = writer;
    }

    /// <summary>The names of the columns, those of several rows joined; empty where the table has none.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>The rows below.</summary>
    public List<IReadOnlyList<string>> Rows { get; } = [];

    public static TableGrid Read(IReadOnlyList<IElement> rows, PageNoise noise, InlineWriter writer)
    {
        TableGrid grid = new(noise, writer);
        bool isHeader = true;
        foreach (IElement row in rows)
        {
            isHeader = isHeader && IsHeader(row, grid);
            IReadOnlyList<string> cells = grid.Cells(row, isHeader);
            (isHeader ? grid._header : grid.Rows).Add(cells);
        }

        grid.Header = grid.JoinHeader();
        return grid;
    }

    /// <summary>A row of a head, or one of names alone at the start; a table of nothing but names has its first row as its head.</summary>
    private static bool IsHeader(IElement row, TableGrid grid) =>
        row.ParentElement?.LocalName == "thead"
            || (row.ParentElement?.LocalName != "tfoot"
                && row.Children.Any(cell => cell.LocalName == "th")
                && row.Children.All(cell => cell.LocalName == "th" || (cell.ChildElementCount == 0 && string.IsNullOrWhiteSpace(cell.TextContent)))
                && (grid._header.Count == 0 || row.ChildElementCount > 1)
                && grid._header.Count < 4);

    private List<string> Cells(IElement row, bool isHeader)
    {
        List<string> cells = [];
        IElement[] own = [.. row.Children.Where(cell => cell.LocalName is "td" or "th" && !_noise.Contains(cell))];
        bool isWhole = own.Length == 1 && !isHeader;
        foreach (IElement cell in own)
        {
            AddHanging(cells);
            string text = _writer.Line(cell);
            int columns = isWhole ? 1 : Span(cell, "colspan", MostColumns);
            int rows = Span(cell, "rowspan", ushort.MaxValue) - 1;
            for (int column = 0; column < columns; column++)
            {
                if (rows > 0)
                {
                    _hanging[cells.Count] = (text, rows);
                }

                cells.Add(text);
            }
        }

        AddHanging(cells);
        return cells;
    }

    /// <summary>Adds what hangs into the row from those above, at the place where the row is.</summary>
    private void AddHanging(List<string> cells)
    {
        while (_hanging.Remove(cells.Count, out (string Text, int Rows) hanging))
        {
            if (hanging.Rows > 1)
            {
                _hanging[cells.Count] = (hanging.Text, hanging.Rows - 1);
            }

            cells.Add(hanging.Text);
        }
    }

    private string[] JoinHeader()
    {
        int columns = _header.Select(row => row.Count).DefaultIfEmpty().Max();
        return
        [
            .. Enumerable.Range(0, columns).Select(column => string.Join(
                ' ', _header.Where(row => column < row.Count).Select(row => row[column]).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal))),
        ];
    }

    private static int Span(IElement cell, string name, int most) =>
        int.TryParse(cell.GetAttribute(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out int span) ? Math.Clamp(span, 1, most) : 1;
}
